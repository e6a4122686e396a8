package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * An immutable array with a shape and an element type, row-major as PyTorch prints it. A tensor is what crosses a
 * border (state dicts, files); networks compute on flat arrays of their own. Every accessor copies.
 */
public final class Tensor {
    /** Bytes and elements of the largest tensor: what a Java array holds. */
    public static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    /** Elements of the largest tensor whose values are printed: four rows of eight. */
    private static final int MOST_SHOWN = 32;

    private final DType dtype;
    private final int[] shape;
    private final int size;
    /** float[] for F32, long[] for I64, or for any type a ByteBuffer, little-endian, from 0 to its limit. */
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
        return view(dtype, ByteBuffer.wrap(bytes), shape).copy();
    }

    /**
     * A tensor over the bytes of a buffer, such as a mapped file, without a copy: they must not change as long as the
     * tensor is in use.
     *
     * @param dtype the element type
     * @param bytes the elements in row-major order, little-endian, from the position to the limit, which both stay
     * @param shape the dimensions; none for a scalar
     * @return the tensor
     * @throws IllegalArgumentException if the number of bytes is not what the type and the shape need
     */
    public static Tensor view(DType dtype, ByteBuffer bytes, int... shape) {
        long bits = (long) Shapes.elements(shape) * dtype.bits();
        if (bits != 8L * bytes.remaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes do not make a " + dtype + " tensor of shape "
                    + Shapes.text(shape) + ", which needs " + bits / 8.0 + ".");
        }
        return new Tensor(dtype, shape.clone(), bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * The same elements in an array of their own, where this is a view of a file.
     *
     * @return a tensor that needs nothing of this one
     */
    public Tensor copy() {
        return new Tensor(dtype, shape, ByteBuffer.wrap(toBytes()).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Floats that are not copied: whoever gives the array away must not change it any more.
     *
     * @param data the elements in row-major order
     * @param shape the dimensions; none for a scalar
     * @return a tensor of type F32
     * @throws IllegalArgumentException if the number of elements is not what the shape needs
     */
    public static Tensor wrap(float[] data, int... shape) {
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
        return data instanceof float[] floats ? floats.clone() : floats();
    }

    /**
     * The integers of an I64 tensor.
     *
     * @return a copy, row-major
     * @throws IllegalStateException if the type is another; {@link #toLongs()} converts
     */
    public long[] toLongArray() {
        if (dtype != DType.I64) {
            throw new IllegalStateException(
                    "toLongArray() needs an I64 tensor, but this one is " + this + "; toLongs() converts integers.");
        }
        long[] longs = new long[size];
        longBuffer().get(longs);
        return longs;
    }

    /**
     * The elements as files store them.
     *
     * @return a copy: row-major, little-endian
     */
    public byte[] toBytes() {
        byte[] bytes = new byte[Math.toIntExact(byteSize())];
        copyBytes(0, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    /**
     * The size in a file.
     *
     * @return bytes
     */
    public long byteSize() {
        return (long) size * dtype.bits() / 8;
    }

    /**
     * Copies as many bytes as both have room for.
     *
     * @param from the first byte, at which an element begins
     * @param target little-endian; its room is a multiple of eight bytes, or all that is left of this tensor
     */
    public void copyBytes(long from, ByteBuffer target) {
        int count = (int) Math.min(target.remaining(), byteSize() - from);
        if (data instanceof ByteBuffer bytes) {
            target.put(bytes.slice((int) from, count));
            return;
        }
        if (data instanceof float[] floats) {
            target.asFloatBuffer().put(floats, (int) (from / Float.BYTES), count / Float.BYTES);
        } else {
            target.asLongBuffer().put((long[]) data, (int) (from / Long.BYTES), count / Long.BYTES);
        }
        target.position(target.position() + count);
    }

    /**
     * This tensor as F32, as PyTorch converts: F16, BF16 and eight-bit floats exactly, F64 and integers to the nearest
     * float, true to 1.
     *
     * @return this tensor if it is F32 already
     * @throws IllegalStateException if the type is C64, F4, F6_E2M3 or F6_E3M2
     */
    public Tensor toFloat() {
        if (dtype == DType.F32) {
            return this;
        }
        if (!dtype.convertible()) {
            throw new IllegalStateException("C64, F4 and F6 do not convert to F32, but this tensor is " + this + ".");
        }
        float[] floats = new float[size];
        copyFloats(0, floats, 0, size);
        return new Tensor(DType.F32, shape, floats);
    }

    /**
     * A tensor of integers as I64, as PyTorch converts: true to 1, U64 by its bits, so that 2^63 and more become
     * negative.
     *
     * @return this tensor if it is I64 already
     * @throws IllegalStateException if the type is neither an integer nor BOOL
     */
    public Tensor toLongs() {
        if (dtype == DType.I64) {
            return this;
        }
        if (!Elements.integer(dtype)) {
            throw new IllegalStateException(
                    "Only integers and BOOL convert to I64 without loss, but this tensor is " + this + ".");
        }
        long[] longs = new long[size];
        for (int i = 0; i < size; i++) {
            longs[i] = Elements.integer(dtype, (ByteBuffer) data, i);
        }
        return new Tensor(DType.I64, shape, longs);
    }

    /** Some elements of a convertible type as floats. */
    void copyFloats(int from, float[] target, int at, int count) {
        if (data instanceof float[] floats) {
            System.arraycopy(floats, from, target, at, count);
        } else if (data instanceof long[] longs) {
            for (int i = 0; i < count; i++) {
                target[at + i] = longs[from + i];
            }
        } else {
            Elements.floats(dtype, (ByteBuffer) data, from, target, at, count);
        }
    }

    /** The first element of a convertible type as an integer, cut off as PyTorch does. */
    long firstLong() {
        if (data instanceof long[] longs) {
            return longs[0];
        }
        if (Elements.integer(dtype)) {
            return Elements.integer(dtype, (ByteBuffer) data, 0);
        }
        if (dtype == DType.F64) {
            return (long) ((ByteBuffer) data).getDouble(0);
        }
        float[] first = new float[1];
        copyFloats(0, first, 0, 1);
        return (long) first[0];
    }

    /** Whether {@link #floats()} costs nothing. */
    boolean hasFloats() {
        return data instanceof float[];
    }

    /** The floats of an F32 tensor, for reading only: the live array if there is one. */
    float[] floats() {
        if (data instanceof float[] floats) {
            return floats;
        }
        if (dtype != DType.F32) {
            throw new IllegalStateException(
                    "toArray() needs an F32 tensor, but this one is " + this + "; toFloat() converts.");
        }
        float[] floats = new float[size];
        copyFloats(0, floats, 0, size);
        return floats;
    }

    private FloatBuffer floatBuffer() {
        return data instanceof float[] floats ? FloatBuffer.wrap(floats) : ((ByteBuffer) data).asFloatBuffer();
    }

    private LongBuffer longBuffer() {
        return data instanceof long[] longs ? LongBuffer.wrap(longs) : ((ByteBuffer) data).asLongBuffer();
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
                && sameElements(that);
    }

    private boolean sameElements(Tensor that) {
        return switch (dtype) {
            case F32 -> sameFloats(floatBuffer(), that.floatBuffer());
            case I64 -> longBuffer().equals(that.longBuffer());
            default -> data.equals(that.data);
        };
    }

    private static boolean sameFloats(FloatBuffer a, FloatBuffer b) {
        for (int i = 0; i < a.limit(); i++) {
            if (Float.floatToIntBits(a.get(i)) != Float.floatToIntBits(b.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int elements = 1;
        switch (dtype) {
            case F32 -> {
                FloatBuffer floats = floatBuffer();
                for (int i = 0; i < size; i++) {
                    elements = 31 * elements + Float.hashCode(floats.get(i));
                }
            }
            case I64 -> {
                LongBuffer longs = longBuffer();
                for (int i = 0; i < size; i++) {
                    elements = 31 * elements + Long.hashCode(longs.get(i));
                }
            }
            default -> elements = data.hashCode();
        }
        return 31 * (31 * dtype.hashCode() + Arrays.hashCode(shape)) + elements;
    }

    /**
     * Type and shape, such as {@code F32[64, 3, 3, 3]}, followed by the values of small tensors of floats or longs, in
     * brackets for each dimension.
     *
     * @return one line
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(dtype + Shapes.text(shape));
        if (size > 0 && size <= MOST_SHOWN && (dtype == DType.F32 || dtype == DType.I64)) {
            appendValues(text.append(' '), 0, 0, size);
        }
        return text.toString();
    }

    private void appendValues(StringBuilder text, int dimension, int from, int count) {
        if (dimension == shape.length) {
            if (dtype == DType.F32) {
                text.append(floatBuffer().get(from));
            } else {
                text.append(longBuffer().get(from));
            }
            return;
        }
        int each = count / shape[dimension];
        text.append('[');
        for (int i = 0; i < shape[dimension]; i++) {
            appendValues(text.append(i == 0 ? "" : ", "), dimension + 1, from + i * each, each);
        }
        text.append(']');
    }
}
