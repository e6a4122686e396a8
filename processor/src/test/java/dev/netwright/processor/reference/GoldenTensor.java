package dev.netwright.processor.reference;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor of a golden vector.
 *
 * @param shape PyTorch's, with the batch
 * @param data row-major, as written: nine digits
 */
public record GoldenTensor(List<Integer> shape, double[] data) {
    /** The float32 values that PyTorch was given: nine digits name one float. */
    public double[] floats() {
        return Arrays.stream(data).map(value -> (float) value).toArray();
    }
}
