package dev.netwright.runtime;

/** IEEE half precision; {@code Float.float16ToFloat} exists only from Java 20 on. */
final class HalfFloats {
    private HalfFloats() {}

    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 0x1F;
        int mantissa = half & 0x3FF;
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int biased = exponent == 0x1F ? 0xFF : exponent + 127 - 15;
        return Float.intBitsToFloat(sign | biased << 23 | mantissa << 13);
    }
}
