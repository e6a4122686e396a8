package dev.netwright.runtime.torch;

import dev.netwright.runtime.DType;
import java.util.Arrays;

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
record TorchTensor(TorchStorage storage, DType dtype, long offset, int[] shape, long[] strides, int size) {
    /** Bytes of one element. */
    int width() {
        return dtype.bits() / 8;
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
        return 31 * (31 * storage.hashCode() + Long.hashCode(offset)) + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
