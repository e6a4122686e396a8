package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.LpNormalize;
import dev.netwright.processor.graph.layer.RMSNorm;
import dev.netwright.processor.reference.ReferenceGradients.ByState;
import java.util.Arrays;
import java.util.List;

/** Lengths of vectors, and what is divided by them. */
final class ReferenceNorms {
    private ReferenceNorms() {}

    /** The p-norm of what has the same place. */
    static double[] norms(double p, double[] x, int[] places, Call call) {
        double[] norms = new double[Arrays.stream(places).max().orElseThrow() + 1];
        for (int i = 0; i < x.length; i++) {
            double magnitude = Math.abs(x[i]);
            call.side(x[i] > 0);
            norms[places[i]] = Double.isInfinite(p)
                    ? Math.max(norms[places[i]], magnitude)
                    : norms[places[i]] + call.round(Math.pow(magnitude, p));
        }
        for (int i = 0; i < x.length && Double.isInfinite(p); i++) {
            call.side(Math.abs(x[i]) == norms[places[i]]);
        }
        if (!Double.isInfinite(p)) {
            Arrays.setAll(norms, i -> call.round(Math.pow(norms[i], 1 / p)));
        }
        return norms;
    }

    static double[] gradient(double p, double[] x, double[] norms, int[] places, double[] gradient) {
        double[] byX = new double[x.length];
        int[] equal = new int[norms.length];
        for (int i = 0; i < x.length; i++) {
            equal[places[i]] += Math.abs(x[i]) == norms[places[i]] ? 1 : 0;
        }
        for (int i = 0; i < x.length; i++) {
            double norm = norms[places[i]];
            double slope;
            if (Double.isInfinite(p)) {
                slope = Math.abs(x[i]) == norm ? Math.signum(x[i]) / equal[places[i]] : 0;
            } else {
                slope = norm == 0 ? 0 : Math.signum(x[i]) * Math.pow(Math.abs(x[i]) / norm, p - 1);
            }
            byX[i] = gradient[places[i]] * slope;
        }
        return byX;
    }

    static double[] normalise(LpNormalize layer, Call call) {
        int[] places = ReferenceReductions.places(layer.output(), List.of(layer.dimension()), call.samples());
        double[] norms = norms(layer.p(), call.input(), places, call);
        double[] y = new double[places.length];
        Arrays.setAll(y, i -> call.input()[i] / Math.max(norms[places[i]], layer.eps()));
        return y;
    }

    static double[] gradient(LpNormalize layer, Call call, double[] gradient) {
        int[] places = ReferenceReductions.places(layer.output(), List.of(layer.dimension()), call.samples());
        double[] x = call.input();
        double[] norms = norms(layer.p(), x, places, call);
        double[] byNorm = new double[norms.length];
        for (int i = 0; i < x.length; i++) {
            double norm = norms[places[i]];
            byNorm[places[i]] -= norm < layer.eps() ? 0 : gradient[i] * x[i] / (norm * norm);
        }
        call.arithmetic().round(byNorm);
        double[] byX = gradient(layer.p(), x, norms, places, byNorm);
        Arrays.setAll(byX, i -> byX[i] + gradient[i] / Math.max(norms[places[i]], layer.eps()));
        return byX;
    }

    private static double[] inverses(RMSNorm layer, Call call) {
        int size = layer.parameter().elements();
        double[] inverses = new double[call.input().length / size];
        double eps = layer.eps() == null ? Math.ulp(1f) : layer.eps();
        for (int row = 0; row < inverses.length; row++) {
            double square = 0;
            for (int k = 0; k < size; k++) {
                square += Math.pow(call.input()[row * size + k], 2) / size;
            }
            inverses[row] = call.round(1 / Math.sqrt(square + eps));
        }
        return inverses;
    }

    static double[] normalise(RMSNorm layer, Call call) {
        double[] inverses = inverses(layer, call);
        double[] y = new double[call.input().length];
        int size = y.length / inverses.length;
        for (int i = 0; i < y.length; i++) {
            y[i] = call.input()[i] * inverses[i / size];
            y[i] *= layer.affine() ? call.state().get("weight")[i % size] : 1;
        }
        return y;
    }

    static double[] gradient(RMSNorm layer, Call call, double[] gradient, ByState byState) {
        double[] inverses = inverses(layer, call);
        int size = layer.parameter().elements();
        double[] byWeight = new double[size];
        double[] magnitudes = new double[size];
        double[] byInput = new double[gradient.length];
        for (int row = 0; row < inverses.length; row++) {
            double slope = 0;
            double[] scaled = new double[size];
            for (int k = 0; k < size; k++) {
                int i = row * size + k;
                double normal = call.input()[i] * inverses[row];
                byWeight[k] += gradient[i] * normal;
                magnitudes[k] += Math.abs(gradient[i] * normal);
                scaled[k] =
                        call.round(gradient[i] * (layer.affine() ? call.state().get("weight")[k] : 1));
                slope += scaled[k] * normal / size;
            }
            slope = call.round(slope);
            for (int k = 0; k < size; k++) {
                int i = row * size + k;
                byInput[i] = (scaled[k] - call.input()[i] * inverses[row] * slope) * inverses[row];
            }
        }
        if (layer.affine()) {
            byState.put("weight", byWeight, magnitudes);
        }
        return byInput;
    }
}
