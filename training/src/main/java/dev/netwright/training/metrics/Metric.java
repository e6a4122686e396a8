package dev.netwright.training.metrics;

import dev.netwright.runtime.files.checkpoint.Better;

/** A figure that says how good predictions are, collected batch by batch. {@link Metrics} has the usual ones. */
public interface Metric {
    /**
     * What it is called in progress lines, histories and logs.
     *
     * @return a short name in lower case
     */
    String name();

    /**
     * Which of two values is the better one.
     *
     * @return LOWER for errors, HIGHER for scores
     */
    Better better();

    /** Forgets all predictions. */
    void reset();

    /**
     * Adds the predictions of a batch.
     *
     * @param predictions outputs and targets
     * @throws IllegalArgumentException if the metric is of another kind of target
     */
    void add(Predictions predictions);

    /**
     * The figure over everything added since the last reset.
     *
     * @return NaN if nothing was added
     */
    double value();

    /**
     * How people read a value.
     *
     * @param value of this metric
     * @return such as {@code 91.50 %} or {@code 0.1234}
     */
    default String format(double value) {
        return String.format(java.util.Locale.ROOT, "%.4f", value);
    }
}
