package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Upsample;

/** Resampled images, pixel by pixel. */
final class ReferenceUpsample {
    private ReferenceUpsample() {}

    /** What is done with each term: places in output and input, and the weight. */
    private interface Term {
        void at(int y, int x, double weight);
    }

    private static void terms(Upsample layer, int samples, Term term) {
        Shape in = layer.input();
        Shape out = layer.output();
        for (int plane = 0; plane < samples * in.size(0); plane++) {
            for (int row = 0; row < out.size(1); row++) {
                for (int column = 0; column < out.size(2); column++) {
                    int to = (plane * out.size(1) + row) * out.size(2) + column;
                    double r = place(layer, 1, row);
                    double q = place(layer, 2, column);
                    for (int top = (int) r; top <= Math.min(Math.ceil(r), in.size(1) - 1); top++) {
                        for (int left = (int) q; left <= Math.min(Math.ceil(q), in.size(2) - 1); left++) {
                            int from = (plane * in.size(1) + top) * in.size(2) + left;
                            term.at(to, from, near(r, top) * near(q, left));
                        }
                    }
                }
            }
        }
    }

    private static double near(double place, int input) {
        return 1 - Math.abs(place - input);
    }

    /** Where an output lies among the inputs; between the last and what would follow it, on the last. */
    private static double place(Upsample layer, int dimension, int i) {
        int in = layer.input().size(dimension);
        int out = layer.output().size(dimension);
        int side = dimension - 1;
        float step = (float) in / out;
        if (layer.size().isEmpty()) {
            step = (float) (1
                    / layer.scaleFactor().get(Math.min(side, layer.scaleFactor().size() - 1)));
        }
        if (layer.mode() == Upsample.Mode.NEAREST) {
            return Math.min(Math.floor(step * i), in - 1);
        } else if (in == out) {
            return i;
        } else if (layer.alignCorners()) {
            return out == 1 ? 0 : Math.min((float) (in - 1) / (out - 1) * (double) i, in - 1);
        }
        return Math.min(Math.max(step * (i + 0.5) - 0.5, 0), in - 1);
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
