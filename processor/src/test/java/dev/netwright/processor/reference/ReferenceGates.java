package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.GLU;

/** Halves of a dimension, one of which the other is a gate of. */
final class ReferenceGates {
    private ReferenceGates() {}

    static double[] forward(GLU layer, Call call) {
        double[] x = call.input();
        double[] y = new double[x.length / 2];
        int half = half(layer);
        for (int i = 0; i < y.length; i++) {
            int value = i / half * half + i;
            y[i] = x[value] * ReferenceLayers.sigmoid(x[value + half]);
        }
        return y;
    }

    static double[] gradient(GLU layer, Call call, double[] gradient) {
        double[] x = call.input();
        double[] byInput = new double[x.length];
        int half = half(layer);
        for (int i = 0; i < gradient.length; i++) {
            int value = i / half * half + i;
            double gate = call.round(ReferenceLayers.sigmoid(x[value + half]));
            byInput[value] = gradient[i] * gate;
            byInput[value + half] = gradient[i] * x[value] * gate * (1 - gate);
        }
        return byInput;
    }

    /** Elements from the one in the first half to that in the second. */
    private static int half(GLU layer) {
        return layer.output().size(layer.dimension()) * ReferenceLayers.inner(layer.output(), layer.dimension());
    }
}
