package dev.netwright.processor.plan;

/**
 * Strides of the places of maxima, which need no border where the maxima have one; along channels, the third of
 * the loop's.
 *
 * @param offsets how far the window's rows and columns are apart where a place is the bits of an offset
 *     ({@link Pooling.Kind#MAX_PLACE}); null where it is the number of a tap
 */
public record PoolIndex(Axis rows, Axis columns, int sample, PixelSteps offsets) {}
