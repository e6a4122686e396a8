package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.GroupNorm;
import dev.netwright.processor.reference.ReferenceGradients.ByState;

/** Normalisation of each group of channels of each sample. */
final class ReferenceGroupNorm {
    private ReferenceGroupNorm() {}

    static double[] normalise(GroupNorm layer, Call call) {
        int channels = layer.output().size(0);
        int positions = layer.output().elements() / channels;
        double[] y = normal(layer, call, null);
        for (int i = 0; i < y.length; i++) {
            int channel = i / positions % channels;
            y[i] *= layer.affine() ? call.state().get("weight")[channel] : 1;
            y[i] += layer.bias() ? call.state().get("bias")[channel] : 0;
        }
        return y;
    }

    /** Without weight and bias; the inverse deviation of each element's group goes to an array, if there is one. */
    private static double[] normal(GroupNorm layer, Call call, double[] inverses) {
        int size = layer.output().elements() / layer.groups();
        double[] x = call.input();
        double[] normal = new double[x.length];
        for (int start = 0; start < x.length; start += size) {
            double mean = 0;
            double variance = 0;
            for (int i = start; i < start + size; i++) {
                mean += x[i] / size;
            }
            mean = call.round(mean);
            for (int i = start; i < start + size; i++) {
                variance += Math.pow(x[i] - mean, 2) / size;
            }
            double inverse = call.round(1 / Math.sqrt(variance + layer.eps()));
            for (int i = start; i < start + size; i++) {
                normal[i] = (x[i] - mean) * inverse;
                if (inverses != null) {
                    inverses[i] = inverse;
                }
            }
        }
        return normal;
    }

    static double[] gradient(GroupNorm layer, Call call, double[] gradient, ByState byState) {
        int channels = layer.output().size(0);
        int positions = layer.output().elements() / channels;
        int size = layer.output().elements() / layer.groups();
        double[] inverses = new double[gradient.length];
        double[] normal = normal(layer, call, inverses);
        double[] scaled = ReferenceBatchNorm.throughScale(
                channels, positions, layer.affine(), layer.bias(), call, normal, gradient, byState);
        double[] byInput = new double[gradient.length];
        for (int start = 0; start < byInput.length; start += size) {
            double shift = 0;
            double slope = 0;
            for (int i = start; i < start + size; i++) {
                shift += scaled[i] / size;
                slope += scaled[i] * normal[i] / size;
            }
            shift = call.round(shift);
            slope = call.round(slope);
            for (int i = start; i < start + size; i++) {
                byInput[i] = (scaled[i] - shift - normal[i] * slope) * inverses[i];
            }
        }
        return byInput;
    }
}
