package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.InstanceNorm;
import dev.netwright.processor.reference.ReferenceGradients.ByState;

/** Normalisation of each channel of each sample. */
final class ReferenceInstanceNorm {
    private ReferenceInstanceNorm() {}

    /** Of each channel of each sample, in turn. */
    private record Statistics(double[] means, double[] variances) {}

    static double[] normalise(InstanceNorm layer, Call call) {
        int channels = layer.output().size(0);
        int pixels = layer.output().elements() / channels;
        Statistics used = used(layer, call);
        if (layer.track() && call.training()) {
            update(layer, call, used, pixels);
        }
        double[] y = normal(layer, call, used);
        for (int i = 0; i < y.length; i++) {
            int c = i / pixels % channels;
            y[i] = layer.affine()
                    ? y[i] * call.state().get("weight")[c] + call.state().get("bias")[c]
                    : y[i];
        }
        return y;
    }

    private static Statistics used(InstanceNorm layer, Call call) {
        int channels = layer.output().size(0);
        int pixels = layer.output().elements() / channels;
        double[] means = new double[call.samples() * channels];
        double[] variances = new double[means.length];
        for (int i = 0; i < means.length; i++) {
            if (layer.track() && !call.training()) {
                means[i] = call.state().get("running_mean")[i % channels];
                variances[i] = call.state().get("running_var")[i % channels];
                continue;
            }
            for (int k = 0; k < pixels; k++) {
                means[i] += call.input()[i * pixels + k] / pixels;
            }
            means[i] = call.round(means[i]);
            for (int k = 0; k < pixels; k++) {
                variances[i] += Math.pow(call.input()[i * pixels + k] - means[i], 2) / pixels;
            }
            variances[i] = call.round(variances[i]);
        }
        return new Statistics(means, variances);
    }

    private static double inverse(InstanceNorm layer, Call call, Statistics used, int instance) {
        return call.round(1 / Math.sqrt(used.variances[instance] + layer.eps()));
    }

    private static double[] normal(InstanceNorm layer, Call call, Statistics used) {
        int pixels = call.input().length / used.means.length;
        double[] normal = new double[call.input().length];
        for (int i = 0; i < normal.length; i++) {
            normal[i] = (call.input()[i] - used.means[i / pixels]) * inverse(layer, call, used, i / pixels);
        }
        return normal;
    }

    /** The counter stays, as PyTorch's. */
    private static void update(InstanceNorm layer, Call call, Statistics own, int pixels) {
        double[] mean = call.state().get("running_mean").clone();
        double[] variance = call.state().get("running_var").clone();
        for (int c = 0; c < mean.length; c++) {
            double ofBatch = 0;
            double spread = 0;
            for (int i = c; i < own.means.length; i += mean.length) {
                ofBatch += own.means[i] / call.samples();
                spread += own.variances[i] * pixels / (pixels - 1) / call.samples();
            }
            mean[c] = (1 - layer.momentum()) * mean[c] + layer.momentum() * ofBatch;
            variance[c] = (1 - layer.momentum()) * variance[c] + layer.momentum() * spread;
        }
        call.updated().put("running_mean", mean);
        call.updated().put("running_var", variance);
    }

    static double[] gradient(InstanceNorm layer, Call call, double[] gradient, ByState byState) {
        int channels = layer.output().size(0);
        int pixels = layer.output().elements() / channels;
        Statistics used = used(layer, call);
        double[] normal = normal(layer, call, used);
        double[] scaled = ReferenceBatchNorm.throughScale(
                channels, pixels, layer.affine(), layer.affine(), call, normal, gradient, byState);
        double[] byInput = new double[gradient.length];
        for (int instance = 0; instance < used.means.length; instance++) {
            double shift = 0;
            double slope = 0;
            for (int i = instance * pixels; i < (instance + 1) * pixels; i++) {
                boolean ownStatistics = call.training() || !layer.track();
                shift += ownStatistics ? scaled[i] / pixels : 0;
                slope += ownStatistics ? scaled[i] * normal[i] / pixels : 0;
            }
            shift = call.round(shift);
            slope = call.round(slope);
            for (int i = instance * pixels; i < (instance + 1) * pixels; i++) {
                byInput[i] = (scaled[i] - shift - normal[i] * slope) * inverse(layer, call, used, instance);
            }
        }
        return byInput;
    }
}
