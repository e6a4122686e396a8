package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.DType;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A view of a storage that lies inside it.
 *
 * @param storage what it views
 * @param dtype of its elements
 * @param offset of its first element, in elements
 * @param shape dimensions
 * @param strides in elements
 * @param size number of elements
 */
record TorchTensor(TorchStorage storage, DType dtype, long offset, int[] shape, long[] strides, int size)
        implements Comparable<TorchTensor> {
    private static final Comparator<TorchTensor> ORDER = Comparator.comparingLong(TorchTensor::offset)
            .thenComparing(TorchTensor::strides, Arrays::compare)
            .thenComparing(TorchTensor::shape, Arrays::compare)
            .thenComparing(TorchTensor::dtype)
            .thenComparing(view -> view.storage().key())
            .thenComparingLong(view -> view.storage().first())
            .thenComparingLong(view -> view.storage().elements());

    /** Bytes of one element. */
    int width() {
        return dtype.bits() / 8;
    }

    /** Bytes of its elements; of those that overlap, as of an expanded tensor, each counts. */
    long bytes() {
        return (long) size * width();
    }

    /** Whether the elements lie in row-major order without gaps. */
    boolean contiguous() {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && strides[i] != expected) {
                return size == 0;
            }
            expected *= shape[i];
        }
        return true;
    }

    /** Equal views give equal tensors, so that a file's shared tensors are made once. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TorchTensor that
                && storage.equals(that.storage)
                && dtype == that.dtype
                && offset == that.offset
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(strides, that.strides);
    }

    @Override
    public int hashCode() {
        int place = 31 * storage.hashCode() + Long.hashCode(offset);
        return 31 * (31 * place + Arrays.hashCode(shape)) + Arrays.hashCode(strides);
    }

    /** Any order will do: with one, a table of views whose hash codes a file made collide is still quick. */
    @Override
    public int compareTo(TorchTensor other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
