package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.layer.EmbeddingBag;
import dev.netwright.processor.graph.layer.RowReader;
import dev.netwright.processor.reference.ReferenceGradients.ByState;
import dev.netwright.processor.reference.ReferenceGradients.Gradients;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Layers that read rows of a weight by indices. */
public final class ReferenceRows {
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
            } else if (bag.weighted()) {
                shares[p] *= call.inputs().get(1)[output / bag.rowLength() * bag.length() + p];
            }
        }
        if (bag.mode() == EmbeddingBag.Mode.MAX) {
            call.arithmetic().side(largest < 0 ? largest : row(bag, call, output, largest));
        }
        return shares;
    }

    static Gradients bagGradients(EmbeddingBag bag, Call call, double[] gradient) {
        double[] byWeight = new double[bag.rows() * bag.rowLength()];
        double[] magnitudes = new double[byWeight.length];
        double[] byShare = new double[call.input().length];
        for (int i = 0; i < gradient.length; i++) {
            double[] shares = shares(bag, call, i);
            for (int p = 0; p < shares.length; p++) {
                int at = row(bag, call, i, p) * bag.rowLength() + i % bag.rowLength();
                double one = gradient[i] * shares[p] / frequency(bag, call, row(bag, call, i, p));
                byWeight[at] += one;
                magnitudes[at] += Math.abs(one);
                boolean counts = row(bag, call, i, p) != bag.padding();
                byShare[i / bag.rowLength() * bag.length() + p] += counts ? gradient[i] * element(bag, call, i, p) : 0;
            }
        }
        List<double[]> byInputs =
                bag.weighted() ? List.of(new double[byShare.length], byShare) : List.of(new double[byShare.length]);
        return new Gradients(
                byInputs, Map.of("weight", byWeight), Map.of("weight", ReferenceGradients.largest(magnitudes)));
    }

    static double[] gradient(RowReader layer, Call call, double[] gradient, ByState byState) {
        int length = layer.rowLength();
        double[] byWeight = new double[layer.rows() * length];
        double[] magnitudes = new double[byWeight.length];
        for (int i = 0; i < gradient.length; i++) {
            int row = (int) call.input()[i / length];
            if (row != layer.padding()) {
                double one = gradient[i] / frequency(layer, call, row);
                byWeight[row * length + i % length] += one;
                magnitudes[row * length + i % length] += Math.abs(one);
            }
        }
        byState.put("weight", byWeight, magnitudes);
        return new double[call.input().length];
    }

    /** What gradients of a row are divided by. */
    private static double frequency(RowReader layer, Call call, int row) {
        return layer.scaled() ? frequency(call.input(), row) : 1;
    }

    private static long frequency(double[] indices, int row) {
        return Arrays.stream(indices).filter(index -> index == row).count();
    }

    /**
     * The derivatives by a weight, also where the layer divides them by frequencies.
     *
     * @param layer its only reader
     * @param indices that it reads by
     * @param gradient of the weight
     */
    public static double[] derivatives(Layer layer, double[] indices, double[] gradient) {
        double[] derivatives = gradient.clone();
        if (layer instanceof RowReader rows && rows.scaled()) {
            Arrays.setAll(derivatives, i -> gradient[i] * Math.max(1, frequency(indices, i / rows.rowLength())));
        }
        return derivatives;
    }
}
