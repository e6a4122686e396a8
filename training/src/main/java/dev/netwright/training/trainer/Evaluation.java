package dev.netwright.training.trainer;

import dev.netwright.training.metrics.ConfusionMatrix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How good a network is on a set of samples.
 *
 * @param loss mean over the samples
 * @param metrics by name, the loss among them as {@link History#LOSS}
 * @param confusion of a classification with named classes
 */
public record Evaluation(double loss, Map<String, Double> metrics, Optional<ConfusionMatrix> confusion) {
    /**
     * Copies the map.
     *
     * @param loss mean over the samples
     * @param metrics by name
     * @param confusion of a classification
     */
    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
