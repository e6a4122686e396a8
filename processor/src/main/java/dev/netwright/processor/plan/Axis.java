package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive elements along one direction.
 *
 * @param extent how many
 * @param stride floats from one to the next; may be 0 (repeated) or negative
 */
public record Axis(int extent, int stride) {
    /** Each axis, outermost first, joined with the next where memory goes on evenly; at least one axis. */
    static List<Axis> joined(List<Axis> axes) {
        List<Axis> result = new ArrayList<>(List.of(axes.isEmpty() ? new Axis(1, 0) : axes.get(axes.size() - 1)));
        for (int i = axes.size() - 2; i >= 0; i--) {
            Axis outer = axes.get(i);
            Axis inner = result.get(0);
            if (inner.extent() == 1 && outer.extent() > 1) {
                result.set(0, outer);
            } else if (outer.extent() > 1 && outer.stride() == inner.stride() * inner.extent()) {
                result.set(0, new Axis(outer.extent() * inner.extent(), inner.stride()));
            } else if (outer.extent() > 1) {
                result.add(0, outer);
            }
        }
        return result;
    }
}
