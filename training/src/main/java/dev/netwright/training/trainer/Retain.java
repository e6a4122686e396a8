package dev.netwright.training.trainer;

/** Which checkpoints stay in their folder. */
public enum Retain {
    /** The newest three. */
    LAST,
    /** The newest three, and the one with the best validation. */
    BEST,
    /** All of them. */
    ALL
}
