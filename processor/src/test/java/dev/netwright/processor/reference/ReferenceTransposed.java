package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.graph.layer.ConvTranspose;
import dev.netwright.processor.reference.ReferenceGradients.ByState;
import java.util.Arrays;
import java.util.List;

/** Transposed convolutions: every input adds to what its taps reach. */
final class ReferenceTransposed {
    private ReferenceTransposed() {}

    /** What is done with each product: places in output, input and weight. */
    private interface Product {
        void at(int y, int x, int weight);
    }

    private static void products(ConvTranspose layer, int samples, Product product) {
        Convolution c = layer.convolution();
        Shape in = ReferenceWindows.volume(layer.input());
        Shape out = ReferenceWindows.volume(layer.output());
        List<Window> windows = ReferenceWindows.windows(c);
        int group = in.size(0) / c.groups();
        int outGroup = out.size(0) / c.groups();
        int places = in.elements() / in.size(0);
        int outPlaces = out.elements() / out.size(0);
        int taps = c.taps();
        int[] reached = new int[taps * places];
        Arrays.setAll(reached, i -> reached(windows, in, i / places, i % places));
        for (int channels = 0; channels < samples * in.size(0); channels++) {
            int channel = channels % in.size(0);
            for (int o = 0; o < outGroup; o++) {
                int to = channels / in.size(0) * out.size(0) + channel / group * outGroup + o;
                for (int tap = 0; tap < taps; tap++) {
                    for (int place = 0; place < places; place++) {
                        int at = reached[tap * places + place];
                        if (at >= 0) {
                            product.at(
                                    to * outPlaces + at,
                                    channels * places + place,
                                    (channel * outGroup + o) * taps + tap);
                        }
                    }
                }
            }
        }
    }

    /** The place of the output that a tap of a place of the input adds to; negative beside it. */
    private static int reached(List<Window> windows, Shape in, int tap, int place) {
        int reached = 0;
        int restOfTaps = tap;
        int restOfPlaces = place;
        int outer = 1;
        for (int axis = 2; axis >= 0; axis--) {
            Window window = windows.get(axis);
            int at = restOfPlaces % in.size(axis + 1) * window.stride()
                    + restOfTaps % window.kernel() * window.dilation()
                    - window.before();
            if (at < 0 || at >= window.extent()) {
                return -1;
            }
            reached += at * outer;
            outer *= window.extent();
            restOfTaps /= window.kernel();
            restOfPlaces /= in.size(axis + 1);
        }
        return reached;
    }

    static double[] convolve(ConvTranspose layer, Call call) {
        double[] x = call.input();
        double[] weight = call.state().get("weight");
        double[] y = new double[call.samples() * layer.output().elements()];
        if (layer.bias()) {
            double[] bias = call.state().get("bias");
            int pixels = layer.output().elements() / bias.length;
            Arrays.setAll(y, i -> bias[i / pixels % bias.length]);
        }
        products(layer, call.samples(), (to, from, tap) -> y[to] += x[from] * weight[tap]);
        return y;
    }

    static double[] gradient(ConvTranspose layer, Call call, double[] gradient, ByState byState) {
        double[] x = call.input();
        double[] weight = call.state().get("weight");
        double[] byInput = new double[x.length];
        double[] byWeight = new double[weight.length];
        double[] magnitudes = new double[weight.length];
        products(layer, call.samples(), (to, from, tap) -> {
            byInput[from] += gradient[to] * weight[tap];
            byWeight[tap] += gradient[to] * x[from];
            magnitudes[tap] += Math.abs(gradient[to] * x[from]);
        });
        byState.put("weight", byWeight, magnitudes);
        if (layer.bias()) {
            double[] byBias = new double[layer.output().size(0)];
            int pixels = layer.output().elements() / byBias.length;
            double[] biasMagnitudes = new double[byBias.length];
            for (int i = 0; i < gradient.length; i++) {
                byBias[i / pixels % byBias.length] += gradient[i];
                biasMagnitudes[i / pixels % byBias.length] += Math.abs(gradient[i]);
            }
            byState.put("bias", byBias, biasMagnitudes);
        }
        return byInput;
    }
}
