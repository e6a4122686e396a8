package dev.netwright.training.trainer;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import java.util.Map;

/** What an epoch has added up so far, so that one that is resumed in its middle still reports all of itself. */
final class EpochSums implements Stateful {
    private LossMean loss = new LossMean();
    private double seconds;
    private long samples;

    void add(double batchLoss, double weight, int size) {
        loss.add(batchLoss, weight);
        samples += size;
    }

    void took(double more) {
        seconds += more;
    }

    void clear() {
        loss = new LossMean();
        seconds = 0;
        samples = 0;
    }

    double meanLoss() {
        return loss.value();
    }

    double seconds() {
        return seconds;
    }

    long samples() {
        return samples;
    }

    @Override
    public Map<String, Tensor> stateDict() {
        return new StateWriter()
                .put("loss", new double[] {loss.sum()})
                .put("weight", new double[] {loss.weight()})
                .put("seconds", new double[] {seconds})
                .put("samples", samples)
                .stateDict();
    }

    @Override
    public Runnable prepareLoad(Map<String, Tensor> state) {
        StateReader reader = new StateReader("The epoch's sums", state);
        double loadedLoss = reader.reals("loss", 1)[0];
        double loadedWeight = reader.reals("weight", 1)[0];
        double loadedSeconds = reader.reals("seconds", 1)[0];
        long loadedSamples = reader.integer("samples", 0, Long.MAX_VALUE);
        reader.end();
        return () -> {
            loss = new LossMean(loadedLoss, loadedWeight);
            seconds = loadedSeconds;
            samples = loadedSamples;
        };
    }
}
