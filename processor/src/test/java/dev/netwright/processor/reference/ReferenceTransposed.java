package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.ConvTranspose;
import dev.netwright.processor.reference.ReferenceGradients.ByState;
import java.util.Arrays;

/** Transposed convolutions: every input adds to what its taps reach. */
final class ReferenceTransposed {
    private ReferenceTransposed() {}

    /** What is done with each product: places in output, input and weight. */
    private interface Product {
        void at(int y, int x, int weight);
    }

    private static void products(ConvTranspose layer, int samples, Product product) {
        Convolution c = layer.convolution();
        Shape in = ReferenceWindows.image(layer.input());
        Shape out = ReferenceWindows.image(layer.output());
        int group = in.size(0) / c.groups();
        int outGroup = out.size(0) / c.groups();
        for (int plane = 0; plane < samples * in.size(0); plane++) {
            int channel = plane % in.size(0);
            for (int o = 0; o < outGroup; o++) {
                int to = plane / in.size(0) * out.size(0) + channel / group * outGroup + o;
                for (int i = 0; i < c.rows().kernel(); i++) {
                    for (int j = 0; j < c.columns().kernel(); j++) {
                        int weight = ((channel * outGroup + o) * c.rows().kernel() + i)
                                        * c.columns().kernel()
                                + j;
                        for (int row = 0; row < in.size(1); row++) {
                            int r = row * c.rows().stride()
                                    + i * c.rows().dilation()
                                    - c.rows().before();
                            for (int column = 0; column < in.size(2); column++) {
                                int q = column * c.columns().stride()
                                        + j * c.columns().dilation()
                                        - c.columns().before();
                                if (r >= 0 && r < out.size(1) && q >= 0 && q < out.size(2)) {
                                    product.at(
                                            (to * out.size(1) + r) * out.size(2) + q,
                                            (plane * in.size(1) + row) * in.size(2) + column,
                                            weight);
                                }
                            }
                        }
                    }
                }
            }
        }
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
