package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Pad.Mode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.AdaptiveAvgPool2d;
import dev.netwright.processor.graph.layer.AvgPool2d;
import dev.netwright.processor.graph.layer.Conv2d;
import dev.netwright.processor.graph.layer.MaxPool2d;
import dev.netwright.processor.graph.layer.Pooling;
import java.util.List;

/** Layers that slide windows over rows and columns. */
final class ReferenceWindows {
    private ReferenceWindows() {}

    static double[] convolve(Conv2d layer, Call call) {
        Convolution c = layer.convolution();
        Shape in = layer.input();
        Shape out = layer.output();
        int channelsPerGroup = in.size(0) / c.groups();
        int outPerGroup = out.size(0) / c.groups();
        double[] weight = call.state().get("weight");
        double[] y = new double[call.samples() * out.elements()];
        int at = 0;
        for (int n = 0; n < call.samples(); n++) {
            for (int o = 0; o < out.size(0); o++) {
                for (int row = 0; row < out.size(1); row++) {
                    for (int column = 0; column < out.size(2); column++) {
                        double sum = layer.bias() ? call.state().get("bias")[o] : 0;
                        for (int k = 0; k < channelsPerGroup; k++) {
                            int channel = o / outPerGroup * channelsPerGroup + k;
                            for (int i = 0; i < c.kernel().rows(); i++) {
                                for (int j = 0; j < c.kernel().columns(); j++) {
                                    int tap = ((o * channelsPerGroup + k)
                                                                    * c.kernel().rows()
                                                            + i)
                                                    * c.kernel().columns()
                                            + j;
                                    int r = row * c.stride().rows()
                                            + i * c.dilation().rows()
                                            - c.before().rows();
                                    int q = column * c.stride().columns()
                                            + j * c.dilation().columns()
                                            - c.before().columns();
                                    sum += weight[tap] * padded(call.input(), in, n, channel, r, q, layer.mode());
                                }
                            }
                        }
                        y[at++] = sum;
                    }
                }
            }
        }
        return y;
    }

    private static double padded(double[] x, Shape shape, int sample, int channel, int row, int column, Mode mode) {
        int r = ReferencePadding.source(row, shape.size(1), mode);
        int q = ReferencePadding.source(column, shape.size(2), mode);
        return r < 0 || q < 0 ? 0 : x[index(shape, sample, channel, r, q)];
    }

    private static int index(Shape shape, int sample, int channel, int row, int column) {
        return ((sample * shape.size(0) + channel) * shape.size(1) + row) * shape.size(2) + column;
    }

    private static int at(List<Integer> values, int side) {
        return values.get(Math.min(side, values.size() - 1));
    }

    static double[] maxPool(MaxPool2d layer, Call call) {
        Pooling p = layer.pooling();
        Shape in = layer.input();
        return pool(in, layer.output(), call, (n, channel, row, column) -> {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < at(p.kernelSize(), 0); i++) {
                for (int j = 0; j < at(p.kernelSize(), 1); j++) {
                    int r = row * at(p.stride(), 0) - at(p.padding(), 0) + i * at(p.dilation(), 0);
                    int q = column * at(p.stride(), 1) - at(p.padding(), 1) + j * at(p.dilation(), 1);
                    if (r >= 0 && r < in.size(1) && q >= 0 && q < in.size(2)) {
                        largest = Math.max(largest, call.input()[index(in, n, channel, r, q)]);
                    }
                }
            }
            return largest;
        });
    }

    static double[] averagePool(AvgPool2d layer, Call call) {
        Pooling p = layer.pooling();
        Shape in = layer.input();
        return pool(in, layer.output(), call, (n, channel, row, column) -> {
            int top = row * at(p.stride(), 0) - at(p.padding(), 0);
            int left = column * at(p.stride(), 1) - at(p.padding(), 1);
            double sum = 0;
            int counted = 0;
            int real = 0;
            for (int r = top; r < top + at(p.kernelSize(), 0); r++) {
                for (int q = left; q < left + at(p.kernelSize(), 1); q++) {
                    if (r < in.size(1) + at(p.padding(), 0) && q < in.size(2) + at(p.padding(), 1)) {
                        counted++;
                    }
                    if (r >= 0 && r < in.size(1) && q >= 0 && q < in.size(2)) {
                        real++;
                        sum += call.input()[index(in, n, channel, r, q)];
                    }
                }
            }
            int divisor = layer.divisor() != 0 ? layer.divisor() : layer.countIncludePad() ? counted : real;
            return sum / divisor;
        });
    }

    static double[] adaptivePool(AdaptiveAvgPool2d layer, Call call) {
        Shape in = layer.input();
        Shape out = layer.output();
        return pool(in, out, call, (n, channel, row, column) -> {
            double sum = 0;
            int count = 0;
            for (int r = from(row, in, out, 1); r < to(row, in, out, 1); r++) {
                for (int q = from(column, in, out, 2); q < to(column, in, out, 2); q++) {
                    sum += call.input()[index(in, n, channel, r, q)];
                    count++;
                }
            }
            return sum / count;
        });
    }

    private static int from(int window, Shape in, Shape out, int dimension) {
        return (int) Math.floor((double) window * in.size(dimension) / out.size(dimension));
    }

    private static int to(int window, Shape in, Shape out, int dimension) {
        return (int) Math.ceil((window + 1.0) * in.size(dimension) / out.size(dimension));
    }

    private interface Window {
        double value(int sample, int channel, int row, int column);
    }

    private static double[] pool(Shape in, Shape out, Call call, Window window) {
        double[] y = new double[call.samples() * out.elements()];
        for (int n = 0; n < call.samples(); n++) {
            for (int channel = 0; channel < in.size(0); channel++) {
                for (int row = 0; row < out.size(1); row++) {
                    for (int column = 0; column < out.size(2); column++) {
                        y[index(out, n, channel, row, column)] = window.value(n, channel, row, column);
                    }
                }
            }
        }
        return y;
    }
}
