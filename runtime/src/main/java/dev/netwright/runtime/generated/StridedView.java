package dev.netwright.runtime.generated;

import dev.netwright.runtime.check.Shapes;

/**
 * Where a value of every sample lies in a program's arena: element (s, i, j, ...) at
 * {@code base * capacity + s * sampleStride + offset + i * strides[0] + j * strides[1] + ...}. Immutable.
 */
public final class StridedView {
    private final int base;
    private final int[] extents;
    private final int[] strides;
    private final int offset;
    private final int sampleStride;

    /**
     * A view.
     *
     * @param base floats from the start of the arena, per sample of capacity
     * @param extents one sample's shape
     * @param strides floats between neighbours, for each dimension
     * @param offset of the first element within a sample
     * @param sampleStride floats from one sample to the next
     * @throws IllegalArgumentException if there are not as many strides as extents
     */
    public StridedView(int base, int[] extents, int[] strides, int offset, int sampleStride) {
        if (extents.length != strides.length) {
            throw new IllegalArgumentException("The extents " + Shapes.text(extents) + " do not go with the strides "
                    + Shapes.text(strides) + ".");
        }
        this.base = base;
        this.extents = extents.clone();
        this.strides = strides.clone();
        this.offset = offset;
        this.sampleStride = sampleStride;
    }

    /** A row-major copy of shape [samples, extents...]. */
    float[] read(float[] arena, int capacity, int samples) {
        float[] result = new float[Math.multiplyExact(samples, Shapes.elements(extents))];
        int[] index = new int[extents.length];
        int at = 0;
        for (int s = 0; s < samples; s++) {
            int position = base * capacity + s * sampleStride + offset;
            for (int e = result.length / samples; e > 0; e--) {
                result[at++] = arena[position];
                position = next(index, position);
            }
        }
        return result;
    }

    /** Steps to the next element in row-major order, and from the last to the first. */
    private int next(int[] index, int position) {
        int moved = position;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            moved += strides[axis];
            if (++index[axis] < extents[axis]) {
                break;
            }
            moved -= extents[axis] * strides[axis];
            index[axis] = 0;
        }
        return moved;
    }
}
