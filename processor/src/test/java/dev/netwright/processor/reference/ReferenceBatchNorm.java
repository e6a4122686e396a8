package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.BatchNorm2d;

/** Batch normalisation over samples, rows and columns. */
final class ReferenceBatchNorm {
    private ReferenceBatchNorm() {}

    static double[] normalise(BatchNorm2d layer, Call call) {
        int channels = layer.output().size(0);
        int pixels = layer.output().elements() / channels;
        double[] x = call.input();
        double[] y = new double[x.length];
        double[] means = new double[channels];
        double[] variances = new double[channels];
        for (int i = 0; i < x.length; i++) {
            means[i / pixels % channels] += x[i] / (call.samples() * pixels);
        }
        for (int i = 0; i < x.length; i++) {
            int c = i / pixels % channels;
            variances[c] += Math.pow(x[i] - means[c], 2) / (call.samples() * pixels);
        }
        if (layer.track() && call.training()) {
            update(layer, call, means, variances, call.samples() * pixels);
        }
        boolean own = call.training() || !layer.track();
        double[] mean = own ? means : call.state().get("running_mean");
        double[] variance = own ? variances : call.state().get("running_var");
        for (int i = 0; i < x.length; i++) {
            int c = i / pixels % channels;
            y[i] = (x[i] - mean[c]) / Math.sqrt(variance[c] + layer.eps());
            y[i] *= layer.affine() ? call.state().get("weight")[c] : 1;
            y[i] += layer.bias() ? call.state().get("bias")[c] : 0;
        }
        return y;
    }

    private static void update(BatchNorm2d layer, Call call, double[] means, double[] variances, int count) {
        double batches = call.state().get("num_batches_tracked")[0] + 1;
        double share = layer.cumulative() ? 1 / batches : layer.momentum();
        double[] mean = call.state().get("running_mean").clone();
        double[] variance = call.state().get("running_var").clone();
        for (int c = 0; c < mean.length; c++) {
            mean[c] = (1 - share) * mean[c] + share * means[c];
            variance[c] = (1 - share) * variance[c] + share * variances[c] * count / (count - 1);
        }
        call.updated().put("running_mean", mean);
        call.updated().put("running_var", variance);
        call.updated().put("num_batches_tracked", new double[] {batches});
    }
}
