package dev.netwright.processor.pass;

import dev.netwright.processor.graph.FractionalWindow;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What pools and their gradients say, tap by tap. */
final class Pools {
    private final Node node;
    private final int samples;
    private final Function<Value, double[]> values;
    private final double[] x;

    Pools(Node node, int samples, Function<Value, double[]> values) {
        this.node = node;
        this.samples = samples;
        this.values = values;
        this.x = values.apply(node.inputs().get(0));
    }

    /** The largest elements. */
    double[] largest(Primitive.MaxPool pool) {
        double[] y = new double[samples * node.output().shape().elements()];
        Arrays.fill(y, Double.NEGATIVE_INFINITY);
        visit(pool.windows(), channels(), (out, in, tap) -> {
            if (isOfWindow(pool.windows(), out, tap)) {
                y[out] = Math.max(y[out], x[in]);
            }
        });
        return y;
    }

    /** The taps of the first largest elements. */
    double[] places(Primitive.MaxPool pool) {
        double[] y = largest(pool);
        double[] taps = new double[y.length];
        Arrays.fill(taps, -1);
        visit(pool.windows(), channels(), (out, in, tap) -> {
            if (taps[out] < 0 && x[in] == y[out] && isOfWindow(pool.windows(), out, tap)) {
                taps[out] = tap;
            }
        });
        return taps;
    }

    private int channels() {
        return node.inputs().get(0).shape().size(0);
    }

    /** Of windows whose begins are drawn, which have a tap more than they are of. */
    private boolean isOfWindow(List<PoolWindow> windows, int out, int tap) {
        int shift = (int)
                windows.stream().filter(FractionalWindow.class::isInstance).count();
        int plane = out;
        for (PoolWindow window : windows) {
            plane /= window.output();
        }
        int place = out;
        int number = tap;
        for (int axis = windows.size() - 1; axis >= 0; axis--) {
            PoolWindow along = windows.get(axis);
            if (along instanceof FractionalWindow) {
                double[] shifts = values.apply(node.inputs().get(shift--));
                boolean isShifted = shifts[plane * along.output() + place % along.output()] == 1;
                if (number % along.kernel() == (isShifted ? 0 : along.kernel() - 1)) {
                    return false;
                }
            }
            place /= along.output();
            number /= along.kernel();
        }
        return true;
    }

    double[] gradient(Primitive.MaxPoolGradient pool) {
        double[] taps = values.apply(node.inputs().get(1));
        double[] result = new double[samples * node.output().shape().elements()];
        visit(
                pool.windows(),
                node.output().shape().size(0),
                (out, in, tap) -> result[in] += tap == taps[out] ? x[out] : 0);
        return result;
    }

    /** @param backward whether it is the gradient of that pool */
    double[] average(Primitive.AveragePool pool, boolean backward) {
        int channels = channels();
        int outputs = pool.windows().stream().mapToInt(PoolWindow::output).reduce(samples * channels, (a, b) -> a * b);
        int[] taps = new int[outputs];
        visit(pool.windows(), channels, (out, in, tap) -> taps[out]++);
        boolean padded = pool.countIncludePad() && pool.windows().stream().allMatch(Window.class::isInstance);
        double[] result = new double[samples * node.output().shape().elements()];
        visit(pool.windows(), channels, (out, in, tap) -> {
            int counted = padded ? withPadding(pool.windows(), out) : taps[out];
            int divisor = pool.divisor() != 0 ? pool.divisor() : counted;
            result[backward ? in : out] += x[backward ? out : in] / divisor;
        });
        return result;
    }

    /** Elements of a window, and places of the padding among its taps. */
    private static int withPadding(List<PoolWindow> windows, int output) {
        int count = 1;
        int rest = output;
        for (int axis = windows.size() - 1; axis >= 0; axis--) {
            count *= withPadding(
                    (Window) windows.get(axis), rest % windows.get(axis).output());
            rest /= windows.get(axis).output();
        }
        return count;
    }

    private static int withPadding(Window windows, int window) {
        int start = window * windows.stride() - windows.before();
        return Math.min(start + windows.kernel(), windows.extent() + windows.before()) - start;
    }

    private interface Tap {
        void visit(int output, int input, int tap);
    }

    /** Every tap of every window that lies within the input, in row-major order. */
    private void visit(List<PoolWindow> windows, int channels, Tap tap) {
        for (int plane = 0; plane < samples * channels; plane++) {
            visit(windows, 0, plane, plane, 0, tap);
        }
    }

    /** The same along the axes that are left, from what those before lead to. */
    private static void visit(List<PoolWindow> windows, int axis, int out, int in, int number, Tap tap) {
        if (axis == windows.size()) {
            tap.visit(out, in, number);
            return;
        }
        PoolWindow along = windows.get(axis);
        for (int window = 0; window < along.output(); window++) {
            for (int i = 0; i < along.kernel(); i++) {
                int place = place(along, window, i);
                if (place >= 0) {
                    visit(
                            windows,
                            axis + 1,
                            out * along.output() + window,
                            in * along.extent() + place,
                            number * along.kernel() + i,
                            tap);
                }
            }
        }
    }

    private static int place(PoolWindow windows, int window, int tap) {
        if (windows instanceof Window even) {
            int place = window * even.stride() - even.before() + tap * even.dilation();
            return place < even.extent() ? place : -1;
        }
        if (windows instanceof FractionalWindow drawn) {
            return drawn.begin(window) + tap;
        }
        int from = window * windows.extent() / windows.output();
        int to = ((window + 1) * windows.extent() + windows.output() - 1) / windows.output();
        return from + tap < to ? from + tap : -1;
    }
}
