package dev.netwright.benchmarks.libtorch;

import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.LayerShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The gradients of a convolution by weights and bias, and by its input too if asked for. */
final class ConvolutionBackwardJob implements Job {
    private final Tensor[] x;
    private final Tensor[] g;
    private final Tensor weight;
    private final int groups;
    private final boolean both;
    private final LongArrayRefOptional biasSizes;
    private final LongArrayRef stride;
    private final LongArrayRef padding;
    private final LongArrayRef one = Operations.sizes(1, 1);
    private final LongArrayRef zero = Operations.sizes(0, 0);
    private final BoolPointer mask;

    ConvolutionBackwardJob(LayerShape shape, Tensor[] x, Tensor[] g, Tensor weight, boolean both) {
        this.x = x;
        this.g = g;
        this.weight = weight;
        this.groups = shape.groups();
        this.both = both;
        this.biasSizes = new LongArrayRefOptional(Operations.sizes(shape.outChannels()));
        this.stride = Operations.sizes(shape.stride(), shape.stride());
        this.padding = Operations.sizes(shape.padding(), shape.padding());
        this.mask = new BoolPointer(3);
        mask.put(0, both).put(1, true).put(2, true);
    }

    @Override
    public void step(long batch) {
        PointerScope scope = new PointerScope();
        try {
            backward(batch);
        } finally {
            scope.close();
        }
    }

    private T_TensorTensorTensor_T backward(long batch) {
        int b = (int) (batch % x.length);
        return torch.convolution_backward(
                g[b], x[b], weight, biasSizes, stride, padding, one, false, zero, groups, mask);
    }

    @Override
    public Map<String, double[]> check() {
        Map<String, double[]> results = new LinkedHashMap<>();
        PointerScope scope = new PointerScope();
        try {
            T_TensorTensorTensor_T gradients = backward(0);
            if (both) {
                results.put("input gradient", Tensors.sampled(gradients.get0()));
            }
            results.put("weight gradient", Tensors.sampled(gradients.get1()));
            results.put("bias gradient", Tensors.sampled(gradients.get2()));
        } finally {
            scope.close();
        }
        return results;
    }
}
