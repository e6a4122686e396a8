package dev.netwright.processor.emit;

import dev.netwright.processor.graph.AdaptiveWindow;
import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Nest;
import dev.netwright.processor.plan.PixelSteps;
import dev.netwright.processor.plan.Pool;
import dev.netwright.processor.plan.PoolGradient;
import dev.netwright.processor.plan.PoolIndex;

/**
 * Pools and their gradients: windows by literal counts with tests at the borders (and none where no window reaches
 * one), channels in vectors.
 */
final class PoolEmitter {
    private final Lanes lanes;
    private final Code.Builder code = Code.builder();

    PoolEmitter(Lanes lanes) {
        this.lanes = lanes;
    }

    Code forward(Pool pool) {
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int row = unit % $L", pool.rows().output());
        code.addStatement("int sample = unit / $L", pool.rows().output());
        code.addStatement("int inAt = $L", Index.of("inBase").plus("sample", pool.inSample()));
        starts("out", pool.outSample(), pool.outRows(), pool.index());
        window("row", "top", "bottom", pool.rows());
        code.beginControlFlow("$L", Trips.loop("column", pool.columns().output(), lanes));
        window("column", "left", "right", pool.columns());
        if (!pool.max() && pool.divisor() != 1) {
            divisor(pool.rows(), pool.columns(), pool.countIncludePad(), pool.divisor());
        }
        ChannelLoops.write(code, lanes, pool.channels(), l -> forward(pool, l));
        code.endControlFlow();
        return code.endControlFlow().build();
    }

    /** Where the row of windows lies in what is pooled, and in the indices. */
    private void starts(String pooled, int outSample, Axis outRows, PoolIndex index) {
        code.addStatement(
                "int $LAt = $L",
                pooled,
                Index.of(pooled + "Base").plus("sample", outSample).plus("row", outRows.stride()));
        if (index != null) {
            code.addStatement(
                    "int indexAt = $L",
                    Index.of("indexBase")
                            .plus("sample", index.sample())
                            .plus("row", index.rows().stride()));
        }
    }

    private static Index indexOffset(PoolIndex index, Nest.Loop channels) {
        return Index.of("indexAt").plus("column", index.columns().stride()).plus("channel", channels.stride(2));
    }

    private void forward(Pool pool, Lanes l) {
        String result = pool.max() ? "best" : "sum";
        code.addStatement("$T $L = $L", l.type(), result, l.broadcast(pool.max() ? "Float.NEGATIVE_INFINITY" : "0f"));
        if (pool.index() != null) {
            code.addStatement("$T place = $L", l.type(), l.broadcast("0f"));
        }
        boolean clamped = pool.max() && pool.index() == null;
        int loops = tap("k", "y", "top", "bottom", pool.rows(), clamped)
                + tap("m", "x", "left", "right", pool.columns(), clamped);
        String at = Index.of("inAt")
                .plus("y", pool.inRows().stride())
                .plus("x", pool.inColumns().stride())
                .plus("channel", pool.channels().stride(1))
                .toString();
        code.addStatement("$T value = $L", l.type(), l.load("in", at));
        if (pool.index() != null) {
            String tap = "(float) (k * " + pool.columns().kernel() + " + m)";
            code.addStatement("place = $L", l.select(Comparison.GT, "value", "best", tap, "place"));
        }
        code.addStatement("$L = $L", result, l.binary(pool.max() ? BinaryOp.MAX : BinaryOp.ADD, result, "value"));
        close(loops);
        if (!pool.max() && pool.divisor() != 1) {
            code.addStatement("sum = $L", l.binary(BinaryOp.DIV, "sum", "divisor"));
        }
        String offset = Index.of("")
                .plus("column", pool.outColumns().stride())
                .plus("channel", pool.channels().stride(0))
                .toString();
        code.addStatement(l.store(result, "out", "outAt + " + offset));
        if (pool.index() != null) {
            String place = indexOffset(pool.index(), pool.channels()).toString();
            code.addStatement(l.store("place", "index", place));
        }
    }

    Code backward(PoolGradient pool) {
        if (pool.isStored()) {
            code.beginControlFlow("for (int unit = from; unit < to; unit++)");
            code.addStatement("int row = unit % $L", pool.rows().output());
            code.addStatement("int sample = unit / $L", pool.rows().output());
            code.addStatement("int imageAt = $L", Index.of("imageBase").plus("sample", pool.inSample()));
        } else {
            code.beginControlFlow("for (int sample = from; sample < to; sample++)");
            code.addStatement("int imageAt = $L", Index.of("imageBase").plus("sample", pool.inSample()));
            code.beginControlFlow("$L", Trips.loop("row", pool.rows().output(), lanes));
        }
        starts("pooled", pool.outSample(), pool.outRows(), pool.index());
        window("row", "top", "bottom", pool.rows());
        code.beginControlFlow("$L", Trips.loop("column", pool.columns().output(), lanes));
        window("column", "left", "right", pool.columns());
        if (!pool.max() && pool.divisor() != 1) {
            divisor(pool.rows(), pool.columns(), pool.countIncludePad(), pool.divisor());
        }
        ChannelLoops.write(code, lanes, pool.channels(), l -> backward(pool, l));
        if (!pool.isStored()) {
            code.endControlFlow();
        }
        return code.endControlFlow().endControlFlow().build();
    }

    private void backward(PoolGradient pool, Lanes l) {
        String offset = Index.of("")
                .plus("column", pool.outColumns().stride())
                .plus("channel", pool.channels().stride(0))
                .toString();
        String share = pool.max() ? "gradient" : "value";
        code.addStatement("$T $L = $L", l.type(), share, l.load("pooled", "pooledAt + " + offset));
        if (pool.max()) {
            String place = indexOffset(pool.index(), pool.channels()).toString();
            code.addStatement("$T place = $L", l.type(), l.load("index", place));
            code.addStatement("$T zero = $L", l.type(), l.broadcast("0f"));
        } else if (pool.divisor() != 1) {
            code.addStatement("value = $L", l.binary(BinaryOp.DIV, "value", "divisor"));
        }
        int loops = tap("k", "y", "top", "bottom", pool.rows(), false)
                + tap("m", "x", "left", "right", pool.columns(), false);
        code.addStatement(
                "int at = $L",
                Index.of("imageAt")
                        .plus("y", pool.inRows().stride())
                        .plus("x", pool.inColumns().stride())
                        .plus("channel", pool.channels().stride(1)));
        if (pool.max()) {
            String tap = place(pool);
            // select takes a variable on its left and in its last place only; the tap's number stands right of the
            // comparison
            code.addStatement("$T share = $L", l.type(), l.select(Comparison.EQ, "place", tap, "gradient", "zero"));
            share = "share";
        }
        code.addStatement(pool.isStored() ? l.store(share, "image", "at") : l.add(share, "image", "at"));
        close(loops);
    }

    /** What is stored for tap m of row k of a window. */
    private static String place(PoolGradient pool) {
        PixelSteps offsets = pool.index().offsets();
        return offsets == null
                ? "(float) (k * " + pool.columns().kernel() + " + m)"
                : "Float.intBitsToFloat(k * " + offsets.rows() + " + m * " + offsets.columns() + ")";
    }

    /** Where the window begins and, if windows differ in size, ends. */
    private void window(String variable, String begin, String end, PoolWindow windows) {
        if (windows instanceof Window even) {
            code.addStatement(
                    "int $L = $L",
                    begin,
                    Index.of("").plus(variable, even.stride()).plus(-even.before()));
        } else {
            code.addStatement("int $L = $L * $L / $L", begin, variable, windows.extent(), windows.output());
            code.addStatement(
                    "int $L = (($L + 1) * $L + $L) / $L",
                    end,
                    variable,
                    windows.extent(),
                    windows.output() - 1,
                    windows.output());
        }
    }

    /**
     * @param clamped whether a tap outside may read the nearest inside, which a maximum does not notice: without tests
     *     ResNet-18's pool takes a third of the time
     */
    private int tap(String tap, String position, String begin, String end, PoolWindow windows, boolean clamped) {
        code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", tap, windows.kernel());
        int dilation = windows instanceof Window even ? even.dilation() : 1;
        Index index = Index.of(begin).plus(tap, dilation);
        if (clamped && dilation == 1 && leaves(windows)) {
            code.addStatement("int $L = Math.min(Math.max($L, 0), $L)", position, index, windows.extent() - 1);
            return 1;
        }
        code.addStatement("int $L = $L", position, index);
        if (windows instanceof AdaptiveWindow) {
            code.beginControlFlow("if ($L < $L)", position, end);
            return 2;
        } else if (leaves(windows)) {
            code.beginControlFlow("if ($1L >= 0 && $1L < $2L)", position, windows.extent());
            return 2;
        }
        return 1;
    }

    private void close(int loops) {
        for (int i = 0; i < loops; i++) {
            code.endControlFlow();
        }
    }

    private static boolean leaves(PoolWindow windows) {
        return windows instanceof Window even && even.leavesInput();
    }

    /** Whether all windows have the same number of elements. */
    private static boolean isEven(PoolWindow windows) {
        return windows instanceof Window even && !even.leavesInput();
    }

    private void divisor(PoolWindow rows, PoolWindow columns, boolean countIncludePad, int divisor) {
        if (divisor != 0) {
            code.addStatement("float divisor = $Lf", divisor);
        } else if (isEven(rows) && isEven(columns)) {
            code.addStatement("float divisor = $Lf", rows.kernel() * columns.kernel());
        } else {
            code.addStatement(
                    "float divisor = ($L) * ($L)",
                    count("top", "bottom", rows, countIncludePad),
                    count("left", "right", columns, countIncludePad));
        }
    }

    /** Elements of a window along one dimension; the padding counts, but not what lies beyond it. */
    private static String count(String begin, String end, PoolWindow windows, boolean countIncludePad) {
        if (!(windows instanceof Window even)) {
            return end + " - " + begin;
        } else if (!even.leavesInput()) {
            return String.valueOf(even.kernel());
        }
        int last = countIncludePad ? even.extent() + even.before() : even.extent();
        String first = countIncludePad ? begin : "Math.max(" + begin + ", 0)";
        return "Math.min(" + begin + " + " + even.kernel() + ", " + last + ") - " + first;
    }
}
