package dev.netwright.runtime;

import java.nio.ByteBuffer;

/** Elements of little-endian bytes as Java's numbers. */
final class Elements {
    private Elements() {}

    static boolean integer(DType dtype) {
        return switch (dtype) {
            case BOOL, U8, I8, U16, I16, U32, I32, U64, I64 -> true;
            default -> false;
        };
    }

    /** Elements from a first one on, each rounded once to the nearest float. */
    static void floats(DType dtype, ByteBuffer bytes, int from, float[] target, int at, int count) {
        switch (dtype) {
            case F32 -> bytes.asFloatBuffer().get(from, target, at, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = SmallFloats.half(bytes.getShort(2 * (from + i)));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = Float.intBitsToFloat(bytes.getShort(2 * (from + i)) << 16);
                }
            }
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = (float) bytes.getDouble(8 * (from + i));
                }
            }
            case F8_E4M3, F8_E5M2, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ -> {
                float[] table = SmallFloats.table(dtype);
                for (int i = 0; i < count; i++) {
                    target[at + i] = table[bytes.get(from + i) & 0xFF];
                }
            }
            case U64 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = unsigned(bytes.getLong(8 * (from + i)));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = integer(dtype, bytes, from + i);
                }
            }
        }
    }

    private static float unsigned(long bits) {
        // Halved so that it fits; the lost bit stays visible to the rounding.
        return bits >= 0 ? bits : 2f * (bits >>> 1 | bits & 1);
    }

    /** One element of an integer type; U64 by its bits. */
    static long integer(DType dtype, ByteBuffer bytes, int index) {
        return switch (dtype) {
            case BOOL -> bytes.get(index) == 0 ? 0 : 1;
            case U8 -> bytes.get(index) & 0xFF;
            case I8 -> bytes.get(index);
            case U16 -> bytes.getShort(2 * index) & 0xFFFF;
            case I16 -> bytes.getShort(2 * index);
            case U32 -> bytes.getInt(4 * index) & 0xFFFF_FFFFL;
            case I32 -> bytes.getInt(4 * index);
            case U64, I64 -> bytes.getLong(8 * index);
            default -> throw new IllegalArgumentException(dtype + " is no integer type.");
        };
    }
}
