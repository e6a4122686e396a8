package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.BatchNorm;
import dev.netwright.processor.reference.ReferenceGradients.ByState;

/** Batch normalisation over samples, rows and columns. */
final class ReferenceBatchNorm {
    private ReferenceBatchNorm() {}

    /**
     * What a channel is normalised by.
     *
     * @param means by channel
     * @param variances by channel, biased
     */
    private record Statistics(double[] means, double[] variances) {}

    static double[] normalise(BatchNorm layer, Call call) {
        int channels = layer.output().size(0);
        int pixels = layer.output().elements() / channels;
        Statistics used = used(layer, channels, pixels, call);
        if (layer.track() && call.training()) {
            update(layer, call, used, call.samples() * pixels);
        }
        double[] y = normal(layer, call, used);
        for (int i = 0; i < y.length; i++) {
            int c = i / pixels % channels;
            y[i] *= layer.affine() ? call.state().get("weight")[c] : 1;
            y[i] += layer.bias() ? call.state().get("bias")[c] : 0;
        }
        return y;
    }

    private static boolean usesBatch(BatchNorm layer, Call call) {
        return call.training() || !layer.track();
    }

    private static Statistics used(BatchNorm layer, int channels, int pixels, Call call) {
        return usesBatch(layer, call)
                ? statistics(channels, pixels, call)
                : new Statistics(call.state().get("running_mean"), call.state().get("running_var"));
    }

    private static Statistics statistics(int channels, int pixels, Call call) {
        double[] x = call.input();
        double[] means = new double[channels];
        double[] variances = new double[channels];
        for (int i = 0; i < x.length; i++) {
            means[i / pixels % channels] += x[i] / (call.samples() * pixels);
        }
        call.arithmetic().round(means);
        for (int i = 0; i < x.length; i++) {
            int c = i / pixels % channels;
            variances[c] += Math.pow(x[i] - means[c], 2) / (call.samples() * pixels);
        }
        return new Statistics(means, call.arithmetic().round(variances));
    }

    private static double[] normal(BatchNorm layer, Call call, Statistics statistics) {
        int channels = statistics.means.length;
        int pixels = layer.output().elements() / channels;
        double[] inverses = inverses(layer, call, statistics);
        double[] normal = new double[call.input().length];
        for (int i = 0; i < normal.length; i++) {
            int c = i / pixels % channels;
            normal[i] = (call.input()[i] - statistics.means[c]) * inverses[c];
        }
        return normal;
    }

    private static double[] inverses(BatchNorm layer, Call call, Statistics statistics) {
        double[] inverses = new double[statistics.variances.length];
        for (int c = 0; c < inverses.length; c++) {
            inverses[c] = call.round(1 / Math.sqrt(statistics.variances[c] + layer.eps()));
        }
        return inverses;
    }

    private static void update(BatchNorm layer, Call call, Statistics own, int count) {
        double batches = call.state().get("num_batches_tracked")[0] + 1;
        double share = layer.cumulative() ? 1 / batches : layer.momentum();
        double[] mean = call.state().get("running_mean").clone();
        double[] variance = call.state().get("running_var").clone();
        for (int c = 0; c < mean.length; c++) {
            mean[c] = (1 - share) * mean[c] + share * own.means[c];
            variance[c] = (1 - share) * variance[c] + share * own.variances[c] * count / (count - 1);
        }
        call.updated().put("running_mean", mean);
        call.updated().put("running_var", variance);
        call.updated().put("num_batches_tracked", new double[] {batches});
    }

    static double[] gradient(BatchNorm layer, Call call, double[] gradient, ByState byState) {
        int channels = layer.output().size(0);
        int pixels = layer.output().elements() / channels;
        double count = call.samples() * pixels;
        Statistics used = used(layer, channels, pixels, call);
        double[] normal = normal(layer, call, used);
        double[] scaled = throughScale(channels, pixels, layer.affine(), layer.bias(), call, normal, gradient, byState);
        double[] shifts = new double[channels];
        double[] slopes = new double[channels];
        for (int i = 0; i < scaled.length && usesBatch(layer, call); i++) {
            int c = i / pixels % channels;
            shifts[c] += scaled[i] / count;
            slopes[c] += scaled[i] * normal[i] / count;
        }
        call.arithmetic().round(shifts);
        call.arithmetic().round(slopes);
        double[] inverses = inverses(layer, call, used);
        double[] byInput = new double[scaled.length];
        for (int i = 0; i < byInput.length; i++) {
            int c = i / pixels % channels;
            byInput[i] = (scaled[i] - shifts[c] - normal[i] * slopes[c]) * inverses[c];
        }
        return byInput;
    }

    /** The gradient by what is scaled and shifted per channel; those by scale and shift go to the state's. */
    static double[] throughScale(
            int channels,
            int positions,
            boolean scales,
            boolean shifts,
            Call call,
            double[] normal,
            double[] gradient,
            ByState byState) {
        double[] weight = call.state().get("weight");
        double[] byWeight = new double[channels];
        double[] byBias = new double[channels];
        double[] magnitudes = new double[channels];
        double[] magnitudesOfWeight = new double[channels];
        double[] scaled = new double[gradient.length];
        for (int i = 0; i < scaled.length; i++) {
            int c = i / positions % channels;
            byWeight[c] += gradient[i] * normal[i];
            byBias[c] += gradient[i];
            magnitudes[c] += Math.abs(gradient[i]);
            magnitudesOfWeight[c] += Math.abs(gradient[i] * normal[i]);
            scaled[i] = call.round(gradient[i] * (scales ? weight[c] : 1));
        }
        if (scales) {
            byState.put("weight", byWeight, magnitudesOfWeight);
        }
        if (shifts) {
            byState.put("bias", byBias, magnitudes);
        }
        return scaled;
    }
}
