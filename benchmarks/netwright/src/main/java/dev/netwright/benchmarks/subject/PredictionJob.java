package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Job;
import java.util.Map;

/** Predictions of one sample into an array that is reused. */
final class PredictionJob implements Job {
    private final Subject.Prediction net;
    private final Batches batches;
    private final float[] output;

    PredictionJob(Subject net, Batches batches) {
        this.net = net.prediction();
        this.batches = batches;
        this.output = new float[net.outputElements()];
    }

    @Override
    public void step(long batch) {
        net.predict(batches.x()[(int) (batch % batches.pool())], 1, output);
    }

    @Override
    public Map<String, double[]> check() {
        step(0);
        return Map.of("outputs", Job.sampled(output, output.length));
    }
}
