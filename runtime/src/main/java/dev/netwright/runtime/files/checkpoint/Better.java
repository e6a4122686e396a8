package dev.netwright.runtime.files.checkpoint;

/** Which of two values of a metric is the better one. */
public enum Better {
    /** Of a loss or an error. */
    LOWER,
    /** Of an accuracy. */
    HIGHER;

    /**
     * Whether one value is better than another.
     *
     * @param challenger one value
     * @param holder the other
     * @return false for equal ones, and wherever a NaN is involved
     */
    public boolean than(double challenger, double holder) {
        return this == LOWER ? challenger < holder : challenger > holder;
    }
}
