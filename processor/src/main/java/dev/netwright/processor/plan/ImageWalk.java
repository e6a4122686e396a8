package dev.netwright.processor.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a kernel goes along the rows and columns of images.
 *
 * @param rows of results, pooled ones where it pools
 * @param columns of results
 * @param pools whether a row is one of two rows of sums
 * @param read what it reads for each sum, by operand
 * @param results what has a place for each result, by operand
 */
public record ImageWalk(int rows, int columns, boolean pools, Map<String, Strides> read, Map<String, Strides> results) {
    public ImageWalk {
        read = Map.copyOf(read);
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }
}
