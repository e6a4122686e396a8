package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.EmbeddingBag;
import dev.netwright.processor.graph.layer.RowReader;
import dev.netwright.processor.reference.ReferenceGradients.ByState;

/** Layers that read rows of a weight by indices. */
final class ReferenceRows {
    private ReferenceRows() {}

    static double[] gather(RowReader layer, Call call) {
        int length = layer.rowLength();
        double[] y = new double[call.input().length * length];
        for (int i = 0; i < y.length; i++) {
            y[i] = call.state().get("weight")[(int) call.input()[i / length] * length + i % length];
        }
        return y;
    }

    static double[] bag(EmbeddingBag bag, Call call) {
        double[] y = new double[call.samples() * bag.rowLength()];
        for (int i = 0; i < y.length; i++) {
            double[] weights = shares(bag, call, i);
            for (int p = 0; p < weights.length; p++) {
                y[i] += weights[p] == 0 ? 0 : weights[p] * element(bag, call, i, p);
            }
        }
        return y;
    }

    /** An output's row, for each of its indices. */
    private static int row(EmbeddingBag bag, Call call, int output, int position) {
        return (int) call.input()[output / bag.rowLength() * bag.length() + position];
    }

    private static double element(EmbeddingBag bag, Call call, int output, int position) {
        int row = row(bag, call, output, position);
        return call.state().get("weight")[row * bag.rowLength() + output % bag.rowLength()];
    }

    /** How much of each row an output is. */
    private static double[] shares(EmbeddingBag bag, Call call, int output) {
        double[] shares = new double[bag.length()];
        int count = 0;
        int largest = -1;
        for (int p = 0; p < shares.length; p++) {
            if (row(bag, call, output, p) != bag.padding()) {
                shares[p] = 1;
                count++;
                boolean larger = largest < 0 || element(bag, call, output, p) > element(bag, call, output, largest);
                largest = larger ? p : largest;
            }
        }
        for (int p = 0; p < shares.length; p++) {
            if (bag.mode() == EmbeddingBag.Mode.MEAN) {
                shares[p] /= Math.max(1, count);
            } else if (bag.mode() == EmbeddingBag.Mode.MAX) {
                shares[p] = p == largest ? 1 : 0;
            }
        }
        if (bag.mode() == EmbeddingBag.Mode.MAX) {
            call.arithmetic().side(largest < 0 ? largest : row(bag, call, output, largest));
        }
        return shares;
    }

    static double[] bagGradient(EmbeddingBag bag, Call call, double[] gradient, ByState byState) {
        double[] byWeight = new double[bag.rows() * bag.rowLength()];
        double[] magnitudes = new double[byWeight.length];
        for (int i = 0; i < gradient.length; i++) {
            double[] shares = shares(bag, call, i);
            for (int p = 0; p < shares.length; p++) {
                int at = row(bag, call, i, p) * bag.rowLength() + i % bag.rowLength();
                byWeight[at] += gradient[i] * shares[p];
                magnitudes[at] += Math.abs(gradient[i] * shares[p]);
            }
        }
        byState.put("weight", byWeight, magnitudes);
        return new double[call.input().length];
    }

    static double[] gradient(RowReader layer, Call call, double[] gradient, ByState byState) {
        int length = layer.rowLength();
        double[] byWeight = new double[layer.rows() * length];
        double[] magnitudes = new double[byWeight.length];
        for (int i = 0; i < gradient.length; i++) {
            int row = (int) call.input()[i / length];
            if (row != layer.padding()) {
                byWeight[row * length + i % length] += gradient[i];
                magnitudes[row * length + i % length] += Math.abs(gradient[i]);
            }
        }
        byState.put("weight", byWeight, magnitudes);
        return new double[call.input().length];
    }
}
