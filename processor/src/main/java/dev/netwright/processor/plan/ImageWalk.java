package dev.netwright.processor.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a kernel goes along the rows and columns of images.
 *
 * @param lines of results along each axis but the last, pooled ones where it pools; what else it loops over behind them
 * @param columns of results
 * @param pools whether a row is one of two rows of sums
 * @param read what it reads for each sum, by operand
 * @param results what has a place for each result, by operand
 */
public record ImageWalk(
        List<Integer> lines, int columns, boolean pools, Map<String, Strides> read, Map<String, Strides> results) {
    public ImageWalk {
        lines = List.copyOf(lines);
        read = Map.copyOf(read);
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }
}
