package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.runtime.optim.SGD;
import java.util.LinkedHashMap;
import java.util.Map;

/** Training steps with plain SGD. */
final class TrainingJob implements Job {
    private static final int CHECKED_STEPS = 3;

    private final Subject net;
    private final Batches batches;
    private final int n;
    private final SGD optimizer;

    TrainingJob(Subject net, Batches batches, int n, float rate) {
        this.net = net;
        this.batches = batches;
        this.n = n;
        this.optimizer = SGD.of(rate);
    }

    @Override
    public void step(long batch) {
        train(batch);
    }

    private float train(long batch) {
        int b = (int) (batch % batches.pool());
        return net.training().step(batches.x()[b], batches.y()[b], n, optimizer);
    }

    @Override
    public Map<String, double[]> check() {
        Map<String, double[]> results = new LinkedHashMap<>();
        float[] outputs = new float[n * net.outputElements()];
        net.prediction().predict(batches.x()[0], n, outputs);
        results.put("outputs", Job.sampled(outputs, outputs.length));
        results.put("loss", new double[] {net.evaluation().loss(batches.x()[0], batches.y()[0], n)});
        // Dropout draws other masks elsewhere.
        if (!net.hasDropout()) {
            double[] losses = new double[CHECKED_STEPS];
            for (int i = 0; i < CHECKED_STEPS; i++) {
                losses[i] = train(i);
            }
            results.put("losses", losses);
        }
        return results;
    }
}
