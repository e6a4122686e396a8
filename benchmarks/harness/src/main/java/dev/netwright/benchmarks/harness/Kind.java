package dev.netwright.benchmarks.harness;

/** What a row measures. */
public enum Kind {
    /** One training step: forward, backward, update. */
    TRAIN,
    /** One prediction. */
    PREDICT,
    /** One convolution, forward and backward. */
    CONVOLUTION,
    /** One fully connected layer, forward. */
    LINEAR,
    /** One layer of any other kind, forward and backward. */
    MODULE,
    /** One layer over the steps of a sample, forward, and forward with backward. */
    SEQUENCE,
    /** Rows of a table, forward, and with their update. */
    EMBEDDING,
    /** One update of the optimiser. */
    ADAM,
    /** What the machine can do at most: fused multiply-adds, and bytes copied. */
    MACHINE
}
