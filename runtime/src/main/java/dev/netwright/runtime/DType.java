package dev.netwright.runtime;

import java.util.List;

/** Element types of a {@link Tensor}, under the names the safetensors format gives them. */
public enum DType {
    /** Boolean, one byte. */
    BOOL(8),
    /** Four-bit float. */
    F4(4),
    /** Six-bit float, two exponent bits. */
    F6_E2M3(6),
    /** Six-bit float, three exponent bits. */
    F6_E3M2(6),
    /** Unsigned byte. */
    U8(8),
    /** Signed byte. */
    I8(8),
    /** Eight-bit float, five exponent bits. */
    F8_E5M2(8),
    /** Eight-bit float, four exponent bits. */
    F8_E4M3(8),
    /** Eight-bit power of two. */
    F8_E8M0(8),
    /** Eight-bit float, four exponent bits, without negative zero. */
    F8_E4M3FNUZ(8),
    /** Eight-bit float, five exponent bits, without negative zero. */
    F8_E5M2FNUZ(8),
    /** Signed 16-bit integer. */
    I16(16),
    /** Unsigned 16-bit integer. */
    U16(16),
    /** IEEE half precision. */
    F16(16),
    /** The upper half of an F32. */
    BF16(16),
    /** Signed 32-bit integer. */
    I32(32),
    /** Unsigned 32-bit integer. */
    U32(32),
    /** IEEE single precision: Java's float, the type networks compute in. */
    F32(32),
    /** Two F32: real and imaginary part. */
    C64(64),
    /** IEEE double precision. */
    F64(64),
    /** Signed 64-bit integer: Java's long. */
    I64(64),
    /** Unsigned 64-bit integer. */
    U64(64);

    /** Without the copy that {@code values()} makes. */
    public static final List<DType> ALL = List.of(values());

    private final int bits;

    DType(int bits) {
        this.bits = bits;
    }

    /**
     * Size of one element.
     *
     * @return bits of one element, 4 to 64
     */
    public int bits() {
        return bits;
    }

    /**
     * Whether values of this type convert to floats, as models load them.
     *
     * @return false for complex numbers, and for those of less than eight bits
     */
    public boolean convertible() {
        return switch (this) {
            case C64, F4, F6_E2M3, F6_E3M2 -> false;
            default -> true;
        };
    }
}
