package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.AdaptiveAvgPool;
import dev.netwright.processor.graph.layer.AdaptiveMaxPool;
import dev.netwright.processor.graph.layer.AvgPool;
import dev.netwright.processor.graph.layer.Conv;
import dev.netwright.processor.graph.layer.MaxPool;
import dev.netwright.processor.graph.layer.Pooling;
import dev.netwright.processor.reference.ReferenceGradients.ByState;
import java.util.Arrays;
import java.util.List;

/** Layers that slide windows over rows and columns; what has one axis is an image of one row. */
final class ReferenceWindows {
    private ReferenceWindows() {}

    /** What is done with each product of a convolution: places in output, input and weight. */
    private interface Product {
        void at(int y, int x, int weight);
    }

    private static void products(Conv layer, int samples, Product product) {
        Convolution c = layer.convolution();
        Shape in = image(layer.input());
        Shape out = image(layer.output());
        int[][] rows = new int[out.size(1)][c.rows().kernel()];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length; i++) {
                int place = row * c.rows().stride()
                        + i * c.rows().dilation()
                        - c.rows().before();
                rows[row][i] = ReferencePadding.source(place, in.size(1), layer.mode());
            }
        }
        int[][] columns = new int[out.size(2)][c.columns().kernel()];
        for (int column = 0; column < columns.length; column++) {
            for (int j = 0; j < columns[column].length; j++) {
                int place = column * c.columns().stride()
                        + j * c.columns().dilation()
                        - c.columns().before();
                columns[column][j] = ReferencePadding.source(place, in.size(2), layer.mode());
            }
        }
        int inputs = in.size(0);
        int height = in.size(1);
        int width = in.size(2);
        int outputs = out.size(0);
        int channels = inputs / c.groups();
        int outPerGroup = outputs / c.groups();
        int y = 0;
        for (int n = 0; n < samples; n++) {
            for (int o = 0; o < outputs; o++) {
                for (int[] row : rows) {
                    for (int[] column : columns) {
                        int weight = o * channels * row.length * column.length;
                        for (int k = 0; k < channels; k++) {
                            int plane = n * inputs + o / outPerGroup * channels + k;
                            for (int r : row) {
                                for (int q : column) {
                                    if (r >= 0 && q >= 0) {
                                        product.at(y, (plane * height + r) * width + q, weight);
                                    }
                                    weight++;
                                }
                            }
                        }
                        y++;
                    }
                }
            }
        }
    }

    static double[] convolve(Conv layer, Call call) {
        double[] x = call.input();
        double[] weight = call.state().get("weight");
        Shape out = image(layer.output());
        double[] y = new double[call.samples() * out.elements()];
        if (layer.bias()) {
            double[] bias = call.state().get("bias");
            int pixels = out.size(1) * out.size(2);
            for (int i = 0; i < y.length; i++) {
                y[i] = bias[i / pixels % bias.length];
            }
        }
        products(layer, call.samples(), (to, from, tap) -> y[to] += x[from] * weight[tap]);
        return y;
    }

    static double[] gradient(Conv layer, Call call, double[] gradient, ByState byState) {
        double[] x = call.input();
        double[] weight = call.state().get("weight");
        double[] byInput = new double[x.length];
        double[] byWeight = new double[weight.length];
        products(layer, call.samples(), (to, from, tap) -> {
            byInput[from] += gradient[to] * weight[tap];
            byWeight[tap] += gradient[to] * x[from];
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

    static Shape image(Shape shape) {
        return shape.rank() == 2 ? Shape.of(shape.size(0), 1, shape.size(1)) : shape;
    }

    private static Pooling image(Pooling p, Shape input) {
        return input.rank() != 2
                ? p
                : new Pooling(
                        List.of(1, p.kernelSize().get(0)),
                        List.of(1, p.stride().get(0)),
                        List.of(0, p.padding().get(0)),
                        List.of(1, p.dilation().get(0)),
                        p.ceilMode());
    }

    private static int index(Shape shape, int sample, int channel, int row, int column) {
        return ((sample * shape.size(0) + channel) * shape.size(1) + row) * shape.size(2) + column;
    }

    private static int at(List<Integer> values, int side) {
        return values.get(Math.min(side, values.size() - 1));
    }

    /** Where the first largest element of each window lies in the input. */
    static int[] largest(MaxPool layer, Call call) {
        Pooling p = image(layer.pooling(), layer.input());
        Shape in = image(layer.input());
        int[] places = new int[call.samples() * layer.output().elements()];
        windows(image(layer.output()), call, (to, n, channel, row, column) -> {
            int largest = -1;
            int choice = 0;
            for (int i = 0; i < at(p.kernelSize(), 0); i++) {
                for (int j = 0; j < at(p.kernelSize(), 1); j++) {
                    int r = row * at(p.stride(), 0) - at(p.padding(), 0) + i * at(p.dilation(), 0);
                    int q = column * at(p.stride(), 1) - at(p.padding(), 1) + j * at(p.dilation(), 1);
                    if (r >= 0 && r < in.size(1) && q >= 0 && q < in.size(2)) {
                        int place = index(in, n, channel, r, q);
                        if (largest < 0 || call.input()[place] > call.input()[largest]) {
                            largest = place;
                            choice = i * at(p.kernelSize(), 1) + j;
                        }
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
        Pooling p = image(layer.pooling(), layer.input());
        Shape in = image(layer.input());
        windows(image(layer.output()), call, (to, n, channel, row, column) -> {
            int top = row * at(p.stride(), 0) - at(p.padding(), 0);
            int left = column * at(p.stride(), 1) - at(p.padding(), 1);
            int bottom = top + at(p.kernelSize(), 0);
            int right = left + at(p.kernelSize(), 1);
            int counted = (Math.min(bottom, in.size(1) + at(p.padding(), 0)) - top)
                    * (Math.min(right, in.size(2) + at(p.padding(), 1)) - left);
            int real = (Math.min(bottom, in.size(1)) - Math.max(top, 0))
                    * (Math.min(right, in.size(2)) - Math.max(left, 0));
            int divisor = layer.divisor() != 0 ? layer.divisor() : layer.countIncludePad() ? counted : real;
            for (int r = Math.max(top, 0); r < Math.min(bottom, in.size(1)); r++) {
                for (int q = Math.max(left, 0); q < Math.min(right, in.size(2)); q++) {
                    term.at(to, index(in, n, channel, r, q), divisor);
                }
            }
        });
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

    private static void averages(AdaptiveAvgPool layer, Call call, Term term) {
        Shape in = image(layer.input());
        Shape out = image(layer.output());
        windows(out, call, (to, n, channel, row, column) -> {
            int count =
                    (to(row, in, out, 1) - from(row, in, out, 1)) * (to(column, in, out, 2) - from(column, in, out, 2));
            for (int r = from(row, in, out, 1); r < to(row, in, out, 1); r++) {
                for (int q = from(column, in, out, 2); q < to(column, in, out, 2); q++) {
                    term.at(to, index(in, n, channel, r, q), count);
                }
            }
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
        Shape in = image(layer.input());
        Shape out = image(layer.output());
        int[] places = new int[call.samples() * out.elements()];
        windows(out, call, (to, n, channel, row, column) -> {
            int largest = index(in, n, channel, from(row, in, out, 1), from(column, in, out, 2));
            for (int r = from(row, in, out, 1); r < to(row, in, out, 1); r++) {
                for (int q = from(column, in, out, 2); q < to(column, in, out, 2); q++) {
                    int place = index(in, n, channel, r, q);
                    largest = call.input()[place] > call.input()[largest] ? place : largest;
                }
            }
            call.arithmetic().side(largest);
            places[to] = largest;
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

    private static int from(int window, Shape in, Shape out, int dimension) {
        return (int) Math.floor((double) window * in.size(dimension) / out.size(dimension));
    }

    private static int to(int window, Shape in, Shape out, int dimension) {
        return (int) Math.ceil((window + 1.0) * in.size(dimension) / out.size(dimension));
    }

    private interface Window {
        void at(int y, int sample, int channel, int row, int column);
    }

    private static void windows(Shape out, Call call, Window window) {
        int y = 0;
        for (int n = 0; n < call.samples(); n++) {
            for (int channel = 0; channel < out.size(0); channel++) {
                for (int row = 0; row < out.size(1); row++) {
                    for (int column = 0; column < out.size(2); column++) {
                        window.at(y++, n, channel, row, column);
                    }
                }
            }
        }
    }
}
