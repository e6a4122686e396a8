package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.LocalResponseNorm;

/** Normalisation of each element by its neighbours among the channels. */
final class ReferenceLocalResponse {
    private ReferenceLocalResponse() {}

    /** What each element is divided by, before the power. */
    private static double[] divisors(LocalResponseNorm layer, Call call) {
        double[] x = call.input();
        double[] divisors = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double squares = 0;
            for (int other = first(layer, i); other < end(layer, i); other++) {
                squares += Math.pow(x[neighbour(layer, i, other)], 2);
            }
            divisors[i] = call.round(layer.k() + layer.alpha() * squares / layer.size());
        }
        return divisors;
    }

    private static int positions(LocalResponseNorm layer) {
        return layer.output().elements() / layer.output().size(0);
    }

    private static int channel(LocalResponseNorm layer, int element) {
        return element / positions(layer) % layer.output().size(0);
    }

    private static int first(LocalResponseNorm layer, int element) {
        return Math.max(0, channel(layer, element) - layer.size() / 2);
    }

    private static int end(LocalResponseNorm layer, int element) {
        return Math.min(layer.output().size(0), channel(layer, element) + (layer.size() - 1) / 2 + 1);
    }

    private static int neighbour(LocalResponseNorm layer, int element, int channel) {
        return element + (channel - channel(layer, element)) * positions(layer);
    }

    static double[] normalise(LocalResponseNorm layer, Call call) {
        double[] divisors = divisors(layer, call);
        double[] y = new double[divisors.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = call.input()[i] * call.round(Math.pow(divisors[i], -layer.beta()));
        }
        return y;
    }

    static double[] gradient(LocalResponseNorm layer, Call call, double[] gradient) {
        double[] x = call.input();
        double[] divisors = divisors(layer, call);
        double[] byInput = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            byInput[i] += gradient[i] * call.round(Math.pow(divisors[i], -layer.beta()));
            double byDivisor =
                    call.round(-layer.beta() * gradient[i] * x[i] * Math.pow(divisors[i], -layer.beta() - 1));
            for (int other = first(layer, i); other < end(layer, i); other++) {
                int at = neighbour(layer, i, other);
                byInput[at] += byDivisor * layer.alpha() / layer.size() * 2 * x[at];
            }
        }
        return byInput;
    }
}
