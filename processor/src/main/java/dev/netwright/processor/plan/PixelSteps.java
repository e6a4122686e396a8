package dev.netwright.processor.plan;

/**
 * How far neighbouring places of an image are apart, in floats or in places of another image.
 *
 * @param rows from a row to the next
 * @param columns from a column to the next
 */
public record PixelSteps(int rows, int columns) {}
