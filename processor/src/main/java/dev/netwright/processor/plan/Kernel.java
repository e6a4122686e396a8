package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A loop nest to be written, complete with every count and stride. Kernels that are equal are written once. */
public interface Kernel {
    /** Its operands, in the order in which steps name their places. */
    List<Operand> operands();

    /** What its calls tell it besides, in their order. */
    default List<Argument> arguments() {
        return List.of();
    }

    /**
     * What the written code touches of each operand, as reads before writes unless something is cleared first.
     *
     * @param work the units that the kernel is called with
     */
    List<Access> accesses(Step.Work work);

    /** The loops by which it goes through elements, with a stride for each operand; null where there are no such. */
    default Nest elements() {
        return null;
    }

    /** How it goes through images; null where it does not, or by other ways than rows and columns. */
    default ImageWalk image() {
        return null;
    }

    /** The kernels that this one calls. */
    default List<Called> calls() {
        return List.of();
    }

    /** What a call tells a kernel besides its operands. */
    enum Argument {
        SAMPLES,
        /** The first lane of a block. */
        LANE
    }

    /**
     * A kernel that another calls.
     *
     * @param name what it does for the other
     * @param kernel the loops
     */
    record Called(String name, Kernel kernel) {}

    /**
     * out = f(arguments), element by element. Operands: out, arguments.
     *
     * @param loops strides of out first
     * @param sampleStrides of out first
     * @param expr of the arguments
     * @param accumulate whether the result is added to what is there
     */
    record Elementwise(Nest loops, List<Integer> sampleStrides, Expr expr, boolean accumulate) implements Kernel {
        public Elementwise {
            sampleStrides = List.copyOf(sampleStrides);
        }

        /** Whether each iteration of the outermost loop is a unit of work; not where a result is added to twice. */
        public boolean isSplit() {
            return !accumulate && loops.loops().size() > 1;
        }

        @Override
        public List<Operand> operands() {
            return Operand.list()
                    .floats("out")
                    .numbered("x", sampleStrides.size() - 1)
                    .list();
        }

        @Override
        public Nest elements() {
            return loops;
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            for (int i = 1; i < sampleStrides.size(); i++) {
                accesses.add(NestAccesses.read(operands().get(i), i, loops, new Nest(List.of()), sampleStrides));
            }
            Access out = accumulate ? Access.update("out") : Access.write("out");
            accesses.add(out.samples(sampleStrides.get(0)).nest(loops, 0));
            return accesses;
        }
    }

    /**
     * As {@link Elementwise}, where the first argument is bytes or ints. Operands: out, the caller's array, arguments.
     *
     * @param loops of all operands, and f
     * @param type of the caller's elements
     * @param lookup whether out is, instead of f, what the second argument has as many places on as the byte says
     */
    record Load(Elementwise loops, ElementType type, boolean lookup) implements Kernel {
        private static final int BYTES = 256;

        @Override
        public List<Operand> operands() {
            List<Operand> operands = new ArrayList<>(loops.operands());
            operands.set(1, new Operand(operands.get(1).name(), type, false));
            return operands;
        }

        @Override
        public Nest elements() {
            return loops.elements();
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return loops.accesses(work).stream()
                    .map(access ->
                            lookup && access.operand().equals(operands().get(2).name()) ? access.floats(BYTES) : access)
                    .toList();
        }
    }

    /**
     * out = sum, mean or maximum of f(arguments) over some loops. Operands: out, arguments.
     *
     * @param kept loops of the result, strides of out first
     * @param reduced loops combined
     * @param parts how many of them go from one part of a sum to the next, to which it is added with what rounding loses
     * @param sampleStrides of out first
     * @param kind how
     * @param expr of the arguments
     * @param divisor of the sum
     */
    record Reduction(
            Nest kept,
            Nest reduced,
            int parts,
            List<Integer> sampleStrides,
            Primitive.Reduce.Kind kind,
            Expr expr,
            int divisor)
            implements Kernel {
        /** Of which each has a sum, a part of it and what rounding lost. */
        private static final int MOST_ABREAST = 4;

        private static final int LARGEST_ABREAST = 4;

        public Reduction {
            sampleStrides = List.copyOf(sampleStrides);
        }

        /**
         * How many vectors of results are summed side by side. One by one, a wide row is read line by line, each from
         * another page, and every addition waits for the one before. The gradient of the bias of 1024 channels of
         * 14 x 14, batch 8, took 331 us one by one on one thread, now 170 (two threads: 171 and 102).
         */
        public int abreast() {
            List<Nest.Loop> loops = kept.loops();
            int vectors = loops.isEmpty() ? 0 : loops.get(loops.size() - 1).count() / Layout.LANES;
            int most = Exprs.size(expr) > LARGEST_ABREAST ? 1 : MOST_ABREAST;
            return IntStream.rangeClosed(1, most)
                    .filter(count -> vectors % count == 0)
                    .max()
                    .orElse(1);
        }

        @Override
        public List<Operand> operands() {
            return Operand.list()
                    .floats("out")
                    .numbered("x", sampleStrides.size() - 1)
                    .list();
        }

        @Override
        public Nest elements() {
            return kept.and(reduced);
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            for (int i = 1; i < sampleStrides.size(); i++) {
                accesses.add(NestAccesses.read(operands().get(i), i, kept, reduced, sampleStrides));
            }
            accesses.add(Access.write("out").samples(sampleStrides.get(0)).nest(kept, 0));
            return accesses;
        }
    }

    /**
     * Weights in the order in which an input gradient reads them. Operands: packed, weight.
     *
     * @param groups groups of channels that do not mix
     * @param outputs rows of the sum: outputs of a group
     * @param inputs inputs of a group
     * @param width lanes of a block
     * @param blockSize floats from one block to the next
     * @param sourceWidth lanes of a block of the weight
     * @param sourceBlock floats from one block of the weight to the next
     * @param taps offset in the packed block, and in the weight's block, of each tap
     */
    record Transpose(
            int groups,
            int outputs,
            int inputs,
            int width,
            int blockSize,
            int sourceWidth,
            int sourceBlock,
            List<Tap> taps)
            implements Kernel {
        public Transpose {
            taps = List.copyOf(taps);
        }

        @Override
        public List<Operand> operands() {
            return Operand.floats("packed", "weight");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            for (Tap tap : taps) {
                accesses.add(Access.read("weight")
                        .from(tap.source())
                        .loop((groups * outputs + sourceWidth - 1) / sourceWidth, sourceBlock)
                        .floats(inputs * sourceWidth));
                accesses.add(Access.write("packed")
                        .from(tap.packed())
                        .loop(work.count() / width, blockSize)
                        .floats(outputs * width));
            }
            return accesses;
        }
    }

    /** One tap of a {@link Transpose}: its place in the packed block and in the weight's block. */
    record Tap(int packed, int source) {}

    /** The weight times a factor per output. Operands: out, weight, factor. */
    record ScaleBlocks(int blocks, int rows, int width) implements Kernel {
        @Override
        public List<Operand> operands() {
            return Operand.floats("out", "weight", "factor");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            int size = blocks * rows * width;
            return List.of(
                    Access.read("weight").floats(size),
                    Access.read("factor").with(Access.Padding.LANES).lanes(blocks * width),
                    Access.write("out").floats(size));
        }
    }

    /**
     * Zeros in what a weight's gradient has beyond its last output, which gradient kernels add whatever their padding
     * lanes hold to. A unit is a row. Operand: the gradient.
     */
    record ClearLanes(int outputs, int rows, int width) implements Kernel {
        @Override
        public List<Operand> operands() {
            return Operand.floats("gradient");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            int present = (outputs - 1) % width + 1;
            return List.of(Access.write("gradient")
                    .with(Access.Mode.ZERO)
                    .from((outputs - 1) / width * rows * width + present)
                    .loop(rows, width)
                    .floats(width - present));
        }
    }

    /** Sets whole samples to a value. Operand: out. */
    record Fill(int size, int sampleStride, float value) implements Kernel {
        @Override
        public List<Operand> operands() {
            return Operand.floats("out");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            Access.Mode mode = Float.floatToIntBits(value) == 0 ? Access.Mode.ZERO : Access.Mode.WRITE;
            return List.of(Access.write("out").with(mode).samples(sampleStride).floats(size));
        }
    }

    /**
     * Sets the border around rows and columns, and around planes of them, to 0. Operand: out, whose base is the sample's
     * first float.
     *
     * @param size floats of a sample
     * @param planes of rows; one that is all of the sample where there is but one axis of lines
     * @param rows of a plane
     * @param left floats of the border before the columns
     * @param right floats of the border behind them
     */
    record ClearBorder(int size, Span planes, Span rows, int left, int right) implements Kernel {
        /**
         * Equal parts, one behind the other.
         *
         * @param count how many
         * @param length floats of each
         * @param first float of the first
         */
        public record Span(int count, int length, int first) {
            int end() {
                return first + count * length;
            }
        }

        /** Whether there is but one axis of lines. */
        public boolean isPlane() {
            return planes.length() == size;
        }

        @Override
        public List<Operand> operands() {
            return Operand.floats("out");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            Access border = Access.write("out").with(Access.Mode.BORDER).samples(size);
            Access plane = border.from(planes.first()).loop(planes.count(), planes.length());
            Access row = plane.from(rows.first()).loop(rows.count(), rows.length());
            return List.of(
                    border.floats(planes.first()),
                    plane.floats(rows.first()),
                    row.floats(left),
                    row.from(rows.length() - right).floats(right),
                    behind(plane, rows.end(), planes.length()),
                    behind(border, planes.end(), size));
        }

        /** What is behind some parts; those that leave no room for it are told as out of bounds. */
        private static Access behind(Access all, int end, int size) {
            return all.from(Math.min(end, size)).floats(Math.abs(size - end));
        }
    }

    /** Numbers drawn uniformly from 0 to 1. Operand: out. */
    record Draw(int size, int stream, Primitive.Draw.Sharing sharing) implements Kernel {
        @Override
        public List<Operand> operands() {
            return Operand.floats("out");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(Access.write("out").samples(size).floats(size));
        }
    }

    /**
     * out[c] = how many labels are c. Operands: out, labels.
     *
     * @param classes number of classes
     * @param labels most labels of a sample
     * @param ended whether the first negative one ends them
     */
    record CountLabels(int classes, int labels, boolean ended) implements Kernel {
        @Override
        public List<Operand> operands() {
            return Operand.list().floats("out").add("labels", ElementType.INT32).list();
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    Access.read("labels").samples(labels).floats(labels),
                    Access.write("out").samples(classes).floats(classes));
        }
    }

    /**
     * out[i] = the sum over samples of partial[i], in their order, divided by count * divisor if divisor is not 0.
     * Operands: out, partial.
     */
    record Combine(int size, int divisor) implements Kernel {
        @Override
        public List<Operand> operands() {
            return Operand.floats("out", "partial");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    Access.read("partial")
                            .with(Access.Padding.LANES)
                            .samples(size)
                            .lanes(size),
                    Access.write("out").floats(size));
        }
    }

    /** out[i] = in[i] / (samples * perSample). Operands: out, in. */
    record Divide(int size, int perSample) implements Kernel {
        @Override
        public List<Operand> operands() {
            return Operand.floats("out", "in");
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    Access.read("in").with(Access.Padding.LANES).lanes(size),
                    Access.write("out").floats(size));
        }
    }
}
