package dev.netwright.processor.plan;

import java.util.List;

/**
 * Strides of the places of maxima, which need no border where the maxima have one; along channels, the third of
 * the loop's.
 *
 * @param axes planes, if there are such, rows and columns
 * @param sample floats from a sample to the next
 * @param offsets how far the window's rows and columns are apart where a place is the bits of an offset
 *     ({@link Pooling.Kind#MAX_PLACE}); null where it is the number of a tap
 */
public record PoolIndex(List<Axis> axes, int sample, PixelSteps offsets) {
    public PoolIndex {
        axes = List.copyOf(axes);
    }
}
