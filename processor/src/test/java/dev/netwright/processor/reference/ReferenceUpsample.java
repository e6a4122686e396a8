package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.Upsample;

/** Resampled sequences, images and volumes, cell by cell. */
final class ReferenceUpsample {
    private ReferenceUpsample() {}

    /** What is done with each term: places in output and input, and the weight. */
    private interface Term {
        void at(int to, int from, double weight);
    }

    private static void terms(Upsample layer, int samples, Term term) {
        int axes = layer.input().rank() - 1;
        double[][][] weights = new double[axes][][];
        for (int axis = 0; axis < axes; axis++) {
            weights[axis] = new double[layer.output().size(axis + 1)][];
            for (int i = 0; i < weights[axis].length; i++) {
                weights[axis][i] = weights(layer, axis, i);
            }
        }
        for (int plane = 0; plane < samples * layer.input().size(0); plane++) {
            visit(weights, 0, plane, plane, 1, term);
        }
    }

    private static void visit(double[][][] weights, int axis, int to, int from, double weight, Term term) {
        if (axis == weights.length) {
            term.at(to, from, weight);
            return;
        }
        for (int o = 0; o < weights[axis].length; o++) {
            double[] ofInputs = weights[axis][o];
            for (int i = 0; i < ofInputs.length; i++) {
                if (ofInputs[i] != 0) {
                    int next = to * weights[axis].length + o;
                    visit(weights, axis + 1, next, from * ofInputs.length + i, weight * ofInputs[i], term);
                }
            }
        }
    }

    /** Of each input in an output. */
    private static double[] weights(Upsample layer, int axis, int i) {
        double[] weights = new double[layer.input().size(axis + 1)];
        double place = place(layer, axis, i);
        boolean cubic = layer.mode() == Upsample.Mode.BICUBIC;
        int reach = cubic ? 2 : 1;
        for (int j = (int) Math.floor(place) - reach; j <= place + reach; j++) {
            double distance = Math.abs(place - j);
            double weight = cubic ? cubic(distance) : Math.max(0, 1 - distance);
            weights[Math.max(0, Math.min(j, weights.length - 1))] += weight;
        }
        return weights;
    }

    /** Keys' function with a = -0.75. */
    private static double cubic(double d) {
        if (d <= 1) {
            return 1.25 * Math.pow(d, 3) - 2.25 * d * d + 1;
        }
        return d < 2 ? -0.75 * (Math.pow(d, 3) - 5 * d * d + 8 * d - 4) : 0;
    }

    /** Where an output lies among the inputs. */
    private static double place(Upsample layer, int axis, int i) {
        int in = layer.input().size(axis + 1);
        int out = layer.output().size(axis + 1);
        float step = (float) in / out;
        if (layer.size().isEmpty()) {
            step = (float) (1
                    / layer.scaleFactor().get(Math.min(axis, layer.scaleFactor().size() - 1)));
        }
        if (layer.mode() == Upsample.Mode.NEAREST) {
            return Math.min(Math.floor(step * i), in - 1);
        } else if (layer.alignCorners()) {
            return out == 1 ? 0 : (float) (in - 1) / (out - 1) * (double) i;
        }
        double centred = step * (i + 0.5) - 0.5;
        if (layer.mode() == Upsample.Mode.BICUBIC) {
            return centred;
        }
        return in == out ? i : Math.min(Math.max(centred, 0), in - 1);
    }

    static double[] resample(Upsample layer, Call call) {
        double[] y = new double[call.samples() * layer.output().elements()];
        terms(layer, call.samples(), (to, from, weight) -> y[to] += weight * call.input()[from]);
        return y;
    }

    static double[] gradient(Upsample layer, Call call, double[] gradient) {
        double[] byInput = new double[call.input().length];
        terms(layer, call.samples(), (to, from, weight) -> byInput[from] += weight * gradient[to]);
        return byInput;
    }
}
