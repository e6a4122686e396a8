package dev.netwright.processor.graph;

/**
 * Windows [i * extent / output, ceil((i + 1) * extent / output)), where these are not all of one size.
 *
 * @param extent size of the input
 * @param output number of windows
 * @param kernel no window has more taps
 */
public record AdaptiveWindow(int extent, int output, int kernel) implements PoolWindow {}
