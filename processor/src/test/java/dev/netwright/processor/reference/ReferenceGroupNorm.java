package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.GroupNorm;

/** Normalisation of each group of channels of each sample. */
final class ReferenceGroupNorm {
    private ReferenceGroupNorm() {}

    static double[] normalise(GroupNorm layer, Call call) {
        int channels = layer.output().size(0);
        int positions = layer.output().elements() / channels;
        int size = layer.output().elements() / layer.groups();
        double[] x = call.input();
        double[] y = new double[x.length];
        for (int start = 0; start < x.length; start += size) {
            double mean = 0;
            double variance = 0;
            for (int i = start; i < start + size; i++) {
                mean += x[i] / size;
            }
            for (int i = start; i < start + size; i++) {
                variance += Math.pow(x[i] - mean, 2) / size;
            }
            for (int i = start; i < start + size; i++) {
                int channel = i / positions % channels;
                y[i] = (x[i] - mean) / Math.sqrt(variance + layer.eps());
                y[i] *= layer.affine() ? call.state().get("weight")[channel] : 1;
                y[i] += layer.bias() ? call.state().get("bias")[channel] : 0;
            }
        }
        return y;
    }
}
