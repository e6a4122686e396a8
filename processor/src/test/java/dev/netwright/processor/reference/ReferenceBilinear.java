package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.Bilinear;
import dev.netwright.processor.reference.ReferenceGradients.Gradients;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of two inputs, term by term. */
final class ReferenceBilinear {
    /** What is done with each term: the places of y, of both inputs and of the weight. */
    private interface Term {
        void at(int y, int first, int second, int weight);
    }

    private ReferenceBilinear() {}

    static double[] forward(Bilinear layer, Call call) {
        double[] a = call.inputs().get(0);
        double[] b = call.inputs().get(1);
        double[] weight = call.state().get("weight");
        double[] y = new double[call.samples() * layer.output().elements()];
        for (int i = 0; layer.bias() && i < y.length; i++) {
            y[i] = call.state().get("bias")[i % layer.outFeatures()];
        }
        terms(layer, y.length, (to, i, j, w) -> y[to] += a[i] * weight[w] * b[j]);
        return y;
    }

    static Gradients gradients(Bilinear layer, Call call, double[] gradient) {
        double[] a = call.inputs().get(0);
        double[] b = call.inputs().get(1);
        double[] weight = call.state().get("weight");
        double[] byA = new double[a.length];
        double[] byB = new double[b.length];
        double[] byWeight = new double[weight.length];
        double[] byBias = new double[layer.outFeatures()];
        double[] termsOfWeight = new double[weight.length];
        double[] termsOfBias = new double[layer.outFeatures()];
        terms(layer, gradient.length, (from, i, j, w) -> {
            byA[i] += gradient[from] * weight[w] * b[j];
            byB[j] += gradient[from] * weight[w] * a[i];
            byWeight[w] += gradient[from] * a[i] * b[j];
            termsOfWeight[w] += Math.abs(gradient[from] * a[i] * b[j]);
        });
        for (int i = 0; i < gradient.length; i++) {
            byBias[i % byBias.length] += gradient[i];
            termsOfBias[i % byBias.length] += Math.abs(gradient[i]);
        }
        Map<String, double[]> sums = new LinkedHashMap<>(Map.of("weight", byWeight));
        Map<String, Double> magnitudes =
                new LinkedHashMap<>(Map.of("weight", ReferenceGradients.largest(termsOfWeight)));
        if (layer.bias()) {
            sums.put("bias", byBias);
            magnitudes.put("bias", ReferenceGradients.largest(termsOfBias));
        }
        return new Gradients(List.of(byA, byB), sums, magnitudes);
    }

    private static void terms(Bilinear layer, int outputs, Term term) {
        int in1 = layer.first().size(layer.first().rank() - 1);
        int in2 = layer.second().size(layer.second().rank() - 1);
        int out = layer.outFeatures();
        for (int y = 0; y < outputs; y++) {
            for (int i = 0; i < in1; i++) {
                for (int j = 0; j < in2; j++) {
                    term.at(y, y / out * in1 + i, y / out * in2 + j, (y % out * in1 + i) * in2 + j);
                }
            }
        }
    }
}
