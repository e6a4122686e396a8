package dev.netwright.processor.plan;

/**
 * Consecutive elements along one direction.
 *
 * @param extent how many
 * @param stride floats from one to the next; may be 0 (repeated) or negative
 */
public record Axis(int extent, int stride) {}
