package dev.netwright.runtime;

/** Floats of 8 and 16 bits; {@code Float.float16ToFloat} exists only from Java 20 on. */
final class SmallFloats {
    private static final float[] E4M3 = table(4, 7, false);
    private static final float[] E5M2 = halves();
    private static final float[] E4M3FNUZ = table(4, 8, true);
    private static final float[] E5M2FNUZ = table(5, 16, true);
    private static final float[] E8M0 = powers();

    private SmallFloats() {}

    static float half(short half) {
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

    /** The 256 values of an eight-bit type. */
    static float[] table(DType dtype) {
        return switch (dtype) {
            case F8_E4M3 -> E4M3;
            case F8_E5M2 -> E5M2;
            case F8_E4M3FNUZ -> E4M3FNUZ;
            case F8_E5M2FNUZ -> E5M2FNUZ;
            case F8_E8M0 -> E8M0;
            default -> throw new IllegalArgumentException(dtype + " is no float of 8 bits.");
        };
    }

    /** Types without infinities: NaN is all ones, or what would be -0 where zero has no sign. */
    private static float[] table(int exponentBits, int bias, boolean unsignedZero) {
        int mantissaBits = 7 - exponentBits;
        float[] table = new float[256];
        for (int bits = 0; bits < 256; bits++) {
            int exponent = (bits & 0x7F) >> mantissaBits;
            int mantissa = bits & (1 << mantissaBits) - 1;
            int significand = exponent == 0 ? mantissa : mantissa | 1 << mantissaBits;
            float magnitude = Math.scalb(significand, Math.max(exponent, 1) - bias - mantissaBits);
            boolean nan = unsignedZero ? bits == 0x80 : (bits & 0x7F) == 0x7F;
            table[bits] = nan ? Float.NaN : bits < 0x80 ? magnitude : -magnitude;
        }
        return table;
    }

    private static float[] halves() {
        float[] table = new float[256];
        for (int bits = 0; bits < 256; bits++) {
            table[bits] = half((short) (bits << 8));
        }
        return table;
    }

    private static float[] powers() {
        float[] table = new float[256];
        for (int bits = 0; bits < 255; bits++) {
            table[bits] = Math.scalb(1f, bits - 127);
        }
        table[255] = Float.NaN;
        return table;
    }
}
