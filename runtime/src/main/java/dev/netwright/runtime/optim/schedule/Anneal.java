package dev.netwright.runtime.optim.schedule;

/** The way from one learning rate to another. */
public enum Anneal {
    /** Half a cosine wave. */
    COS,
    /** A line. */
    LINEAR
}
