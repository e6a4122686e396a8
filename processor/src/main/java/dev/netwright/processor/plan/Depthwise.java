package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Exprs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * c[row, column, lane] = f(bias[lane] + the sum over taps of a[row and tap, column and tap, lane] * b[tap, lane]): a
 * convolution of each channel by itself, whose channels fill vectors. A tile is a few columns of one vector of lanes after
 * the other; neighbouring columns share what they load. Operands: a, b, [bias], c, [the sum itself], the epilogue's further
 * arguments.
 *
 * @param lines of the result along each axis but the last
 * @param columns of a row
 * @param width lanes, a multiple of 16
 * @param tapLines rows of taps, or planes and rows: strides of a, and of the weights in b
 * @param taps of the first row the weights' offsets in b
 * @param a of the input
 * @param tapColumn stride of a from a tap to the next
 * @param biased whether the sum starts at a bias
 * @param store what is done with it
 */
public record Depthwise(
        List<Integer> lines,
        int columns,
        int width,
        List<SumLoop> tapLines,
        List<Integer> taps,
        Strides a,
        int tapColumn,
        boolean biased,
        Store store)
        implements Kernel {
    /** More taps are taken row by row. */
    private static final int MOST_TAPS = 9;

    private static final int MOST_BYTECODES = 975;

    public Depthwise {
        lines = List.copyOf(lines);
        tapLines = List.copyOf(tapLines);
        taps = List.copyOf(taps);
    }

    /** All lines of results. */
    public int rows() {
        return Lines.count(lines);
    }

    /** Rows of taps. */
    public int tapRows() {
        return Lines.count(tapCounts());
    }

    private List<Integer> tapCounts() {
        return tapLines.stream().map(SumLoop::count).toList();
    }

    /** Taps of a row. */
    public int tapColumns() {
        return taps.size();
    }

    /** Where a row of taps begins in one of the operands, behind the first. */
    public int tapRow(int row, ToIntFunction<SumLoop> stride) {
        return Lines.start(
                row, tapCounts(), tapLines.stream().map(stride::applyAsInt).toList());
    }

    /** Whether all taps are written out; else each row of them is an iteration. */
    public boolean unrolls() {
        return tapRows() * tapColumns() <= MOST_TAPS;
    }

    /** Columns that a tile keeps in registers. */
    public int tileColumns() {
        int most = Math.min(columns, unrolls() ? 4 : 8);
        while (most > 1 && bytecodes(most) > MOST_BYTECODES) {
            most--;
        }
        for (int size = most; size > most / 2 && size > 1; size--) {
            if (columns % size == 0) {
                return size;
            }
        }
        return most;
    }

    /** What the taps of one row read for some columns: offsets in a, in order. */
    public List<Integer> reads(int tileColumns) {
        TreeSet<Integer> offsets = new TreeSet<>();
        for (int column = 0; column < tileColumns; column++) {
            for (int tap = 0; tap < tapColumns(); tap++) {
                offsets.add(column * a.column() + tap * tapColumn);
            }
        }
        return List.copyOf(offsets);
    }

    @Override
    public List<Operand> operands() {
        return Operand.list()
                .floats("a", "b")
                .floatsIf(biased, "bias")
                .floats(store.operands().keySet())
                .list();
    }

    @Override
    public ImageWalk image() {
        return new ImageWalk(lines, columns, false, Map.of("a", a), store.operands());
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        if (tapRows() > 0) {
            Access read = lanes(Access.read("a"), a);
            for (SumLoop loop : tapLines) {
                read = read.loop(loop.count(), loop.a());
            }
            accesses.add(read.loop(tapColumns(), tapColumn));
        }
        for (int row = 0; row < tapRows(); row++) {
            for (int tap : taps) {
                accesses.add(Access.read("b")
                        .with(Access.Padding.LANES)
                        .from(tapRow(row, SumLoop::b) + tap)
                        .lanes(width));
            }
        }
        if (biased) {
            accesses.add(Access.read("bias").with(Access.Padding.LANES).lanes(width));
        }
        accesses.addAll(store.readAccesses(this::lanes));
        accesses.addAll(store.writeAccesses(this::lanes));
        return accesses;
    }

    /** All lanes of all places. */
    private Access lanes(Access access, Strides strides) {
        return access.with(Access.Padding.LANES)
                .samples(strides.sample())
                .loops(lines, strides.rows())
                .loop(columns, strides.column())
                .lanes(width);
    }

    private int bytecodes(int size) {
        int tapRows = unrolls() ? tapRows() : 1;
        int loads = tapRows * (tapColumns() + reads(size).size());
        int element = 18
                + 8 * Exprs.cost(store.epilogue().expr())
                + 16 * store.epilogue().operands().size()
                + 11 * tapRows * tapColumns();
        return 70 + 15 * loads + element * size;
    }
}
