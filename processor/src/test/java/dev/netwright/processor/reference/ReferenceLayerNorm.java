package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.layer.LayerNorm;
import dev.netwright.processor.graph.layer.LayerNorm2d;
import dev.netwright.processor.reference.ReferenceGradients.ByState;

/** Normalisation of each sample's last dimensions, or of each pixel's channels. */
final class ReferenceLayerNorm {
    /**
     * Where normalised elements lie.
     *
     * @param size how many are normalised together
     * @param step from one to the next
     */
    private record Rows(int size, int step, double eps, boolean affine, boolean bias) {
        static Rows of(Layer layer) {
            if (layer instanceof LayerNorm norm) {
                return new Rows(norm.parameter().elements(), 1, norm.eps(), norm.affine(), norm.bias());
            }
            LayerNorm2d norm = (LayerNorm2d) layer;
            int pixels = norm.output().size(1) * norm.output().size(2);
            return new Rows(norm.output().size(0), pixels, norm.eps(), norm.affine(), norm.bias());
        }

        int first(int row) {
            return row / step * step * size + row % step;
        }
    }

    private ReferenceLayerNorm() {}

    static double[] normalise(Layer layer, Call call) {
        Rows rows = Rows.of(layer);
        double[] y = normal(rows, call, new double[call.input().length / rows.size]);
        for (int row = 0; row < y.length / rows.size; row++) {
            for (int k = 0; k < rows.size; k++) {
                int i = rows.first(row) + k * rows.step;
                y[i] *= rows.affine ? call.state().get("weight")[k] : 1;
                y[i] += rows.bias ? call.state().get("bias")[k] : 0;
            }
        }
        return y;
    }

    private static double[] normal(Rows rows, Call call, double[] inverses) {
        double[] x = call.input();
        double[] normal = new double[x.length];
        for (int row = 0; row < inverses.length; row++) {
            int first = rows.first(row);
            double mean = 0;
            double variance = 0;
            for (int k = 0; k < rows.size; k++) {
                mean += x[first + k * rows.step] / rows.size;
            }
            mean = call.round(mean);
            for (int k = 0; k < rows.size; k++) {
                variance += Math.pow(x[first + k * rows.step] - mean, 2) / rows.size;
            }
            inverses[row] = call.round(1 / Math.sqrt(variance + rows.eps));
            for (int k = 0; k < rows.size; k++) {
                normal[first + k * rows.step] = (x[first + k * rows.step] - mean) * inverses[row];
            }
        }
        return normal;
    }

    static double[] gradient(Layer layer, Call call, double[] gradient, ByState byState) {
        Rows rows = Rows.of(layer);
        double[] inverses = new double[gradient.length / rows.size];
        double[] normal = normal(rows, call, inverses);
        double[] byWeight = new double[rows.size];
        double[] byBias = new double[rows.size];
        double[] magnitudesOfWeight = new double[rows.size];
        double[] magnitudes = new double[rows.size];
        double[] byInput = new double[gradient.length];
        for (int row = 0; row < inverses.length; row++) {
            double shift = 0;
            double slope = 0;
            double[] scaled = new double[rows.size];
            for (int k = 0; k < rows.size; k++) {
                int i = rows.first(row) + k * rows.step;
                byWeight[k] += gradient[i] * normal[i];
                byBias[k] += gradient[i];
                magnitudesOfWeight[k] += Math.abs(gradient[i] * normal[i]);
                magnitudes[k] += Math.abs(gradient[i]);
                scaled[k] = call.round(gradient[i] * (rows.affine ? call.state().get("weight")[k] : 1));
                shift += scaled[k] / rows.size;
                slope += scaled[k] * normal[i] / rows.size;
            }
            shift = call.round(shift);
            slope = call.round(slope);
            for (int k = 0; k < rows.size; k++) {
                int i = rows.first(row) + k * rows.step;
                byInput[i] = (scaled[k] - shift - normal[i] * slope) * inverses[row];
            }
        }
        if (rows.affine) {
            byState.put("weight", byWeight, magnitudesOfWeight);
        }
        if (rows.bias) {
            byState.put("bias", byBias, magnitudes);
        }
        return byInput;
    }
}
