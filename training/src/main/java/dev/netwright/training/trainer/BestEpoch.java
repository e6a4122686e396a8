package dev.netwright.training.trainer;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.checkpoint.Better;
import java.util.LinkedHashMap;
import java.util.Map;

/** The best epoch so far: its figure, how long ago it was, and its weights where they are to be restored. */
final class BestEpoch implements Stateful {
    private static final String WEIGHTS = "weights.";

    private final Model model;
    private final Better better;
    private final boolean keepsWeights;
    private int epoch;
    private double value = Double.NaN;
    private int waited;
    private Map<String, Tensor> weights = Map.of();

    BestEpoch(Model model, Better better, boolean keepsWeights) {
        this.model = model;
        this.better = better;
        this.keepsWeights = keepsWeights;
    }

    /** After an epoch, with the weights that were evaluated in the model. A figure that is no number is never the best. */
    void ended(int number, double figure) {
        if (Double.isNaN(value) ? !Double.isNaN(figure) : better.than(figure, value)) {
            epoch = number;
            value = figure;
            waited = 0;
            weights = keepsWeights ? model.stateDict() : Map.of();
        } else {
            waited++;
        }
    }

    /** Epochs since the best one. */
    int waited() {
        return waited;
    }

    /** Counted from 1; 0 if there is none yet. */
    int epoch() {
        return epoch;
    }

    double value() {
        return value;
    }

    /** Whether there was something to restore. */
    boolean restore() {
        if (!weights.isEmpty()) {
            model.loadStateDict(weights);
        }
        return !weights.isEmpty();
    }

    @Override
    public Map<String, Tensor> stateDict() {
        Map<String, Tensor> prefixed = new LinkedHashMap<>();
        weights.forEach((key, tensor) -> prefixed.put(WEIGHTS + key, tensor));
        return new StateWriter()
                .put("epoch", epoch)
                .put("value", new double[] {value})
                .put("waited", waited)
                .putAll(prefixed)
                .stateDict();
    }

    @Override
    public Runnable prepareLoad(Map<String, Tensor> state) {
        StateReader reader = new StateReader("The best epoch", state);
        int number = (int) reader.integer("epoch", 0, Integer.MAX_VALUE);
        double loaded = reader.reals("value", 1)[0];
        int epochs = (int) reader.integer("waited", 0, Integer.MAX_VALUE);
        Map<String, Tensor> plain = new LinkedHashMap<>();
        reader.rest().forEach((key, tensor) -> {
            if (!key.startsWith(WEIGHTS)) {
                throw new IllegalArgumentException("The best epoch's state has \"" + key + "\", which is no weight.");
            }
            plain.put(key.substring(WEIGHTS.length()), tensor);
        });
        return () -> {
            epoch = number;
            value = loaded;
            waited = epochs;
            weights = plain;
        };
    }
}
