package dev.netwright.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An immutable array with a shape and an element type, row-major as PyTorch prints it. A tensor is what crosses a
 * border (state dicts, files); networks compute on flat arrays of their own. Every accessor copies.
 */
public final class Tensor {
    private final DType dtype;
    private final int[] shape;
    private final int size;
    /** float[] for F32, long[] for I64, otherwise the little-endian bytes. */
    private final Object data;

    private Tensor(DType dtype, int[] shape, Object data) {
        this.dtype = dtype;
        this.shape = shape;
        this.size = Shapes.elements(shape);
        this.data = data;
    }

    /**
     * A tensor of floats.
     *
     * @param data the elements in row-major order, copied
     * @param shape the dimensions; none for a scalar
     * @return a tensor of type {@link DType#F32}
     * @throws IllegalArgumentException if the shape does not have exactly {@code data.length} elements
     */
    public static Tensor of(float[] data, int... shape) {
        checkLength(data.length, shape);
        return new Tensor(DType.F32, shape.clone(), data.clone());
    }

    /**
     * A tensor of 64-bit integers.
     *
     * @param data the elements in row-major order, copied
     * @param shape the dimensions; none for a scalar
     * @return a tensor of type {@link DType#I64}
     * @throws IllegalArgumentException if the shape does not have exactly {@code data.length} elements
     */
    public static Tensor ofLongs(long[] data, int... shape) {
        checkLength(data.length, shape);
        return new Tensor(DType.I64, shape.clone(), data.clone());
    }

    /**
     * A tensor of any type from its little-endian bytes, as files store them.
     *
     * @param dtype the element type
     * @param bytes the elements in row-major order, little-endian, copied
     * @param shape the dimensions; none for a scalar
     * @return the tensor
     * @throws IllegalArgumentException if the number of bytes is not what the type and the shape need
     */
    public static Tensor ofBytes(DType dtype, byte[] bytes, int... shape) {
        long bits = (long) Shapes.elements(shape) * dtype.bits();
        if (bits != 8L * bytes.length) {
            throw new IllegalArgumentException(bytes.length + " bytes do not make a " + dtype + " tensor of shape "
                    + Shapes.text(shape) + ", which needs " + bits / 8.0 + ".");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (dtype) {
            case F32 -> {
                float[] floats = new float[bytes.length / 4];
                buffer.asFloatBuffer().get(floats);
                return new Tensor(dtype, shape.clone(), floats);
            }
            case I64 -> {
                long[] longs = new long[bytes.length / 8];
                buffer.asLongBuffer().get(longs);
                return new Tensor(dtype, shape.clone(), longs);
            }
            default -> {
                return new Tensor(dtype, shape.clone(), bytes.clone());
            }
        }
    }

    /** Wraps without copying; the caller gives the array away. */
    static Tensor wrap(float[] data, int... shape) {
        checkLength(data.length, shape);
        return new Tensor(DType.F32, shape, data);
    }

    private static void checkLength(int length, int[] shape) {
        int elements = Shapes.elements(shape);
        if (length != elements) {
            throw new IllegalArgumentException(
                    "Shape " + Shapes.text(shape) + " has " + elements + " elements, but the data has " + length + ".");
        }
    }

    /**
     * The element type.
     *
     * @return the element type
     */
    public DType dtype() {
        return dtype;
    }

    /**
     * The dimensions.
     *
     * @return a copy; empty for a scalar
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The number of elements.
     *
     * @return the product of the dimensions, 1 for a scalar
     */
    public int size() {
        return size;
    }

    /**
     * The floats of an F32 tensor.
     *
     * @return a copy, row-major
     * @throws IllegalStateException if the type is another; {@link #toFloat()} converts
     */
    public float[] toArray() {
        return floats().clone();
    }

    /**
     * The integers of an I64 tensor.
     *
     * @return a copy, row-major
     * @throws IllegalStateException if the type is another
     */
    public long[] toLongArray() {
        if (data instanceof long[] longs) {
            return longs.clone();
        }
        throw new IllegalStateException("toLongArray() needs an I64 tensor, but this one is " + this + ".");
    }

    /**
     * The elements as files store them.
     *
     * @return a copy: row-major, little-endian
     */
    public byte[] toBytes() {
        if (data instanceof byte[] bytes) {
            return bytes.clone();
        }
        byte[] bytes = new byte[Math.multiplyExact(size, dtype.bits() / 8)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (data instanceof float[] floats) {
            buffer.asFloatBuffer().put(floats);
        } else {
            buffer.asLongBuffer().put((long[]) data);
        }
        return bytes;
    }

    /**
     * This tensor as F32. F16 and BF16 convert exactly, F64 rounds to nearest.
     *
     * @return this tensor if it is F32 already
     * @throws IllegalStateException if the type is none of F32, F16, BF16, F64
     */
    public Tensor toFloat() {
        if (dtype == DType.F32) {
            return this;
        }
        if (dtype != DType.F16 && dtype != DType.BF16 && dtype != DType.F64) {
            throw new IllegalStateException(
                    "Only F32, F16, BF16 and F64 convert to F32, but this tensor is " + this + ".");
        }
        ByteBuffer bytes = ByteBuffer.wrap((byte[]) data).order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = switch (dtype) {
                case F16 -> HalfFloats.toFloat(bytes.getShort(2 * i));
                case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                default -> (float) bytes.getDouble(8 * i);
            };
        }
        return new Tensor(DType.F32, shape, floats);
    }

    /** The live array of an F32 tensor: for reading only. */
    float[] floats() {
        if (data instanceof float[] floats) {
            return floats;
        }
        throw new IllegalStateException(
                "toArray() needs an F32 tensor, but this one is " + this + "; toFloat() converts F16, BF16 and F64.");
    }

    /** The live shape: for reading only. */
    int[] dimensions() {
        return shape;
    }

    /**
     * Equal type, shape and elements; floats by their bits, so a NaN equals itself and 0 differs from -0.
     *
     * @param other anything
     * @return whether the other is an equal tensor
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && dtype == that.dtype
                && Arrays.equals(shape, that.shape)
                && Arrays.deepEquals(new Object[] {data}, new Object[] {that.data});
    }

    @Override
    public int hashCode() {
        return 31 * (31 * dtype.hashCode() + Arrays.hashCode(shape)) + Arrays.deepHashCode(new Object[] {data});
    }

    /**
     * Type and shape, such as {@code F32[64, 3, 3, 3]}, followed by the values of the smallest tensors.
     *
     * @return a short text
     */
    @Override
    public String toString() {
        String head = dtype + Shapes.text(shape);
        if (size > 8) {
            return head;
        }
        if (data instanceof float[] floats) {
            return head + " " + Arrays.toString(floats);
        }
        return data instanceof long[] longs ? head + " " + Arrays.toString(longs) : head;
    }
}
