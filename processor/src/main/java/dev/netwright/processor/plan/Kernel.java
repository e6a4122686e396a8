package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A loop nest to be written, complete with every count and stride. Kernels that are equal are written once. */
public interface Kernel {
    /**
     * What the written code touches of each operand, as reads before writes unless something is cleared first.
     *
     * @param work the units that the kernel is called with
     */
    List<Access> accesses(Step.Work work);

    /** The kernels that this one calls. */
    default List<Called> calls() {
        return List.of();
    }

    /**
     * A kernel that another calls.
     *
     * @param name what it does for the other
     * @param kernel the loops
     */
    record Called(String name, Kernel kernel) {}

    /**
     * The strides of one operand of a {@link Tile}.
     *
     * @param sample floats from one sample to the next
     * @param block from one block of lanes to the next
     * @param rows along each of the tile's row loops
     * @param column along the columns that a tile keeps in registers
     */
    record Strides(int sample, int block, List<Integer> rows, int column) {
        public Strides {
            rows = List.copyOf(rows);
        }

        /** Of the first row of so many. */
        private Strides joined(int together) {
            return new Strides(sample, block, List.of(together * rows.get(0)), column);
        }
    }

    /**
     * A loop of the sum.
     *
     * @param count iterations
     * @param a stride of the operand that is broadcast
     * @param b stride of the operand that is loaded in vectors
     */
    record SumLoop(int count, int a, int b) {}

    /** How a tile's loops take the samples. */
    enum Samples {
        /** Each unit of work belongs to one sample. */
        SEPARATE,
        /** Each unit goes through all samples, in order, and adds. */
        ACCUMULATED,
        /** Samples are the columns of the tile. */
        COLUMNS,
        /** Samples are the outermost loop of the sum. */
        SUMMED
    }

    /**
     * Parts of the rows that an {@link Samples#ACCUMULATED} sum goes over. Each worker takes all its units through one
     * part of one sample before the next, as the part stays in the cache and the sample would not: measured on VGG16's
     * weight gradients, four to eight times the speed of taking each unit through all samples.
     *
     * @param count parts of a sample
     * @param a floats from one part to the next in the operand that is broadcast
     * @param b in the operand that is loaded in vectors
     */
    record Bands(int count, int a, int b) {}

    /** What a tile does with each group of two rows and two columns before it stores. */
    enum Pooling {
        NONE,
        MAX,
        /** Also stores which of the four was the largest. */
        MAX_INDEX,
        /** Also stores where in a the largest was: the bits of an offset from the first of the four. */
        MAX_PLACE,
        AVERAGE;

        public boolean storesIndex() {
            return this == MAX_INDEX || this == MAX_PLACE;
        }
    }

    /**
     * c[row, column, lane] (+)= f(bias[lane] + sum of a[row, column, k] * b[k, lane]), a few columns times a few
     * vectors of lanes at a time in registers. Operands: a,
     * b, [bias], c, [index], [the sum itself], the epilogue's further arguments.
     *
     * @param sum the loops of the sum, in order
     * @param rowCounts the loops around a tile
     * @param columns columns in all; 0 if they are the samples
     * @param blocks blocks of lanes
     * @param width lanes of a block, a multiple of 16
     * @param samples how samples are taken
     * @param a of the broadcast operand
     * @param b of the vector operand
     * @param biased whether the sum starts at a bias
     * @param c of the result
     * @param accumulate whether the result is added to what is there
     * @param epilogue f of the sum (argument 0) and further operands
     * @param keepsSum whether the sum is stored too
     * @param further strides of the further operands; the stored sum's first, if there is one
     * @param pooling over pairs of rows and columns; {@code rowCounts} and {@code columns} then count pooled ones
     * @param index of the places of the largest; null where they are not stored
     * @param aRow stride of a from a row to the next within a pooled pair
     * @param bands how an accumulated sum goes over rows; null if each unit goes through all samples by itself
     * @param sharing blocks of lanes that read the same of a, those of a group; its block stride leads from group to group
     * @param lanewise whether a is not broadcast but loaded in vectors, as each lane has a value of its own
     */
    record Tile(
            List<SumLoop> sum,
            List<Integer> rowCounts,
            int columns,
            int blocks,
            int width,
            Samples samples,
            Strides a,
            Strides b,
            boolean biased,
            Strides c,
            boolean accumulate,
            Expr epilogue,
            boolean keepsSum,
            List<Strides> further,
            Pooling pooling,
            Strides index,
            int aRow,
            Bands bands,
            int sharing,
            boolean lanewise)
            implements Kernel {
        /** As many vectors of weights are kept in registers beside the sums. */
        static final int MOST_TAPS = 7;

        /** So many columns are divided into tiles of six or eight with at most one less in some. */
        private static final int JOINED_COLUMNS = 48;

        public Tile {
            sum = List.copyOf(sum);
            rowCounts = List.copyOf(rowCounts);
            further = List.copyOf(further);
        }

        /** A tile without bands. */
        public Tile(
                List<SumLoop> sum,
                List<Integer> rowCounts,
                int columns,
                int blocks,
                int width,
                Samples samples,
                Strides a,
                Strides b,
                boolean biased,
                Strides c,
                boolean accumulate,
                Expr epilogue,
                boolean keepsSum,
                List<Strides> further,
                Pooling pooling,
                Strides index,
                int aRow) {
            this(
                    sum,
                    rowCounts,
                    columns,
                    blocks,
                    width,
                    samples,
                    a,
                    b,
                    biased,
                    c,
                    accumulate,
                    epilogue,
                    keepsSum,
                    further,
                    pooling,
                    index,
                    aRow,
                    null,
                    1,
                    false);
        }

        /** The tile of a convolution in groups of so many blocks of lanes. */
        Tile inGroups(int blocksOfGroup) {
            return with(blocksOfGroup, false);
        }

        /** The tile with a value of a for each lane. */
        Tile byLanes() {
            return with(1, true);
        }

        /**
         * The same with so many rows at a time as one, where memory goes on evenly from row to row, that a tile's columns
         * divide them without small rests: 14 columns are 4, 4, 3 and 3, and tiles of three make two thirds of the rate.
         */
        Tile joined() {
            List<Strides> operands = new ArrayList<>(further);
            operands.add(a);
            operands.add(c);
            boolean goesOn = rowCounts.size() == 1
                    && samples == Samples.SEPARATE
                    && pooling == Pooling.NONE
                    && b.rows().get(0) == 0
                    && operands.stream().allMatch(each -> each.rows().get(0) == columns * each.column());
            int together = goesOn ? rowsTogether() : 1;
            return together == 1 ? this : joined(together);
        }

        /** A divisor of the rows, so that there are units of work for several threads. */
        private int rowsTogether() {
            int rows = rowCounts.get(0);
            for (int each = 1; each <= rows; each++) {
                if (rows % each == 0 && each * columns >= JOINED_COLUMNS) {
                    return each;
                }
            }
            return rows;
        }

        private Tile joined(int together) {
            return new Tile(
                    sum,
                    List.of(rowCounts.get(0) / together),
                    columns * together,
                    blocks,
                    width,
                    samples,
                    a.joined(together),
                    b,
                    biased,
                    c.joined(together),
                    accumulate,
                    epilogue,
                    keepsSum,
                    further.stream().map(each -> each.joined(together)).toList(),
                    pooling,
                    index,
                    aRow,
                    bands,
                    sharing,
                    lanewise);
        }

        private Tile with(int blocksSharing, boolean byLanes) {
            return new Tile(
                    sum,
                    rowCounts,
                    columns,
                    blocks,
                    width,
                    samples,
                    a,
                    b,
                    biased,
                    c,
                    accumulate,
                    epilogue,
                    keepsSum,
                    further,
                    pooling,
                    index,
                    aRow,
                    bands,
                    blocksSharing,
                    byLanes);
        }

        public int rows() {
            return rowCounts.stream().reduce(1, Math::multiplyExact);
        }

        /**
         * Iterations of the innermost loop, if they step through a as the columns do: each value that is broadcast
         * then meets all of them, in neighbouring columns. 1 where there is no such loop. Where a is loaded by lanes they
         * need not: several columns then share what is loaded of b.
         */
        public int taps() {
            if (samples != Samples.SEPARATE || width != Layout.LANES || sum.isEmpty()) {
                return 1;
            }
            SumLoop last = sum.get(sum.size() - 1);
            return (lanewise || last.a() == a.column()) && last.count() <= MOST_TAPS ? last.count() : 1;
        }

        /** What so many columns read of a in one iteration, or as many as there are taps: offsets in order. */
        public List<Integer> reads(int columns) {
            int taps = taps();
            int tap = taps > 1 ? sum.get(sum.size() - 1).a() : 0;
            TreeSet<Integer> offsets = new TreeSet<>();
            for (int column = 0; column < columns; column++) {
                for (int t = 0; t < taps; t++) {
                    offsets.add(column * a.column() + t * tap);
                }
            }
            return List.copyOf(offsets);
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return new TileAccesses(this).all();
        }
    }

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
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            for (int i = 1; i < sampleStrides.size(); i++) {
                accesses.add(NestAccesses.read(i, i, loops, new Nest(List.of()), sampleStrides));
            }
            Access out = accumulate ? Access.update(0) : Access.write(0);
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
        public List<Access> accesses(Step.Work work) {
            return loops.accesses(work).stream()
                    .map(access -> lookup && access.operand() == 2 ? access.floats(BYTES) : access)
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
        public Reduction {
            sampleStrides = List.copyOf(sampleStrides);
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            for (int i = 1; i < sampleStrides.size(); i++) {
                accesses.add(NestAccesses.read(i, i, kept, reduced, sampleStrides));
            }
            accesses.add(Access.write(0).samples(sampleStrides.get(0)).nest(kept, 0));
            return accesses;
        }
    }

    /** The largest or mean of windows. Operands: out, [index], in. */
    record Pool(
            Primitive.Windows rows,
            Primitive.Windows columns,
            Nest.Loop channels,
            Axis outRows,
            Axis outColumns,
            Axis inRows,
            Axis inColumns,
            int outSample,
            int inSample,
            boolean max,
            PoolIndex index,
            boolean countIncludePad,
            int divisor)
            implements Kernel {
        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            accesses.add(PoolAccesses.windows(
                    Access.read(index != null ? 2 : 1).samples(inSample), rows, inRows, columns, inColumns, channels));
            accesses.add(PoolAccesses.pooled(
                    Access.write(0).samples(outSample), rows, outRows, columns, outColumns, channels, 0));
            if (index != null) {
                accesses.add(PoolAccesses.indices(Access.write(1), index, rows, columns, channels));
            }
            return accesses;
        }
    }

    /**
     * The gradient of a pool, added to a cleared result where windows may share elements or leave some out. Operands:
     * gradient of in, gradient of out, [index].
     */
    record PoolGradient(
            Primitive.Windows rows,
            Primitive.Windows columns,
            Nest.Loop channels,
            Axis outRows,
            Axis outColumns,
            Axis inRows,
            Axis inColumns,
            int outSample,
            int inSample,
            PoolIndex index,
            boolean countIncludePad,
            int divisor)
            implements Kernel {
        public boolean max() {
            return index != null;
        }

        /** Whether each element is written once; rows of windows then are the units of work, else samples. */
        public boolean isStored() {
            return rows.isPartition() && columns.isPartition();
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            accesses.add(PoolAccesses.pooled(
                    Access.read(1).samples(outSample), rows, outRows, columns, outColumns, channels, 0));
            if (index != null) {
                accesses.add(PoolAccesses.indices(Access.read(2), index, rows, columns, channels));
            }
            Access in = (isStored() ? Access.write(0) : Access.update(0)).samples(inSample);
            accesses.add(PoolAccesses.windows(in, rows, inRows, columns, inColumns, channels));
            return accesses;
        }
    }

    /**
     * Strides of the places of maxima, which need no border where the maxima have one; along channels, the third of
     * the loop's.
     *
     * @param offsets how far the window's rows and columns are apart where a place is the bits of an offset
     *     ({@link Pooling#MAX_PLACE}); null where it is the number of a tap
     */
    record PoolIndex(Axis rows, Axis columns, int sample, Primitive.Size offsets) {}

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
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            for (Tap tap : taps) {
                accesses.add(Access.read(1)
                        .from(tap.source())
                        .loop((groups * outputs + sourceWidth - 1) / sourceWidth, sourceBlock)
                        .floats(inputs * sourceWidth));
                accesses.add(Access.write(0)
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
        public List<Access> accesses(Step.Work work) {
            int size = blocks * rows * width;
            return List.of(
                    Access.read(1).floats(size),
                    Access.read(2).with(Access.Padding.LANES).lanes(blocks * width),
                    Access.write(0).floats(size));
        }
    }

    /**
     * Zeros in what a weight's gradient has beyond its last output, which gradient kernels add whatever their padding
     * lanes hold to. A unit is a row. Operand: the gradient.
     */
    record ClearLanes(int outputs, int rows, int width) implements Kernel {
        @Override
        public List<Access> accesses(Step.Work work) {
            int present = (outputs - 1) % width + 1;
            return List.of(Access.write(0)
                    .with(Access.Mode.ZERO)
                    .from((outputs - 1) / width * rows * width + present)
                    .loop(rows, width)
                    .floats(width - present));
        }
    }

    /** Sets whole samples to a value. Operand: out. */
    record Fill(int size, int sampleStride, float value) implements Kernel {
        @Override
        public List<Access> accesses(Step.Work work) {
            Access.Mode mode = Float.floatToIntBits(value) == 0 ? Access.Mode.ZERO : Access.Mode.WRITE;
            return List.of(Access.write(0).with(mode).samples(sampleStride).floats(size));
        }
    }

    /** Sets the border around rows and columns to 0. Operand: out, whose base is the sample's first float. */
    record ClearBorder(int size, int rows, int rowLength, int firstRow, int left, int right) implements Kernel {
        @Override
        public List<Access> accesses(Step.Work work) {
            Access border = Access.write(0).with(Access.Mode.BORDER).samples(size);
            Access row = border.from(firstRow).loop(rows, rowLength);
            int end = firstRow + rows * rowLength;
            return List.of(
                    border.floats(firstRow),
                    row.floats(left),
                    row.from(rowLength - right).floats(right),
                    // rows that leave no room for what is behind them are told as out of bounds
                    border.from(Math.min(end, size)).floats(Math.abs(size - end)));
        }
    }

    /** Dropout's mask. Operand: out. */
    record Mask(int size, double p, int stream, boolean shared) implements Kernel {
        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(Access.write(0).samples(size).floats(size));
        }
    }

    /** A sum over elements. Operands: loss, x, target, tables, and the gradient if there is one. */
    record ElementLoss(
            Nest loops,
            List<Integer> sampleStrides,
            Expr value,
            Expr gradient,
            boolean perElement,
            boolean computesGradient)
            implements Kernel {
        public ElementLoss {
            sampleStrides = List.copyOf(sampleStrides);
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            int gradient = sampleStrides.size() - 1;
            for (int i = 1; i < sampleStrides.size(); i++) {
                Access access = computesGradient && i == gradient ? Access.write(i) : Access.read(i);
                accesses.add(access.samples(sampleStrides.get(i)).nest(loops, i));
            }
            Access loss = Access.write(0).samples(sampleStrides.get(0));
            accesses.add(perElement ? loss.nest(loops, 0) : loss);
            return accesses;
        }
    }

    /**
     * Cross entropy. Operands: loss, x, [table], and the gradient if there is one; targets are the caller's.
     *
     * @param classes number of classes
     * @param classStrides of x, then of the gradient
     * @param positions loops over positions; strides of x, the gradient, the target, the loss
     * @param sampleStrides of x, the gradient, the target, the loss
     * @param targetClassStride of a target's probabilities
     * @param computesGradient whether the program trains
     */
    record ClassLoss(
            Primitive.CrossEntropy loss,
            int classes,
            List<Integer> classStrides,
            Nest positions,
            List<Integer> sampleStrides,
            int targetClassStride,
            boolean computesGradient)
            implements Kernel {
        public ClassLoss {
            classStrides = List.copyOf(classStrides);
            sampleStrides = List.copyOf(sampleStrides);
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            boolean weighted = !loss.weights().isEmpty();
            accesses.add(Access.read(1)
                    .samples(sampleStrides.get(0))
                    .nest(positions, 0)
                    .loop(classes, classStrides.get(0)));
            accesses.add(Access.read(2)
                    .samples(sampleStrides.get(2))
                    .nest(positions, 2)
                    .loop(loss.probabilities() ? classes : 1, targetClassStride));
            if (weighted) {
                accesses.add(Access.read(3).floats(classes));
            }
            if (computesGradient) {
                accesses.add(Access.write(weighted ? 4 : 3)
                        .samples(sampleStrides.get(1))
                        .nest(positions, 1)
                        .loop(classes, classStrides.get(1)));
            }
            Access value = Access.write(0).samples(sampleStrides.get(3));
            accesses.add(loss.perElement() ? value.nest(positions, 3) : value);
            return accesses;
        }
    }

    /**
     * out[i] = the sum over samples of partial[i], in their order, divided by count * divisor if divisor is not 0.
     * Operands: out, partial.
     */
    record Combine(int size, int divisor) implements Kernel {
        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    Access.read(1).with(Access.Padding.LANES).samples(size).lanes(size),
                    Access.write(0).floats(size));
        }
    }

    /** out[i] = in[i] / (samples * perSample). Operands: out, in. */
    record Divide(int size, int perSample) implements Kernel {
        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    Access.read(1).with(Access.Padding.LANES).lanes(size),
                    Access.write(0).floats(size));
        }
    }
}
