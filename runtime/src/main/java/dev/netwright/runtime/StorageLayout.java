package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Where the elements of a tensor lie in a network's flat arrays. The compiler picks the layout that its kernels read
 * best; {@link #pack} and {@link #unpack} convert from and to PyTorch's row-major order at the borders.
 *
 * <p>Outputs (dimension 0) come in blocks of lanes; below a block run the remaining dimensions in storage order, and
 * the lanes of a block are innermost: element (o, k) lies at {@code blockBase + k * width + lane}. Full blocks are
 * {@code block} wide, the last one holds the remainder rounded up to a multiple of 16 (of {@code block}, if that is
 * below 16). Padding lanes hold zeros.
 */
public final class StorageLayout {
    private static final int ALIGN = 16;
    /** Reduction elements handled per output at a time: both sides of the transposition stay in the L1 cache. */
    private static final int TILE = 16;
    /**
     * Elements that pass through a buffer at a time, for tensors that are no float array: 128 KB. VGG16's 553 MB take
     * 0.22 s of one processor with this, 0.28 s with 16 KB, 0.24 s with 1 MB.
     */
    private static final int PIECE = 1 << 15;

    private final int outputs;
    private final int block;
    private final int reduction;
    private final int[] extents;
    private final int[] strides;
    private final int size;
    /** Whether an output's elements are stored in row-major order. */
    private final boolean ordered;

    private StorageLayout(int outputs, int block, int[] extents, int[] strides) {
        this.outputs = outputs;
        this.block = block;
        this.extents = extents;
        this.strides = strides;
        this.reduction = Shapes.elements(extents);
        this.ordered = ordered(extents, strides);
        int lanes = Math.addExact(outputs - outputs % block, lastWidth(outputs % block));
        this.size = Shapes.roundUp(Math.multiplyExact(lanes, reduction), ALIGN);
    }

    private static boolean ordered(int[] extents, int[] strides) {
        int stride = 1;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            if (extents[axis] > 1 && strides[axis] != stride) {
                return false;
            }
            stride *= extents[axis];
        }
        return true;
    }

    private int lastWidth(int remainder) {
        return Shapes.roundUp(remainder, Math.min(ALIGN, block));
    }

    /**
     * Outputs in blocks of lanes.
     *
     * @param outputs the extent of dimension 0, at least 1
     * @param block lanes of a full block, at least 1
     * @param extents extents of the other dimensions in storage order, outermost first
     * @param strides the stride of each of them in the row-major array of one output
     * @return the layout
     * @throws IllegalArgumentException if the strides do not reach every element of an output exactly once
     */
    public static StorageLayout blocked(int outputs, int block, int[] extents, int[] strides) {
        if (outputs < 1 || block < 1) {
            throw new IllegalArgumentException(
                    "A layout needs at least one output and one lane, but has " + outputs + " and " + block + ".");
        }
        checkStrides(extents, strides);
        return new StorageLayout(outputs, block, extents.clone(), strides.clone());
    }

    private static void checkStrides(int[] extents, int[] strides) {
        boolean valid = extents.length == strides.length && Shapes.elements(extents) > 0;
        int covered = 1;
        for (int reached = 1; valid && reached < Shapes.elements(extents); reached = covered) {
            for (int axis = 0; axis < extents.length; axis++) {
                if (extents[axis] > 1 && strides[axis] == reached) {
                    covered = reached * extents[axis];
                }
            }
            valid = covered > reached;
        }
        if (!valid) {
            throw new IllegalArgumentException("Strides " + Shapes.text(strides) + " do not reach every element of"
                    + " extents " + Shapes.text(extents) + " exactly once.");
        }
    }

    /**
     * One dimension as one block, such as a bias.
     *
     * @param n the number of elements, at least 1
     * @return a layout of n rounded up to a multiple of 16
     */
    public static StorageLayout vector(int n) {
        return blocked(n, Shapes.roundUp(Math.max(n, 1), ALIGN), new int[0], new int[0]);
    }

    /**
     * PyTorch's own order, with padding only at the end.
     *
     * @param shape the dimensions
     * @return a layout of the number of elements rounded up to a multiple of 16
     */
    public static StorageLayout rowMajor(int... shape) {
        return blocked(1, 1, new int[] {Shapes.elements(shape)}, new int[] {1});
    }

    /**
     * Length of the storage.
     *
     * @return floats with padding, a multiple of 16
     */
    public int size() {
        return size;
    }

    /**
     * Elements without padding.
     *
     * @return their number
     */
    public int elements() {
        return outputs * reduction;
    }

    /**
     * Row-major to storage order; padding becomes zero.
     *
     * @param rowMajor all elements, PyTorch's order
     * @param storage receives {@link #size()} floats
     * @param offset where they start
     */
    public void pack(float[] rowMajor, float[] storage, int offset) {
        check(rowMajor.length, storage, offset);
        clearPadding(storage, offset);
        transfer(rowMajor, storage, offset, true);
    }

    /**
     * As {@link #pack(float[], float[], int)}, converting a piece at a time.
     *
     * @param rowMajor the elements, of any type that converts to floats
     * @param storage receives them
     * @param offset of the first element's block
     */
    public void pack(Tensor rowMajor, float[] storage, int offset) {
        if (rowMajor.hasFloats()) {
            pack(rowMajor.floats(), storage, offset);
            return;
        }
        check(rowMajor.size(), storage, offset);
        clearPadding(storage, offset);
        if (ordered && (block == 1 || reduction == 1)) {
            rowMajor.copyFloats(0, storage, offset, elements());
            return;
        }
        int axis = slowestAxis();
        int slice = strides[axis];
        int most = Math.min(extents[axis], Math.max(1, PIECE / (Math.min(block, outputs) * slice)));
        float[] piece = new float[Math.min(block, outputs) * most * slice];
        Box whole = new Box(axis, most);
        Box rest = new Box(axis, extents[axis] % most);
        for (int first = 0; first < outputs; first += block) {
            int lanes = Math.min(block, outputs - first);
            int width = lanes == block ? block : lastWidth(lanes);
            for (int index = 0; index < extents[axis]; index += most) {
                Box box = extents[axis] - index >= most ? whole : rest;
                int length = box.rowMajor.length;
                for (int lane = 0; lane < lanes; lane++) {
                    rowMajor.copyFloats((first + lane) * reduction + index * slice, piece, lane * length, length);
                }
                box.store(piece, lanes, storage, offset + first * reduction + index * box.step * width, width);
            }
        }
    }

    /** As {@link #pack(float[], float[], int)}, asking for the elements in row-major order, a block of outputs at a time. */
    void fill(Consumer<float[]> rowMajor, float[] storage, int offset) {
        check(elements(), storage, offset);
        clearPadding(storage, offset);
        int[] positions = positions();
        float[] piece = {};
        for (int first = 0; first < outputs; first += block) {
            int lanes = Math.min(block, outputs - first);
            if (piece.length != lanes * reduction) {
                piece = new float[lanes * reduction];
            }
            rowMajor.accept(piece);
            transfer(piece, 0, first, positions, storage, offset, true);
        }
    }

    /** The axis along which row-major neighbours are farthest apart. */
    private int slowestAxis() {
        int slowest = 0;
        for (int axis = 1; axis < extents.length; axis++) {
            if (extents[slowest] == 1 || extents[axis] > 1 && strides[axis] > strides[slowest]) {
                slowest = axis;
            }
        }
        return slowest;
    }

    /** Some indices along the slowest axis: contiguous in every output, and of a size that fits into a cache. */
    private final class Box {
        /** Elements in storage from one index of the axis to the next. */
        final int step;
        /** By order in storage: where an element is in the output's piece, and where in storage. */
        final int[] rowMajor;

        final int[] stored;

        Box(int axis, int count) {
            int inner = 1;
            for (int i = axis + 1; i < extents.length; i++) {
                inner *= extents[i];
            }
            step = inner;
            int[] positions = positions();
            rowMajor = new int[reduction / extents[axis] * count];
            stored = new int[rowMajor.length];
            int at = 0;
            for (int k = 0; k < reduction; k++) {
                if (k / step % extents[axis] < count) {
                    rowMajor[at] = positions[k];
                    stored[at++] = k;
                }
            }
        }

        void store(float[] piece, int lanes, float[] storage, int base, int width) {
            int length = rowMajor.length;
            for (int t = 0; t < length; t++) {
                int from = rowMajor[t];
                int to = base + stored[t] * width;
                for (int lane = 0; lane < lanes; lane++) {
                    storage[to + lane] = piece[from];
                    from += length;
                }
            }
        }
    }

    private void clearPadding(float[] storage, int offset) {
        if (size > elements()) {
            Arrays.fill(storage, offset, offset + size, 0f);
        }
    }

    /**
     * Storage order to row-major.
     *
     * @param storage holds {@link #size()} floats
     * @param offset where they start
     * @param rowMajor receives all elements, PyTorch's order
     */
    public void unpack(float[] storage, int offset, float[] rowMajor) {
        check(rowMajor.length, storage, offset);
        transfer(rowMajor, storage, offset, false);
    }

    /**
     * As {@link #unpack(float[], int, float[])}, without allocating.
     *
     * @param storage what holds the elements
     * @param offset where they start
     * @param rowMajor receives all elements, PyTorch's order
     * @param positions the {@link #positions()}, which the caller keeps
     */
    public void unpack(float[] storage, int offset, float[] rowMajor, int[] positions) {
        for (int first = 0; first < outputs; first += block) {
            int lanes = Math.min(block, outputs - first);
            int width = lanes == block ? block : lastWidth(lanes);
            int base = offset + first * reduction;
            for (int k = 0; k < reduction; k++) {
                int to = first * reduction + positions[k];
                for (int lane = 0; lane < lanes; lane++) {
                    rowMajor[to + lane * reduction] = storage[base + k * width + lane];
                }
            }
        }
    }

    /**
     * Sets storage = keep * storage + scale * rowMajor; padding stays as it is.
     *
     * @param rowMajor all elements, PyTorch's order
     * @param scale their factor
     * @param storage what is changed
     * @param offset where its elements start
     * @param keep the factor of what it holds
     * @param positions the {@link #positions()}, which the caller keeps
     */
    public void add(float[] rowMajor, float scale, float[] storage, int offset, float keep, int[] positions) {
        for (int first = 0; first < outputs; first += block) {
            int lanes = Math.min(block, outputs - first);
            int width = lanes == block ? block : lastWidth(lanes);
            int base = offset + first * reduction;
            for (int k = 0; k < reduction; k++) {
                int from = first * reduction + positions[k];
                for (int lane = 0; lane < lanes; lane++) {
                    int to = base + k * width + lane;
                    storage[to] = keep * storage[to] + scale * rowMajor[from + lane * reduction];
                }
            }
        }
    }

    private void check(int rowMajor, float[] storage, int offset) {
        if (rowMajor != elements()) {
            throw new IllegalArgumentException(
                    "The layout has " + elements() + " elements, but the row-major array has " + rowMajor + ".");
        }
        if (offset < 0 || offset > storage.length - size) {
            throw new IllegalArgumentException("The layout needs " + size + " floats from " + offset
                    + " on, but the storage has " + storage.length + ".");
        }
    }

    private void transfer(float[] rowMajor, float[] storage, int offset, boolean pack) {
        int[] positions = positions();
        for (int first = 0; first < outputs; first += block) {
            transfer(rowMajor, first, first, positions, storage, offset, pack);
        }
    }

    /** One block, whose first output is there in the storage, and from another row on in the other array. */
    private void transfer(
            float[] rowMajor, int firstRow, int first, int[] positions, float[] storage, int offset, boolean pack) {
        int lanes = Math.min(block, outputs - first);
        int width = lanes == block ? block : lastWidth(lanes);
        int base = offset + first * reduction;
        for (int k0 = 0; k0 < reduction; k0 += TILE) {
            int k1 = Math.min(reduction, k0 + TILE);
            for (int lane = 0; lane < lanes; lane++) {
                int row = (firstRow + lane) * reduction;
                for (int k = k0; k < k1; k++) {
                    if (pack) {
                        storage[base + k * width + lane] = rowMajor[row + positions[k]];
                    } else {
                        rowMajor[row + positions[k]] = storage[base + k * width + lane];
                    }
                }
            }
        }
    }

    /**
     * Where the elements of one output lie.
     *
     * @return the row-major position, within the output, of each reduction element in storage order
     */
    public int[] positions() {
        int[] positions = new int[reduction];
        int[] index = new int[extents.length];
        int position = 0;
        for (int k = 0; k < reduction; k++) {
            positions[k] = position;
            for (int axis = extents.length - 1; axis >= 0; axis--) {
                position += strides[axis];
                if (++index[axis] < extents[axis]) {
                    break;
                }
                position -= extents[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return positions;
    }

    @Override
    public String toString() {
        return "StorageLayout[outputs=" + outputs + ", block=" + block + ", extents=" + Shapes.text(extents)
                + ", strides=" + Shapes.text(strides) + ", size=" + size + "]";
    }
}
