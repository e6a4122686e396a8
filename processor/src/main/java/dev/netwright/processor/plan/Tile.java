package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * c[row, column, lane] (+)= f(bias[lane] + sum of a[row, column, k] * b[k, lane]), a few columns times a few vectors of
 * lanes at a time in registers. Operands: a, b, [bias], c, [index], [the sum itself], the epilogue's further arguments.
 *
 * @param extent how many results there are
 * @param samples how samples are taken
 * @param bands how an accumulated sum goes over rows; null if each unit goes through all samples by itself
 * @param sum what is added up for each
 * @param store what is done with it
 * @param shapes how many results are in registers at a time
 */
public record Tile(Extent extent, Samples samples, Bands bands, Sum sum, Store store, TileShapes shapes)
        implements Kernel {
    /** So many columns are divided into tiles of six or eight with at most one less in some. */
    private static final int JOINED_COLUMNS = 48;

    /** Columns of a part of rows that are columns, at most. */
    private static final int LARGEST_PART = 40;

    /** The same, at least, where tiles of four leave no rest. */
    private static final int SMALLEST_PART = 16;

    private static final int FOUR = 4;

    /** Units of work enough that threads have nearly the same. */
    private static final int MANY_UNITS = 32;

    /** Floats of weights that leave room for others in a second cache of half a megabyte. */
    private static final int SECOND_CACHE = 80 << 10;

    /**
     * The loops around a tile, and what tiles divide.
     *
     * @param rowCounts the loops around a tile
     * @param columns columns in all; 0 if they are the samples
     * @param parts nearly equal parts of the columns, each of which is a unit of work
     * @param blocks blocks of lanes
     * @param width lanes of a block, a multiple of 16
     * @param last lanes of the last block, perhaps more than the others have
     */
    public record Extent(List<Integer> rowCounts, int columns, int parts, int blocks, int width, int last) {
        public Extent {
            rowCounts = List.copyOf(rowCounts);
        }

        /** Units of work with all columns, in blocks of one width. */
        Extent(List<Integer> rowCounts, int columns, int blocks, int width) {
            this(rowCounts, columns, 1, blocks, width, width);
        }

        /** Units of work with all columns, in passes over lanes. */
        Extent(List<Integer> rowCounts, int columns, Passes passes) {
            this(rowCounts, columns, 1, passes.count(), passes.width(), passes.last());
        }

        /**
         * The same with columns in parts that few tiles fill: more than one or two where that leaves all threads the same
         * work, as a unit takes a tenth of a tile's time to begin (9 channels to 119 by 5 x 5 x 5). Tiles of two vectors
         * have eight columns, those of three five, and of one twelve.
         */
        Extent inParts() {
            int few = last == Layout.LANES ? 12 : last == Weights.CONVOLUTION ? 8 : 10;
            int rows = rowCounts.stream().reduce(1, Math::multiplyExact);
            int times = 4;
            while (times > 1 && rows * blocks * (columns / (times * few)) < MANY_UNITS) {
                times /= 2;
            }
            return new Extent(
                    rowCounts, columns, Parts.fewest(columns, times * few).parts(), blocks, width, last);
        }

        /** The same with columns in parts of so many that tiles of four leave no rest, where there are such. */
        Extent inEvenParts() {
            int each = LARGEST_PART;
            while (each >= SMALLEST_PART && columns % each != 0) {
                each -= FOUR;
            }
            int most = each >= SMALLEST_PART ? each : LARGEST_PART;
            int parts = Parts.fewest(columns, most).parts();
            return new Extent(rowCounts, columns, parts, blocks, width, last);
        }

        /** Columns of a unit of work, and perhaps one less in the later ones. */
        public Parts columnsOfUnits() {
            return new Parts(columns, parts);
        }

        /** All blocks have the same lanes. */
        public boolean isEven() {
            return width == last;
        }

        /** Lanes of all blocks. */
        public int lanes() {
            return Math.addExact(Math.multiplyExact(blocks - 1, width), last);
        }

        /** The last block alone. */
        Extent lastBlock() {
            return new Extent(rowCounts, columns, parts, 1, last, last);
        }
    }

    /** How a tile's loops take the samples. */
    public enum Samples {
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
     * @param loops over the parts of a sample, along each axis of lines
     */
    public record Bands(List<SumLoop> loops) {
        public Bands {
            loops = List.copyOf(loops);
        }
    }

    /**
     * What sums begin with.
     *
     * @param operand null for zeros
     * @param strides null where all results of a lane begin with the same
     */
    public record Start(String operand, Strides strides) {
        static final Start ZERO = new Start(null, null);
        static final Start BIAS = new Start("bias", null);

        /** Whether each result begins with a value of its own. */
        public boolean isOfResults() {
            return strides != null;
        }
    }

    /**
     * The sum.
     *
     * @param loops in order
     * @param a of the operand that is broadcast
     * @param b of the operand that is loaded in vectors
     * @param start what it begins with
     * @param sharing blocks of lanes that read the same of a, those of a group; its block stride leads from group to group
     * @param lanewise whether a is not broadcast but loaded in vectors, as each lane has a value of its own
     */
    public record Sum(List<SumLoop> loops, Strides a, Strides b, Start start, int sharing, boolean lanewise) {
        public Sum {
            loops = List.copyOf(loops);
        }

        /** All blocks read the same of a. */
        Sum(List<SumLoop> loops, Strides a, Strides b, boolean biased) {
            this(loops, a, b, biased ? Start.BIAS : Start.ZERO, 1, false);
        }

        /** The sum of a convolution in groups of so many blocks of lanes. */
        Sum inGroups(int blocksOfGroup) {
            return new Sum(loops, a, b, start, blocksOfGroup, lanewise);
        }

        /** The sum that begins with a value of its own for each result. */
        Sum startingAt(Strides values) {
            return new Sum(loops, a, b, new Start("start", values), sharing, lanewise);
        }

        public boolean biased() {
            return start.equals(Start.BIAS);
        }

        /** The sum with a value of a for each lane. */
        Sum byLanes() {
            return new Sum(loops, a, b, start, sharing, true);
        }

        private Sum joined(int together) {
            return new Sum(loops, a.joined(together), b, start, sharing, lanewise);
        }
    }

    /** A tile of the shapes that are measured to be best. */
    public Tile(Extent extent, Samples samples, Bands bands, Sum sum, Store store) {
        this(extent, samples, bands, sum, store, TileShapes.of(extent, samples, sum, store));
    }

    /** The same without bands. */
    public Tile(Extent extent, Samples samples, Sum sum, Store store) {
        this(extent, samples, null, sum, store);
    }

    /**
     * The same with so many rows at a time as one, where memory goes on evenly from row to row, that a tile's columns
     * divide them without small rests: 14 columns are 4, 4, 3 and 3, and tiles of three make two thirds of the rate.
     */
    Tile joined() {
        List<Strides> operands = new ArrayList<>(store.operands().values());
        operands.add(a());
        boolean goesOn = rowCounts().size() == 1
                && samples == Samples.SEPARATE
                && !store.pooling().pools()
                && b().rows().get(0) == 0
                && operands.stream().allMatch(each -> each.rows().get(0) == columns() * each.column());
        int together = goesOn ? rowsTogether() : 1;
        if (together == 1) {
            return this;
        }
        Extent joined = new Extent(
                List.of(rows() / together), columns() * together, extent.parts(), blocks(), width(), extent.last());
        return new Tile(joined, samples, bands, sum.joined(together), store.joined(together));
    }

    /** The same with columns in parts, so that there are units of work for several threads. */
    Tile inEvenParts() {
        Extent divided = extent.inEvenParts();
        return divided.parts() == 1 ? this : new Tile(divided, samples, bands, sum, store);
    }

    /** A divisor of the rows, so that there are units of work for several threads. */
    private int rowsTogether() {
        for (int each = 1; each <= rows(); each++) {
            if (rows() % each == 0 && each * columns() >= JOINED_COLUMNS) {
                return each;
            }
        }
        return rows();
    }

    /**
     * Whether neighbouring units of work are blocks of lanes, else rows. Where the weights of all blocks stay in the second
     * cache, a worker's share is then a part of the picture, which is read and written once (two threads, Zen 5: 1 x 1, 512
     * channels to 128 at 28 x 28, 300 us, now 230; with 1 MB of weights, 256 to 1024 at 14 x 14, 240 would be 265). Where
     * each row has weights of its own they are read once whatever the order, and from the first to the last so (512
     * channels at 7 x 7 in Winograd's 36 points, 10 to 20 %).
     */
    public boolean blocksFirst() {
        if (samples == Samples.ACCUMULATED) {
            return bands == null;
        }
        return samples == Samples.SEPARATE
                && b().rows().stream().allMatch(stride -> stride == 0)
                && (long) blocks() * b().block() <= SECOND_CACHE;
    }

    public List<Integer> rowCounts() {
        return extent.rowCounts();
    }

    public int rows() {
        return extent.rowCounts().stream().reduce(1, Math::multiplyExact);
    }

    public int columns() {
        return extent.columns();
    }

    public int blocks() {
        return extent.blocks();
    }

    public int width() {
        return extent.width();
    }

    /** The shapes for the last block, where that is wider than the others. */
    public TileShapes lastShapes() {
        return extent.isEven() ? shapes : TileShapes.of(extent.lastBlock(), samples, sum, store);
    }

    /** Units of work of a sample, or of all. */
    int units() {
        return Math.multiplyExact(Math.multiplyExact(blocks(), rows()), extent.parts());
    }

    public Strides a() {
        return sum.a();
    }

    public Strides b() {
        return sum.b();
    }

    /**
     * Iterations of the innermost loop, if they step through a as the columns do: each value that is broadcast
     * then meets all of them, in neighbouring columns. 1 where there is no such loop. Where a is loaded by lanes they
     * need not: several columns then share what is loaded of b.
     */
    public int taps() {
        return reads().taps();
    }

    /** What so many columns read of a in one iteration, or as many as there are taps: offsets in order. */
    public List<Integer> reads(int columns) {
        return reads().offsets(columns);
    }

    private TileReads reads() {
        return TileReads.of(extent, samples, sum);
    }

    /** The strides of each operand. */
    public Map<String, Strides> strides() {
        Map<String, Strides> strides = new LinkedHashMap<>();
        strides.put("a", a());
        strides.put("b", b());
        if (sum.biased()) {
            strides.put(
                    sum.start().operand(),
                    new Strides(0, width(), rowCounts().stream().map(r -> 0).toList(), 0));
        } else if (sum.start().isOfResults()) {
            strides.put(sum.start().operand(), sum.start().strides());
        }
        strides.putAll(store.operands());
        return strides;
    }

    @Override
    public List<Operand> operands() {
        return Operand.list().floats(strides().keySet()).list();
    }

    @Override
    public List<Argument> arguments() {
        return samples == Samples.SEPARATE ? List.of() : List.of(Argument.SAMPLES);
    }

    @Override
    public ImageWalk image() {
        return samples == Samples.SEPARATE
                ? new ImageWalk(rowCounts(), columns(), store.pooling().pools(), Map.of("a", a()), store.operands())
                : null;
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        return new TileAccesses(this).all();
    }
}
