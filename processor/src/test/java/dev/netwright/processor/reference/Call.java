package dev.netwright.processor.reference;

import java.util.List;
import java.util.Map;

/**
 * What a layer is applied to.
 *
 * @param samples number of samples
 * @param training whether batch statistics and dropout are used
 * @param inputs one array for each input, sample after sample in row-major order
 * @param state parameters and buffers by the last part of their key, in PyTorch's layout
 * @param mask what the layer drew, as {@link ReferenceDraws#ofLastPass} tells it
 * @param updated where new buffers are put
 * @param arithmetic how numbers are rounded
 */
public record Call(
        int samples,
        boolean training,
        List<double[]> inputs,
        Map<String, double[]> state,
        double[] mask,
        Map<String, double[]> updated,
        Arithmetic arithmetic) {
    /** A call that computes exactly. */
    public Call(
            int samples,
            boolean training,
            List<double[]> inputs,
            Map<String, double[]> state,
            double[] mask,
            Map<String, double[]> updated) {
        this(samples, training, inputs, state, mask, updated, Arithmetic.exact());
    }

    double[] input() {
        return inputs.get(0);
    }

    double round(double x) {
        return arithmetic.round(x);
    }

    boolean side(boolean side) {
        return arithmetic.side(side);
    }
}
