package dev.netwright.benchmarks.libtorch;

import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Training steps with plain SGD. */
final class TrainingJob implements Job {
    private static final int CHECKED_STEPS = 3;

    private final boolean dropout;
    private final Operations operations;
    private final UnaryOperator<Tensor> net;
    private final SGD optimizer;
    private final Tensor[] x;
    private final Tensor[] y;

    TrainingJob(Request request, Batches batches, Map<String, Tensor> state, String layout) {
        String network = request.get("network");
        dropout = network.equals("vgg16");
        TensorVector parameters = new TensorVector();
        state.forEach((key, tensor) -> {
            if (!key.contains(".running_")) {
                parameters.push_back(tensor.set_requires_grad(true));
            }
        });
        optimizer = new SGD(parameters, new SGDOptions(request.real("rate")));
        operations = new Operations(state);
        net = Networks.of(network, operations);
        x = new Tensor[batches.pool()];
        y = new Tensor[batches.pool()];
        for (int i = 0; i < x.length; i++) {
            x[i] = Tensors.of(batches.x()[i], layout, Tensors.batch(request.integer("batch"), request.input()));
            y[i] = Tensors.of(batches.y()[i]);
        }
    }

    @Override
    public void step(long batch) {
        PointerScope scope = new PointerScope();
        try {
            train(batch);
        } finally {
            scope.close();
        }
    }

    private Tensor train(long batch) {
        int b = (int) (batch % x.length);
        optimizer.zero_grad();
        Tensor loss = torch.cross_entropy_loss(net.apply(x[b]), y[b]);
        loss.backward();
        optimizer.step();
        return loss;
    }

    @Override
    public Map<String, double[]> check() {
        Map<String, double[]> results = new LinkedHashMap<>();
        PointerScope scope = new PointerScope();
        try {
            operations.training(false);
            AutoGradMode off = new AutoGradMode(false);
            try {
                Tensor outputs = net.apply(x[0]);
                results.put("outputs", Tensors.sampled(outputs));
                results.put(
                        "loss",
                        new double[] {torch.cross_entropy_loss(outputs, y[0]).item_float()});
            } finally {
                off.close();
            }
            operations.training(true);
            if (!dropout) {
                double[] losses = new double[CHECKED_STEPS];
                for (int i = 0; i < CHECKED_STEPS; i++) {
                    losses[i] = train(i).item_float();
                }
                results.put("losses", losses);
            }
        } finally {
            scope.close();
        }
        return results;
    }
}
