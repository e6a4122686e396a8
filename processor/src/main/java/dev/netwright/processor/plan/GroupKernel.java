package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Convolutions whose blocks of lanes span several groups: of 4, 8 or 12 channels, of 3 or 5, or of one input and two
 * outputs. What a lane reads depends on its group, so a few rows of the input are written into the worker's own memory
 * for a block of lanes, each value as often as it has lanes; the sums over them are loads of vectors, as for a convolution
 * of each channel by itself, with several inputs for each output. Measured on 512 bits and JDK 17, 3x3, products in a
 * second and thread, the copies from and to the caller's order included: 128 channels of 56 x 56 in groups of 4 24-28 GF,
 * 256 of 28 x 28 in groups of 8 38-44 GF, where scalar loops reached 2 and dense convolutions of as many channels 104-111.
 * Of the time for groups of 4 the sums have 34 %, at four fifths of the peak, and the spreading 40 %. A block of a dense
 * weight filled up with zeros would compute 4 or 2 products for each that counts, and let an infinity reach other groups.
 */
public sealed interface GroupKernel extends Kernel {
    /**
     * One dimension of a window that slides over what is read.
     *
     * @param results number of results
     * @param step places from a result's first tap to the next result's
     * @param taps number of taps
     * @param tapStep places from a tap to the next
     */
    record Window(int results, int step, int taps, int tapStep) {
        /** Places that so many results read, and those between. */
        public int reach(int some) {
            return (some - 1) * step + (taps - 1) * tapStep + 1;
        }

        int reach() {
            return reach(results);
        }
    }

    /**
     * out[row, input, column, lane] = in[row, column, the lane's group, input], for one block of lanes, whose first lane
     * the call tells. Lanes behind the last are those of the last group. A unit is a row. Operands: out, in.
     *
     * @param columns of a row
     * @param inputs of each group that are taken
     * @param groupInputs inputs of a group
     * @param groupLanes lanes of a group
     * @param lanes in all
     * @param in strides of rows, columns and channels
     */
    record Spread(int columns, int inputs, int groupInputs, int groupLanes, int lanes, Image in)
            implements GroupKernel {
        private static final int MOST_BLENDED = 6;

        /** Floats of the result from a row to the next. */
        public int row() {
            return Math.multiplyExact(inputs, input());
        }

        /** Floats of the result from an input to the next. */
        public int input() {
            return columns * Layout.LANES;
        }

        /** Neighbouring lanes of one group, wherever a block begins. */
        public int run() {
            return Math.min(Layout.LANES, Integer.lowestOneBit(groupLanes));
        }

        /** Groups, at most, that so many lanes belong to where a vector begins. */
        public int groupsOf(int count) {
            int most = 1;
            for (int first = 0; first < Math.multiplyExact(count, groupLanes); first += count) {
                most = Math.max(most, (first + count - 1) / groupLanes - first / groupLanes + 1);
            }
            return most;
        }

        /** Whether a vector is blended of its groups' values; else they are stored lane by lane. */
        public boolean blends() {
            return groupsOf(Layout.LANES) <= MOST_BLENDED;
        }

        /** All that is read for all lines of results, for all blocks. */
        Access reads(String operand, int sample, List<Window> lines) {
            Access access = Access.read(operand).samples(sample);
            for (int i = 0; i < lines.size() - 1; i++) {
                Window window = lines.get(i);
                access = access.loop(
                                window.results(), window.step() * in.lines().get(i))
                        .loop(window.taps(), window.tapStep() * in.lines().get(i));
            }
            return access.loop(lines.get(lines.size() - 1).reach(), in.row())
                    .loop(columns, in.column())
                    .loop(lanes / groupLanes * groupInputs, in.channel());
        }

        @Override
        public List<Operand> operands() {
            return Operand.floats("out", "in");
        }

        @Override
        public List<Argument> arguments() {
            return List.of(Argument.LANE);
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            throw new IllegalStateException("is a part of other kernels");
        }
    }

    /** Strides of rows, or of planes and rows, and of columns and channels. */
    record Image(List<Integer> lines, int column, int channel) {
        public Image {
            lines = List.copyOf(lines);
        }

        public int row() {
            return lines.get(lines.size() - 1);
        }
    }

    /** Those of the lines but the rows: a unit is of one plane of results, for which the planes of its taps are spread. */
    private static List<Window> planes(List<Window> lines) {
        return lines.subList(0, lines.size() - 1);
    }

    private static int product(List<Window> windows, ToIntFunction<Window> part) {
        return windows.stream().mapToInt(part).reduce(1, Math::multiplyExact);
    }

    /**
     * A sum for each lane, and its epilogue. A unit is some rows of results of a block of lanes. Operands: those of the
     * products, a being the input, then the worker's own memory.
     *
     * @param spread of the input
     * @param products of what it was spread to; their rows are those of a unit
     * @param lines window over rows, or over planes and rows
     * @param blocks blocks of lanes
     * @param sample floats from a sample of the input to the next
     */
    record Sums(Spread spread, Tile products, List<Window> lines, int blocks, int sample) implements GroupKernel {
        public Sums {
            lines = List.copyOf(lines);
        }

        public Window rows() {
            return lines.get(lines.size() - 1);
        }

        /** Planes of results; one where there are only rows. */
        public int planes() {
            return product(GroupKernel.planes(lines), Window::results);
        }

        /** Floats of the worker's own memory from one plane of taps to the next. */
        public int plane() {
            return rows().reach(unitRows()) * spread.row();
        }

        private int local() {
            return product(GroupKernel.planes(lines), Window::taps) * plane();
        }

        @Override
        public List<Kernel.Called> calls() {
            return List.of(new Kernel.Called("Spread", spread), new Kernel.Called("Products", products));
        }

        /** Rows of results of a unit. */
        public int unitRows() {
            return products.rows();
        }

        /** Strides of the input from a result to the next. */
        Strides reads() {
            int column = products.a().column() / Layout.LANES;
            return new Strides(
                    sample,
                    0,
                    IntStream.range(0, lines.size())
                            .mapToObj(i ->
                                    lines.get(i).step() * spread.in().lines().get(i))
                            .toList(),
                    column * spread.in().column());
        }

        /** Units that the rows of a block, or of one of its planes, are divided into. */
        public int parts() {
            return (rows().results() + unitRows() - 1) / unitRows();
        }

        @Override
        public List<Operand> operands() {
            return Operand.list()
                    .floats(products.strides().keySet())
                    .own("local")
                    .list();
        }

        @Override
        public ImageWalk image() {
            return new ImageWalk(
                    lines.stream().map(Window::results).toList(),
                    products.columns(),
                    false,
                    Map.of("a", reads()),
                    products.store().operands());
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            accesses.add(spread.reads("a", sample, lines));
            Access weights = Access.read("b")
                    .with(Access.Padding.LANES)
                    .loop(blocks, products.b().block())
                    .lanes(Layout.LANES);
            for (SumLoop loop : products.sum().loops()) {
                weights = weights.loop(loop.count(), loop.b());
            }
            accesses.add(weights);
            if (products.sum().biased()) {
                accesses.add(Access.read("bias").with(Access.Padding.LANES).lanes(blocks * Layout.LANES));
            }
            accesses.addAll(products.store().readAccesses(this::results));
            accesses.add(Access.write("local").floats(local()));
            accesses.addAll(products.store().writeAccesses(this::results));
            return accesses;
        }

        private Access results(Access access, Strides strides) {
            return access.samples(strides.sample())
                    .loops(lines.stream().map(Window::results).toList(), strides.rows())
                    .loop(products.columns(), strides.column())
                    .lanes(blocks * Layout.LANES);
        }
    }

    /**
     * The gradient by the weight: a unit is a block of lanes and one input of their groups. Each worker takes all its units
     * through some rows of a sample before the next. Operands: a, b, c, the worker's own memory.
     *
     * @param spread of an input of the groups
     * @param sums over some rows, for all taps
     * @param lines window over rows, or over planes and rows
     * @param blocks blocks of lanes
     * @param inputs inputs of a group
     * @param aSample floats from a sample of the input to the next
     * @param bSample of the gradient
     * @param bPlane of the gradient from a plane to the next
     * @param block floats of c from a block of lanes to the next
     */
    record WeightGradient(
            Spread spread,
            DepthwiseWeightGradient sums,
            List<Window> lines,
            int blocks,
            int inputs,
            int aSample,
            int bSample,
            int bPlane,
            int block)
            implements GroupKernel {
        public WeightGradient {
            lines = List.copyOf(lines);
        }

        public Window rows() {
            return lines.get(lines.size() - 1);
        }

        /** Planes of the gradient; one where there are only rows. */
        public int planes() {
            return product(GroupKernel.planes(lines), Window::results);
        }

        /** Rows of the gradient that are summed at once. */
        public int unitRows() {
            return sums.lines().get(0);
        }

        /** Floats of the worker's own memory from one plane of taps to the next. */
        public int plane() {
            return rows().reach(unitRows()) * spread.row();
        }

        /** Parts that the rows are divided into. */
        public int parts() {
            return rows().results() / unitRows();
        }

        @Override
        public List<Kernel.Called> calls() {
            return List.of(new Kernel.Called("Spread", spread), new Kernel.Called("Sums", sums));
        }

        public int units() {
            return blocks * inputs;
        }

        @Override
        public List<Operand> operands() {
            return Operand.list().floats("a", "b", "c").own("local").list();
        }

        @Override
        public List<Argument> arguments() {
            return List.of(Argument.SAMPLES);
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    spread.reads("a", aSample, lines),
                    Access.read("b")
                            .with(Access.Padding.LANES)
                            .samples(bSample)
                            .loop(planes(), bPlane)
                            .loop(rows().results(), sums.b().lines().get(0))
                            .loop(sums.columns(), sums.b().column())
                            .lanes(blocks * Layout.LANES),
                    Access.update("c").loop(blocks, block).floats(block),
                    Access.write("local").floats(product(GroupKernel.planes(lines), Window::taps) * plane()));
        }
    }
}
