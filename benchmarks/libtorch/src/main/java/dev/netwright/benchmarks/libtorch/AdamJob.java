package dev.netwright.benchmarks.libtorch;

import dev.netwright.benchmarks.harness.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Updates by Adam, always with the same gradient: that of a fully connected layer for one sample. */
final class AdamJob implements Job {
    private static final int CHECKED_STEPS = 3;

    private final Tensor weight;
    private final Tensor bias;
    private final Adam optimizer;

    AdamJob(Tensor weight, Tensor bias, Tensor x, Tensor g, double rate) {
        this.weight = weight.set_requires_grad(true);
        this.bias = bias.set_requires_grad(true);
        weight.mutable_grad().put(g.t().matmul(x));
        bias.mutable_grad().put(g.view(-1));
        optimizer = new Adam(new TensorVector(weight, bias), new AdamOptions(rate));
    }

    @Override
    public void step(long batch) {
        PointerScope scope = new PointerScope();
        try {
            optimizer.step();
        } finally {
            scope.close();
        }
    }

    @Override
    public Map<String, double[]> check() {
        for (int i = 0; i < CHECKED_STEPS; i++) {
            step(i);
        }
        Map<String, double[]> results = new LinkedHashMap<>();
        results.put("weights", Tensors.sampled(weight));
        results.put("bias", Tensors.sampled(bias));
        return results;
    }
}
