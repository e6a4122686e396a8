package dev.netwright.runtime;

/** How a hand-made forward pass computes. */
public enum Mode {
    /** Dropout drops, batch normalisation uses the batch's statistics, and a backward pass may follow. */
    TRAINING,
    /** As in a prediction: nothing is random, running statistics are used, nothing is kept for a backward pass. */
    EVALUATION
}
