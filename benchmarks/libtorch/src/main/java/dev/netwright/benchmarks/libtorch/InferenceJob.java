package dev.netwright.benchmarks.libtorch;

import dev.netwright.benchmarks.harness.Job;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A forward pass. */
final class InferenceJob implements Job {
    private final UnaryOperator<Tensor> net;
    private final Tensor[] x;

    InferenceJob(UnaryOperator<Tensor> net, Tensor[] x) {
        this.net = net;
        this.x = x;
    }

    @Override
    public void step(long batch) {
        PointerScope scope = new PointerScope();
        try {
            net.apply(x[(int) (batch % x.length)]);
        } finally {
            scope.close();
        }
    }

    @Override
    public Map<String, double[]> check() {
        PointerScope scope = new PointerScope();
        try {
            return Map.of("outputs", Tensors.sampled(net.apply(x[0])));
        } finally {
            scope.close();
        }
    }
}
