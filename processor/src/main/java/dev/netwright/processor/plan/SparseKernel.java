package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Kernels of the gradients behind a max pool of 2 x 2: for each window and channel one element of the convolution's
 * gradient is not zero, and the index says which. Sums stand still in registers as a few spots times a few vectors of
 * lanes, while the loops go over windows or outputs.
 */
public sealed interface SparseKernel extends Kernel {
    /** Strides of something that there is one of per window. */
    record Strides(int sample, int row, int column) {}

    /**
     * How an index tells where in its window the maximum is.
     *
     * @param strides from a window's to the next's
     * @param channel from a channel to the next
     * @param offsets whether as the bits of an offset in the convolution's input; else as the number 0 to 3
     * @param row the offset of a row
     */
    record Maxima(Strides strides, int channel, boolean offsets, int row) {}

    /** Sums that stand in registers beside what they are added from; more would spill, at half the speed. */
    int WIDE_SUMS = 16;

    /** As {@link #WIDE_SUMS}, on 16 registers. */
    int NARROW_SUMS = 12;

    /** Vectors of a spot that a kernel keeps in registers: as many as divide its lanes and fit. */
    int vectors(boolean wide);

    static int vectors(int width, int spots, int most) {
        int vectors = width / Layout.LANES;
        while (vectors > 1 && (width / Layout.LANES % vectors != 0 || vectors * spots > most)) {
            vectors--;
        }
        return vectors;
    }

    /**
     * rows[output, group, spot, lane] += gradient[window, output] * x[place of the window's maximum + spot, lane], over
     * the samples and within each over the bands of windows, in order. Operands: rows, x, gradient, index.
     *
     * @param rows bands of windows, by rows: what of x they touch stays in the first-level cache
     * @param columns the bands' columns
     * @param outputs outputs in all
     * @param together outputs whose sums stand in registers at the same time
     * @param spots where each spot's lanes begin: in x from the window's maximum, and in an output's row
     * @param groups further groups of spots; strides in x and in the row
     * @param pieces further lanes of all spots; strides in x and in the row
     * @param width lanes of a spot
     * @param outputRow from an output's row to the next
     * @param x of the first place of a window; from a window to the next
     * @param gradient of the pool's gradient
     * @param gradientChannel from a channel to the next
     * @param maxima where each window's maximum is told
     */
    record WeightGradient(
            Parts rows,
            Parts columns,
            int outputs,
            int together,
            List<SumLoop> spots,
            SumLoop groups,
            SumLoop pieces,
            int width,
            int outputRow,
            Strides x,
            Strides gradient,
            int gradientChannel,
            Maxima maxima)
            implements SparseKernel {
        public WeightGradient {
            spots = List.copyOf(spots);
        }

        /** Units of work: each goes through all samples. */
        public int units() {
            return groups.count() * pieces.count() * outputs / together;
        }

        @Override
        public int vectors(boolean wide) {
            return SparseKernel.vectors(width, spots.size() * together, wide ? WIDE_SUMS : NARROW_SUMS);
        }

        @Override
        public List<Operand> operands() {
            return Operand.floats("rows", "x", "g", "index");
        }

        @Override
        public List<Kernel.Argument> arguments() {
            return List.of(Kernel.Argument.SAMPLES);
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            boolean joined = x.column() / 2 % Layout.LANES != 0;
            int lanes = pieces.count() * width;
            for (SumLoop spot : spots) {
                Access places = Access.read("x")
                        .samples(x.sample())
                        .from(spot.a())
                        .loop(groups.count(), groups.a())
                        .loop(rows.count(), x.row())
                        .loop(2, x.row() / 2)
                        .loop(columns.count(), x.column())
                        .loop(2, x.column() / 2);
                if (joined) {
                    // the last vector begins with a tap's channel; what else it loads flows to sums of nothing
                    accesses.add(places.floats(lanes - Layout.LANES + 1));
                    accesses.add(places.with(Access.Padding.ANY).floats(lanes));
                } else {
                    accesses.add(places.with(Access.Padding.LANES).lanes(lanes));
                }
            }
            accesses.add(windows(Access.read("g"), gradient, gradientChannel));
            accesses.add(windows(Access.read("index"), maxima.strides(), maxima.channel()));
            for (SumLoop spot : spots) {
                accesses.add(Access.update("rows")
                        .with(Access.Padding.ANY)
                        .from(spot.b())
                        .loop(outputs, outputRow)
                        .loop(groups.count(), groups.b())
                        .floats(lanes));
            }
            return accesses;
        }

        private Access windows(Access access, Strides strides, int channel) {
            return access.samples(strides.sample())
                    .loop(rows.count(), strides.row())
                    .loop(columns.count(), strides.column())
                    .loop(outputs, channel);
        }
    }

    /**
     * Sets c to 0 and adds to it, for each part of the outputs, each row of the patch that a window reaches, each row
     * and column of windows, and each output of the part, gradient * weights[row - maximum's row, column - maximum's
     * column]: in that order. Operands: c (from the border on), gradient, index, weights.
     *
     * @param rows rows of windows
     * @param columns columns of windows
     * @param outputs parts of the outputs: their weights for a row stay in the first-level cache
     * @param patchRows rows of the patch
     * @param patchColumns columns of the patch
     * @param blocks blocks of channels
     * @param width channels of a block
     * @param start from c's first float to the first window's patch
     * @param c of the result; from a window's patch to the next
     * @param patchRow from a row of a patch to the next
     * @param patchColumn from a column of a patch to the next, and from a place of the image to the next
     * @param pixels places of the image with its border, which are one after the other
     * @param gradient of the pool's gradient
     * @param gradientChannel from a channel to the next
     * @param maxima where each window's maximum is told
     */
    record InputGradient(
            int rows,
            int columns,
            Parts outputs,
            int patchRows,
            int patchColumns,
            int blocks,
            int width,
            int start,
            Strides c,
            int patchRow,
            int patchColumn,
            int pixels,
            Strides gradient,
            int gradientChannel,
            Maxima maxima)
            implements SparseKernel {
        /** Floats of an output's weights. */
        public int outputWeights() {
            return patchRows * patchColumns * width;
        }

        /** Floats of a block's weights: behind the last output lie the zeros that each begins with. */
        public int blockWeights() {
            return Math.multiplyExact(outputs.count() + 1, outputWeights());
        }

        @Override
        public int vectors(boolean wide) {
            return SparseKernel.vectors(width, patchColumns, wide ? WIDE_SUMS : NARROW_SUMS);
        }

        @Override
        public List<Operand> operands() {
            return Operand.floats("c", "g", "index", "w");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    windows(Access.read("g"), gradient, gradientChannel),
                    windows(Access.read("index"), maxima.strides(), maxima.channel()),
                    Access.read("w").floats(blocks * blockWeights()),
                    Access.write("c")
                            .with(Access.Mode.ZERO)
                            .samples(c.sample())
                            .loop(pixels, patchColumn)
                            .lanes(blocks * width),
                    Access.update("c")
                            .samples(c.sample())
                            .from(start)
                            .loop(rows, c.row())
                            .loop(patchRows, patchRow)
                            .loop(columns, c.column())
                            .loop(patchColumns, patchColumn)
                            .lanes(blocks * width));
        }

        private Access windows(Access access, Strides strides, int channel) {
            return access.samples(strides.sample())
                    .loop(rows, strides.row())
                    .loop(columns, strides.column())
                    .loop(outputs.count(), channel);
        }
    }
}
