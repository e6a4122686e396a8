package dev.netwright.processor.emit;

import dev.netwright.processor.graph.AdaptiveWindow;
import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.FractionalWindow;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.plan.Nest;
import dev.netwright.processor.plan.PixelSteps;
import dev.netwright.processor.plan.Pool;
import dev.netwright.processor.plan.PoolAxis;
import dev.netwright.processor.plan.PoolGradient;
import dev.netwright.processor.plan.PoolIndex;
import java.util.ArrayList;
import java.util.List;

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
        units(pool.axes());
        code.addStatement("int inAt = $L", Index.of("inBase").plus("sample", pool.inSample()));
        starts("out", pool.outSample(), pool.axes(), pool.index());
        windows(pool.axes());
        if (!pool.max() && pool.divisor() != 1) {
            divisor(pool.axes(), pool.countIncludePad(), pool.divisor());
        }
        ChannelLoops.write(
                code,
                lanes,
                pool.channels(),
                "column",
                columns(pool.axes()).windows().output(),
                pool.ends(),
                true,
                (l, results) -> forward(pool, l, results));
        code.endControlFlow();
        return code.endControlFlow().build();
    }

    /** The line of windows and the sample that a unit is of. */
    private void units(List<PoolAxis> axes) {
        int within = 1;
        for (int i = axes.size() - 2; i >= 0; i--) {
            int count = axes.get(i).windows().output();
            String unit = within == 1 ? "unit" : "unit / " + within;
            code.addStatement("int $L = $L % $L", PoolNames.of(i, axes.size()).result(), unit, count);
            within *= count;
        }
        code.addStatement("int sample = unit / $L", within);
    }

    /** Where the line of windows lies in what is pooled, and in the indices. */
    private void starts(String pooled, int outSample, List<PoolAxis> axes, PoolIndex index) {
        Index start = Index.of(pooled + "Base").plus("sample", outSample);
        Index place = index == null ? null : Index.of("indexBase").plus("sample", index.sample());
        for (int i = 0; i < axes.size() - 1; i++) {
            String line = PoolNames.of(i, axes.size()).result();
            start.plus(line, axes.get(i).out().stride());
            if (index != null) {
                place.plus(line, index.axes().get(i).stride());
            }
        }
        code.addStatement("int $LAt = $L", pooled, start);
        if (index != null) {
            code.addStatement("int indexAt = $L", place);
        }
    }

    /** Where windows begin along each axis, the loop over columns among them. */
    private void windows(List<PoolAxis> axes) {
        for (int i = 0; i < axes.size(); i++) {
            PoolWindow windows = axes.get(i).windows();
            PoolNames names = PoolNames.of(i, axes.size());
            if (i == axes.size() - 1) {
                code.beginControlFlow("$L", Trips.loop(names.result(), windows.output(), lanes));
            }
            window(names, windows);
        }
    }

    /** Opens the loops over a window's taps; how many. */
    private int taps(List<PoolAxis> axes, boolean clamped, boolean excludes) {
        int loops = 0;
        for (int i = 0; i < axes.size(); i++) {
            loops += tap(PoolNames.of(i, axes.size()), axes.get(i).windows(), clamped, excludes);
        }
        return loops;
    }

    /** Where a tap reads, or writes, in the image. */
    private static String place(String image, List<PoolAxis> axes, Nest.Loop channels) {
        Index at = Index.of(image);
        for (int i = 0; i < axes.size(); i++) {
            at.plus(PoolNames.of(i, axes.size()).place(), axes.get(i).in().stride());
        }
        return at.plus("channel", channels.stride(1)).toString();
    }

    private static PoolAxis columns(List<PoolAxis> axes) {
        return axes.get(axes.size() - 1);
    }

    /** The number of a tap, row-major. */
    private static String number(List<PoolAxis> axes) {
        String number = PoolNames.of(0, axes.size()).tap();
        for (int i = 1; i < axes.size(); i++) {
            String outer = i == 1 ? number : "(" + number + ")";
            number = outer + " * " + axes.get(i).windows().kernel() + " + "
                    + PoolNames.of(i, axes.size()).tap();
        }
        return "(float) (" + number + ")";
    }

    private static Index indexOffset(PoolIndex index, Nest.Loop channels) {
        int column = index.axes().get(index.axes().size() - 1).stride();
        return Index.of("indexAt").plus("column", column).plus("channel", channels.stride(2));
    }

    private void forward(Pool pool, Lanes l, ChannelLoops.Results results) {
        String result = pool.max() ? "best" : "sum";
        code.addStatement("$T $L = $L", l.type(), result, l.broadcast(pool.max() ? "Float.NEGATIVE_INFINITY" : "0f"));
        if (pool.index() != null) {
            code.addStatement("$T place = $L", l.type(), l.broadcast("0f"));
        }
        shifts(pool, l);
        boolean clamped = pool.max() && pool.index() == null;
        int loops = taps(pool.axes(), clamped, true);
        String at = place("inAt", pool.axes(), pool.channels());
        code.addStatement("$T value = $L", l.type(), l.load("in", at));
        for (Pool.Shift shift : pool.shifts()) {
            PoolNames names = names(pool, shift);
            code.addStatement(
                    "value = $L",
                    l.select(Comparison.EQ, names.shift(), names.excluded(), "Float.NEGATIVE_INFINITY", "value"));
        }
        if (pool.index() != null) {
            String tap = number(pool.axes());
            code.addStatement("place = $L", l.select(Comparison.GT, "value", "best", tap, "place"));
        }
        code.addStatement("$L = $L", result, l.binary(pool.max() ? BinaryOp.MAX : BinaryOp.ADD, result, "value"));
        close(loops);
        if (!pool.max() && pool.divisor() != 1) {
            code.addStatement("sum = $L", l.binary(BinaryOp.DIV, "sum", "divisor"));
        }
        String offset = Index.of("")
                .plus("column", columns(pool.axes()).out().stride())
                .plus("channel", pool.channels().stride(0))
                .toString();
        results.store(result, "out", "outAt + " + offset);
        if (pool.index() != null) {
            results.store(
                    "place", "index", indexOffset(pool.index(), pool.channels()).toString());
        }
    }

    private static PoolNames names(Pool pool, Pool.Shift shift) {
        return PoolNames.of(shift.axis(), pool.axes().size());
    }

    /**
     * Loads how far the window of each channel is shifted. All lanes go through one tap more than a window has, and each
     * leaves one out: channels stay in vectors though their windows differ, without gathers, of which JDK 17 makes no
     * single instructions. 64 channels of 56 x 56 to 39 x 39, batch 8, take 3.5 ms on one thread; PyTorch's take 14.6.
     */
    private void shifts(Pool pool, Lanes l) {
        for (int i = 0; i < pool.shifts().size(); i++) {
            Pool.Shift shift = pool.shifts().get(i);
            PoolNames names = names(pool, shift);
            Index at = Index.of("shift" + i + "Base")
                    .plus("sample", shift.sample())
                    .plus(names.result(), shift.window())
                    .plus("channel", pool.shiftStride(i));
            code.addStatement("$T $L = $L", l.type(), names.shift(), l.load("shift" + i, at.toString()));
            if (pool.index() != null) {
                // where no value is above negative infinity, the first of equals is the window's first
                int taps = pool.axes().subList(shift.axis() + 1, pool.axes().size()).stream()
                        .map(axis -> axis.windows().kernel())
                        .reduce(1, Math::multiplyExact);
                String first = taps == 1
                        ? names.shift()
                        : l.binary(BinaryOp.MUL, names.shift(), ExprEmitter.literal(taps))
                                .toString();
                code.addStatement("place = $L", l.binary(BinaryOp.ADD, "place", first));
            }
        }
    }

    Code backward(PoolGradient pool) {
        if (pool.collected()) {
            return new CollectedPoolEmitter(pool, lanes).body();
        }
        int lines = pool.axes().size() - 1;
        if (pool.isStored()) {
            code.beginControlFlow("for (int unit = from; unit < to; unit++)");
            units(pool.axes());
            code.addStatement("int imageAt = $L", Index.of("imageBase").plus("sample", pool.inSample()));
        } else {
            code.beginControlFlow("for (int sample = from; sample < to; sample++)");
            code.addStatement("int imageAt = $L", Index.of("imageBase").plus("sample", pool.inSample()));
            for (int i = 0; i < lines; i++) {
                String line = PoolNames.of(i, pool.axes().size()).result();
                code.beginControlFlow(
                        "$L", Trips.loop(line, pool.axes().get(i).windows().output(), lanes));
            }
        }
        starts("pooled", pool.outSample(), pool.axes(), pool.index());
        windows(pool.axes());
        if (!pool.max() && pool.divisor() != 1) {
            divisor(pool.axes(), pool.countIncludePad(), pool.divisor());
        }
        ChannelLoops.write(code, lanes, pool.channels(), pool.isStored(), l -> backward(pool, l));
        close(pool.isStored() ? 0 : lines);
        return code.endControlFlow().endControlFlow().build();
    }

    private void backward(PoolGradient pool, Lanes l) {
        String offset = Index.of("")
                .plus("column", columns(pool.axes()).out().stride())
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
        int loops = taps(pool.axes(), false, false);
        code.addStatement("int at = $L", place("imageAt", pool.axes(), pool.channels()));
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

    /** What is stored for a tap of a window; for tap m of row k where it is an offset. */
    private static String place(PoolGradient pool) {
        PixelSteps offsets = pool.index().offsets();
        return offsets == null
                ? number(pool.axes())
                : "Float.intBitsToFloat(k * " + offsets.rows() + " + m * " + offsets.columns() + ")";
    }

    /** Where the window begins and, if windows differ in size, ends. */
    private void window(PoolNames names, PoolWindow windows) {
        String variable = names.result();
        String begin = names.begin();
        String end = names.end();
        if (windows instanceof Window even) {
            code.addStatement(
                    "int $L = $L",
                    begin,
                    Index.of("").plus(variable, even.stride()).plus(-even.before()));
        } else if (windows instanceof FractionalWindow drawn) {
            code.addStatement("int $L = $L", begin, begin(variable, drawn));
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

    private static String begin(String window, FractionalWindow drawn) {
        int last = drawn.lastBegin();
        return drawn.output() == 1
                ? String.valueOf(last)
                : "Math.min(" + window + " * " + (drawn.extent() - drawn.size()) + " / " + (drawn.output() - 1) + ", "
                        + last + ")";
    }

    /**
     * @param clamped whether a tap outside may read the nearest inside, which a maximum does not notice: without tests
     *     ResNet-18's pool takes a third of the time
     * @param excludes whether to tell the shift with which the tap is not of the window
     */
    private int tap(PoolNames names, PoolWindow windows, boolean clamped, boolean excludes) {
        String tap = names.tap();
        String position = names.place();
        String begin = names.begin();
        String end = names.end();
        code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", tap, windows.kernel());
        int dilation = windows instanceof Window even ? even.dilation() : 1;
        Index index = Index.of(begin).plus(tap, dilation);
        if (clamped && dilation == 1 && leaves(windows)) {
            code.addStatement("int $L = Math.min(Math.max($L, 0), $L)", position, index, windows.extent() - 1);
            return 1;
        }
        code.addStatement("int $L = $L", position, index);
        if (excludes && windows instanceof FractionalWindow) {
            // no shift is 2
            code.addStatement(
                    "float $1L = $2L == 0 ? 1f : $2L == $3L ? 0f : 2f", names.excluded(), tap, windows.kernel() - 1);
        }
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

    private void divisor(List<PoolAxis> axes, boolean countIncludePad, int divisor) {
        if (divisor != 0) {
            code.addStatement("float divisor = $Lf", divisor);
        } else if (axes.stream().allMatch(axis -> isEven(axis.windows()))) {
            int taps = axes.stream().map(axis -> axis.windows().kernel()).reduce(1, (a, b) -> a * b);
            code.addStatement("float divisor = $Lf", taps);
        } else {
            List<String> counts = new ArrayList<>();
            for (int i = 0; i < axes.size(); i++) {
                counts.add("(" + count(PoolNames.of(i, axes.size()), axes.get(i).windows(), countIncludePad) + ")");
            }
            code.addStatement("float divisor = $L", String.join(" * ", counts));
        }
    }

    /** Elements of a window along one dimension; the padding counts, but not what lies beyond it. */
    private static String count(PoolNames names, PoolWindow windows, boolean countIncludePad) {
        String begin = names.begin();
        String end = names.end();
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
