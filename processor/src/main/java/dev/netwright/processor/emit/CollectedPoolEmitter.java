package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.plan.PoolAxis;
import dev.netwright.processor.plan.PoolGradient;
import java.util.List;

/**
 * The gradient of maxima whose windows share elements: each element adds up what its windows have for it, in their order,
 * and is written once. All windows that may have it are written out, without loops and tests around vectors, of which C2
 * makes objects here: one that has not got it reads another's, of which no lane counts.
 */
final class CollectedPoolEmitter {
    private final PoolGradient pool;
    private final List<PoolAxis> axes;
    private final Lanes lanes;
    private final Code.Builder code = Code.builder();

    CollectedPoolEmitter(PoolGradient pool, Lanes lanes) {
        this.pool = pool;
        this.axes = pool.axes();
        this.lanes = lanes;
    }

    private PoolNames names(int axis) {
        return PoolNames.of(axis, axes.size());
    }

    private Window windows(int axis) {
        return (Window) axes.get(axis).windows();
    }

    Code body() {
        int last = axes.size() - 1;
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        Index image = Index.of("imageBase").plus("sample", pool.inSample());
        int within = 1;
        for (int i = last - 1; i >= 0; i--) {
            int count = windows(i).extent();
            String unit = within == 1 ? "unit" : "unit / " + within;
            code.addStatement("int $L = $L % $L", names(i).place(), unit, count);
            within *= count;
        }
        code.addStatement("int sample = unit / $L", within);
        for (int i = 0; i < last; i++) {
            image.plus(names(i).place(), axes.get(i).in().stride());
            windowsOf(i);
        }
        code.addStatement("int imageAt = $L", image);
        code.addStatement("int pooledAt = $L", Index.of("pooledBase").plus("sample", pool.outSample()));
        code.addStatement(
                "int indexAt = $L",
                Index.of("indexBase").plus("sample", pool.index().sample()));
        String column = names(last).place();
        int columns = windows(last).extent();
        code.beginControlFlow("$L", Trips.loop(column, columns, lanes));
        windowsOf(last);
        ChannelLoops.write(code, lanes, pool.channels(), column, columns, pool.ends(), true, this::element);
        return code.endControlFlow().endControlFlow().build();
    }

    private int taps() {
        return axes.stream().map(axis -> axis.windows().kernel()).reduce(1, Math::multiplyExact);
    }

    /** The windows along an axis that may have an element, and as which tap; of one that has not, no number is a tap's. */
    private void windowsOf(int axis) {
        Window windows = windows(axis);
        PoolNames names = names(axis);
        String place = Index.of(names.place()).plus(windows.before()).toString();
        int most = pool.windowsAlong(axis);
        for (int i = 0; i < most; i++) {
            String from = windows.before() == 0 ? place : "(" + place + ")";
            String latest = windows.stride() == 1 ? place : from + " / " + windows.stride();
            String window = Index.of(latest).plus(i - most + 1).toString();
            String own = names.result() + i;
            code.addStatement("int $L = Math.min(Math.max($L, 0), $L)", own, window, windows.output() - 1);
            String tap = Index.of(place).plus(own, -windows.stride()).toString();
            code.addStatement(
                    "int $1L$2L = $3L == $4L && $5L < $6L ? $5L : $7L",
                    names.tap(),
                    i,
                    own,
                    window,
                    tap,
                    windows.kernel(),
                    -taps());
        }
    }

    private void element(Lanes l, ChannelLoops.Results results) {
        code.addStatement("$T zero = $L", l.type(), l.broadcast("0f"));
        String sum = "zero";
        for (int window = 0; window < pool.windowsOfElement(); window++) {
            sum = added(l, window, sum);
        }
        Index image = Index.of("imageAt")
                .plus(
                        names(axes.size() - 1).place(),
                        axes.get(axes.size() - 1).in().stride())
                .plus("channel", pool.channels().stride(1));
        results.store(sum, "image", image.toString());
    }

    /** The sum with what one window has for the element, which is zero where it has not got it. */
    private String added(Lanes l, int window, String sum) {
        Index pooled = Index.of("pooledAt");
        Index index = Index.of("indexAt");
        String tap = "";
        int outer = pool.windowsOfElement();
        for (int i = 0; i < axes.size(); i++) {
            outer /= pool.windowsAlong(i);
            int number = window / outer % pool.windowsAlong(i);
            String own = names(i).result() + number;
            pooled.plus(own, axes.get(i).out().stride());
            index.plus(own, pool.index().axes().get(i).stride());
            String of = names(i).tap() + number;
            String before = i > 1 ? "(" + tap + ")" : tap;
            tap = i == 0 ? of : before + " * " + axes.get(i).windows().kernel() + " + " + of;
        }
        pooled.plus("channel", pool.channels().stride(0));
        String value = "v" + window;
        code.addStatement("$T $L = $L", l.type(), value, l.load("pooled", pooled.toString()));
        index.plus("channel", pool.channels().stride(2));
        code.addStatement("$T p$L = $L", l.type(), window, l.load("index", index.toString()));
        // select takes a variable on its left and in its last place only
        code.addStatement(
                "$L = $L", value, l.select(Comparison.EQ, "p" + window, "(float) (" + tap + ")", value, "zero"));
        code.addStatement("$T s$L = $L", l.type(), window, l.binary(BinaryOp.ADD, sum, value));
        return "s" + window;
    }
}
