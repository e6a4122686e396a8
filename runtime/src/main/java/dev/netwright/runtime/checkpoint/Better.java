package dev.netwright.runtime.checkpoint;

/** Which of two values of a metric is the better one. */
public enum Better {
    /** Of a loss or an error. */
    LOWER,
    /** Of an accuracy. */
    HIGHER;

    /** False wherever a NaN is involved. */
    boolean than(double challenger, double holder) {
        return this == LOWER ? challenger < holder : challenger > holder;
    }
}
