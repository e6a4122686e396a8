package dev.netwright.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Layers over given parameters. Every argument object is made once: in a step only the operators of libtorch are called,
 * as a C++ program would.
 */
final class Operations {
    private static final List<Object> KEPT = new ArrayList<>();
    private static final LongArrayRef ONE = sizes(1, 1);
    private static final LongArrayRef ZERO = sizes(0, 0);
    private static final TensorOptional NONE = new TensorOptional();

    private final Map<String, Tensor> state;
    private boolean training;

    Operations(Map<String, Tensor> state) {
        this.state = state;
    }

    void training(boolean value) {
        training = value;
    }

    /** A list of sizes whose memory lives as long as the process. */
    static LongArrayRef sizes(long... values) {
        LongPointer memory = new LongPointer(values);
        KEPT.add(memory);
        return new LongArrayRef(memory, values.length);
    }

    private TensorOptional optional(String key) {
        return state.containsKey(key) ? new TensorOptional(state.get(key)) : NONE;
    }

    UnaryOperator<Tensor> convolution(String name, int stride, int padding) {
        Tensor weight = state.get(name + ".weight");
        TensorOptional bias = optional(name + ".bias");
        LongArrayRef strides = sizes(stride, stride);
        LongArrayRef paddings = sizes(padding, padding);
        return x -> torch.conv2d(x, weight, bias, strides, paddings, ONE, 1);
    }

    UnaryOperator<Tensor> linear(String name) {
        Tensor weight = state.get(name + ".weight");
        TensorOptional bias = optional(name + ".bias");
        return x -> torch.linear(x, weight, bias);
    }

    UnaryOperator<Tensor> batchNorm(String name) {
        TensorOptional weight = optional(name + ".weight");
        TensorOptional bias = optional(name + ".bias");
        TensorOptional mean = optional(name + ".running_mean");
        TensorOptional variance = optional(name + ".running_var");
        return x -> torch.batch_norm(x, weight, bias, mean, variance, training, 0.1, 1e-5, false);
    }

    static UnaryOperator<Tensor> maxPool(int kernel, int stride, int padding) {
        LongArrayRef kernels = sizes(kernel, kernel);
        LongArrayRef strides = sizes(stride, stride);
        LongArrayRef paddings = sizes(padding, padding);
        return x -> torch.max_pool2d(x, kernels, strides, paddings, ONE, false);
    }

    static UnaryOperator<Tensor> avgPool(int kernel) {
        LongArrayRef kernels = sizes(kernel, kernel);
        LongOptional none = new LongOptional();
        return x -> torch.avg_pool2d(x, kernels, kernels, ZERO, false, true, none);
    }

    static UnaryOperator<Tensor> adaptiveAvgPool(int size) {
        LongArrayRef sizes = sizes(size, size);
        return x -> torch.adaptive_avg_pool2d(x, sizes);
    }

    UnaryOperator<Tensor> dropout() {
        return x -> torch.dropout(x, 0.5, training);
    }

    static Tensor flatten(Tensor x) {
        return torch.flatten(x, 1, -1);
    }
}
