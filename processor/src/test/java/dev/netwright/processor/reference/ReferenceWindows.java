package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.AdaptiveAvgPool;
import dev.netwright.processor.graph.layer.AdaptiveMaxPool;
import dev.netwright.processor.graph.layer.AvgPool;
import dev.netwright.processor.graph.layer.Conv;
import dev.netwright.processor.graph.layer.MaxPool;
import dev.netwright.processor.reference.ReferenceGradients.ByState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Layers that slide windows over planes, rows and columns; what has fewer axes has one plane, or one row. */
final class ReferenceWindows {
    private ReferenceWindows() {}

    /**
     * What is done with the products of a row of taps: the place of the output, of the input's row, of the row's first
     * weight, and the columns that the taps read, negative beside the input. Rows and not single products, since half of
     * the tests' time went into the calls.
     */
    private interface Products {
        void row(int y, int x, int weight, int[] columns);
    }

    private static void products(Conv layer, int samples, Products products) {
        Convolution c = layer.convolution();
        Shape in = volume(layer.input());
        Shape out = volume(layer.output());
        int[][] planes = places(windows(c).get(0), out.size(1), layer.mode());
        int[][] rows = places(windows(c).get(1), out.size(2), layer.mode());
        int[][] columns = places(windows(c).get(2), out.size(3), layer.mode());
        int inputs = in.size(0);
        int outputs = out.size(0);
        int channels = inputs / c.groups();
        int outPerGroup = outputs / c.groups();
        int inRows = in.size(2);
        int inColumns = in.size(3);
        int inPlanes = in.size(1);
        int y = 0;
        for (int n = 0; n < samples; n++) {
            for (int o = 0; o < outputs; o++) {
                int first = n * inputs + o / outPerGroup * channels;
                for (int[] plane : planes) {
                    for (int[] row : rows) {
                        for (int[] column : columns) {
                            int weight = o * channels * plane.length * row.length * column.length;
                            for (int channel = first; channel < first + channels; channel++) {
                                for (int p : plane) {
                                    for (int r : row) {
                                        if (p >= 0 && r >= 0) {
                                            int x = ((channel * inPlanes + p) * inRows + r) * inColumns;
                                            products.row(y, x, weight, column);
                                        }
                                        weight += column.length;
                                    }
                                }
                            }
                            y++;
                        }
                    }
                }
            }
        }
    }

    /** Where the taps of each window lie along one axis; negative beside the input. */
    private static int[][] places(dev.netwright.processor.graph.Window window, int outputs, Primitive.Pad.Mode mode) {
        int[][] places = new int[outputs][window.kernel()];
        for (int output = 0; output < outputs; output++) {
            for (int tap = 0; tap < window.kernel(); tap++) {
                int place = output * window.stride() + tap * window.dilation() - window.before();
                places[output][tap] = ReferencePadding.source(place, window.extent(), mode);
            }
        }
        return places;
    }

    /** Along planes, rows and columns. */
    static List<dev.netwright.processor.graph.Window> windows(Convolution convolution) {
        List<dev.netwright.processor.graph.Window> windows = new ArrayList<>(convolution.windows());
        while (windows.size() < 3) {
            windows.add(0, new dev.netwright.processor.graph.Window(1, 1, 1, 1, 0, 0));
        }
        return windows;
    }

    static double[] convolve(Conv layer, Call call) {
        double[] x = call.input();
        double[] weight = call.state().get("weight");
        Shape out = layer.output();
        double[] y = new double[call.samples() * out.elements()];
        if (layer.bias()) {
            double[] bias = call.state().get("bias");
            int pixels = out.elements() / out.size(0);
            for (int i = 0; i < y.length; i++) {
                y[i] = bias[i / pixels % bias.length];
            }
        }
        products(layer, call.samples(), (to, from, tap, columns) -> {
            double sum = 0;
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] >= 0) {
                    sum += x[from + columns[i]] * weight[tap + i];
                }
            }
            y[to] += sum;
        });
        return y;
    }

    static double[] gradient(Conv layer, Call call, double[] gradient, ByState byState) {
        double[] x = call.input();
        double[] weight = call.state().get("weight");
        double[] byInput = new double[x.length];
        double[] byWeight = new double[weight.length];
        products(layer, call.samples(), (to, from, tap, columns) -> {
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] >= 0) {
                    byInput[from + columns[i]] += gradient[to] * weight[tap + i];
                    byWeight[tap + i] += gradient[to] * x[from + columns[i]];
                }
            }
        });
        double[] byBias = new double[layer.output().size(0)];
        int pixels = layer.output().elements() / byBias.length;
        double[] magnitudes = new double[byBias.length];
        for (int i = 0; i < gradient.length; i++) {
            byBias[i / pixels % byBias.length] += gradient[i];
            magnitudes[i / pixels % byBias.length] += Math.abs(gradient[i]);
        }
        byState.put("weight", byWeight, ReferenceGradients.largest(magnitudes) * ReferenceGradients.largest(x));
        if (layer.bias()) {
            byState.put("bias", byBias, magnitudes);
        }
        return byInput;
    }

    /** Channels, planes, rows and columns: what has fewer axes has one plane, or one row. */
    static Shape volume(Shape shape) {
        List<Integer> sizes = new ArrayList<>(shape.sizes());
        while (sizes.size() < 4) {
            sizes.add(1, 1);
        }
        return new Shape(sizes);
    }

    /** A pool's sizes along planes, rows and columns. */
    private static int[] sizes(List<Integer> written, Shape input, int otherwise) {
        int axes = input.rank() - 1;
        int[] sizes = {otherwise, otherwise, otherwise};
        for (int i = 0; i < axes; i++) {
            sizes[3 - axes + i] = written.get(written.size() == 1 ? 0 : i);
        }
        return sizes;
    }

    private static int index(Shape shape, int sample, int channel, int plane, int row, int column) {
        return (((sample * shape.size(0) + channel) * shape.size(1) + plane) * shape.size(2) + row) * shape.size(3)
                + column;
    }

    /** Where the first largest element of each window lies in the input. */
    static int[] largest(MaxPool layer, Call call) {
        Shape in = volume(layer.input());
        int[] kernel = sizes(layer.pooling().kernelSize(), layer.input(), 1);
        int[] stride = sizes(layer.pooling().stride(), layer.input(), 1);
        int[] padding = sizes(layer.pooling().padding(), layer.input(), 0);
        int[] dilation = sizes(layer.pooling().dilation(), layer.input(), 1);
        int[] places = new int[call.samples() * layer.output().elements()];
        windows(volume(layer.output()), call, (to, n, channel, plane, row, column) -> {
            int largest = -1;
            int choice = 0;
            int tap = 0;
            for (int h = 0; h < kernel[0]; h++) {
                for (int i = 0; i < kernel[1]; i++) {
                    for (int j = 0; j < kernel[2]; j++) {
                        int p = plane * stride[0] - padding[0] + h * dilation[0];
                        int r = row * stride[1] - padding[1] + i * dilation[1];
                        int q = column * stride[2] - padding[2] + j * dilation[2];
                        boolean inside =
                                p >= 0 && p < in.size(1) && r >= 0 && r < in.size(2) && q >= 0 && q < in.size(3);
                        if (inside) {
                            int place = index(in, n, channel, p, r, q);
                            if (largest < 0 || call.input()[place] > call.input()[largest]) {
                                largest = place;
                                choice = tap;
                            }
                        }
                        tap++;
                    }
                }
            }
            call.arithmetic().side(choice);
            places[to] = largest;
        });
        return places;
    }

    static double[] maxPool(MaxPool layer, Call call) {
        int[] places = largest(layer, call);
        double[] y = new double[places.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = call.input()[places[i]];
        }
        return y;
    }

    static double[] gradient(MaxPool layer, Call call, double[] gradient) {
        int[] places = largest(layer, call);
        double[] byInput = new double[call.input().length];
        for (int i = 0; i < gradient.length; i++) {
            byInput[places[i]] += gradient[i];
        }
        return byInput;
    }

    /** What is done with each element of a window: places in output and input, and what it is divided by. */
    private interface Term {
        void at(int y, int x, double divisor);
    }

    private static void averages(AvgPool layer, Call call, Term term) {
        Shape in = volume(layer.input());
        int[] kernel = sizes(layer.pooling().kernelSize(), layer.input(), 1);
        int[] stride = sizes(layer.pooling().stride(), layer.input(), 1);
        int[] padding = sizes(layer.pooling().padding(), layer.input(), 0);
        windows(volume(layer.output()), call, (to, n, channel, plane, row, column) -> {
            int[] place = {plane, row, column};
            int[] from = new int[3];
            int[] end = new int[3];
            int counted = 1;
            int real = 1;
            for (int axis = 0; axis < 3; axis++) {
                int size = in.size(axis + 1);
                int start = place[axis] * stride[axis] - padding[axis];
                counted *= Math.min(start + kernel[axis], size + padding[axis]) - start;
                from[axis] = Math.max(start, 0);
                end[axis] = Math.min(start + kernel[axis], size);
                real *= end[axis] - from[axis];
            }
            int divisor = layer.divisor() != 0 ? layer.divisor() : layer.countIncludePad() ? counted : real;
            each(in, n, channel, from, end, x -> term.at(to, x, divisor));
        });
    }

    /** Every place of the input from some to others along each axis. */
    private static void each(Shape in, int sample, int channel, int[] from, int[] end, IntConsumer action) {
        for (int p = from[0]; p < end[0]; p++) {
            for (int r = from[1]; r < end[1]; r++) {
                for (int q = from[2]; q < end[2]; q++) {
                    action.accept(index(in, sample, channel, p, r, q));
                }
            }
        }
    }

    static double[] averagePool(AvgPool layer, Call call) {
        double[] y = new double[call.samples() * layer.output().elements()];
        averages(layer, call, (to, from, divisor) -> y[to] += call.input()[from] / divisor);
        return y;
    }

    static double[] gradient(AvgPool layer, Call call, double[] gradient) {
        double[] byInput = new double[call.input().length];
        averages(layer, call, (to, from, divisor) -> byInput[from] += gradient[to] / divisor);
        return byInput;
    }

    /** Where a window of an adaptive pool begins, or ends, along each axis. */
    private static int[] bounds(Shape in, Shape out, int[] window, boolean end) {
        int[] bounds = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int size = in.size(axis + 1);
            double outputs = out.size(axis + 1);
            bounds[axis] = (int)
                    (end ? Math.ceil((window[axis] + 1) * size / outputs) : Math.floor(window[axis] * size / outputs));
        }
        return bounds;
    }

    private static void averages(AdaptiveAvgPool layer, Call call, Term term) {
        Shape in = volume(layer.input());
        Shape out = volume(layer.output());
        windows(out, call, (to, n, channel, plane, row, column) -> {
            int[] from = bounds(in, out, new int[] {plane, row, column}, false);
            int[] end = bounds(in, out, new int[] {plane, row, column}, true);
            int count = (end[0] - from[0]) * (end[1] - from[1]) * (end[2] - from[2]);
            each(in, n, channel, from, end, x -> term.at(to, x, count));
        });
    }

    static double[] adaptivePool(AdaptiveAvgPool layer, Call call) {
        double[] y = new double[call.samples() * layer.output().elements()];
        averages(layer, call, (to, from, divisor) -> y[to] += call.input()[from] / divisor);
        return y;
    }

    static double[] gradient(AdaptiveAvgPool layer, Call call, double[] gradient) {
        double[] byInput = new double[call.input().length];
        averages(layer, call, (to, from, divisor) -> byInput[from] += gradient[to] / divisor);
        return byInput;
    }

    /** Where the first largest element of each window lies in the input. */
    private static int[] largest(AdaptiveMaxPool layer, Call call) {
        Shape in = volume(layer.input());
        Shape out = volume(layer.output());
        int[] places = new int[call.samples() * out.elements()];
        windows(out, call, (to, n, channel, plane, row, column) -> {
            int[] from = bounds(in, out, new int[] {plane, row, column}, false);
            int[] end = bounds(in, out, new int[] {plane, row, column}, true);
            places[to] = index(in, n, channel, from[0], from[1], from[2]);
            each(in, n, channel, from, end, place -> {
                places[to] = call.input()[place] > call.input()[places[to]] ? place : places[to];
            });
            call.arithmetic().side(places[to]);
        });
        return places;
    }

    static double[] adaptivePool(AdaptiveMaxPool layer, Call call) {
        return Arrays.stream(largest(layer, call))
                .mapToDouble(place -> call.input()[place])
                .toArray();
    }

    static double[] gradient(AdaptiveMaxPool layer, Call call, double[] gradient) {
        int[] places = largest(layer, call);
        double[] byInput = new double[call.input().length];
        for (int i = 0; i < gradient.length; i++) {
            byInput[places[i]] += gradient[i];
        }
        return byInput;
    }

    private interface Window {
        void at(int y, int sample, int channel, int plane, int row, int column);
    }

    private static void windows(Shape out, Call call, Window window) {
        int y = 0;
        for (int n = 0; n < call.samples(); n++) {
            for (int channel = 0; channel < out.size(0); channel++) {
                for (int plane = 0; plane < out.size(1); plane++) {
                    for (int row = 0; row < out.size(2); row++) {
                        for (int column = 0; column < out.size(3); column++) {
                            window.at(y++, n, channel, plane, row, column);
                        }
                    }
                }
            }
        }
    }
}
