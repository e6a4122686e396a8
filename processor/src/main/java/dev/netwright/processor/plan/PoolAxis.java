package dev.netwright.processor.plan;

import dev.netwright.processor.graph.PoolWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * One axis that a pool goes along.
 *
 * @param windows along it
 * @param out of what is pooled
 * @param in of the image
 */
public record PoolAxis(PoolWindow windows, Axis out, Axis in) {
    /** Every axis: planes, if there are such, rows and columns. */
    static List<PoolAxis> of(List<PoolWindow> windows, Layout out, Layout in) {
        List<PoolWindow> along = PoolWindow.withRows(windows);
        List<PoolAxis> axes = new ArrayList<>();
        for (int i = 0; i < along.size(); i++) {
            axes.add(new PoolAxis(along.get(i), out.places().get(i), in.places().get(i)));
        }
        return List.copyOf(axes);
    }

    /** Windows in a sample, but for those along the columns. */
    static int lines(List<PoolAxis> axes) {
        return axes.subList(0, axes.size() - 1).stream()
                .map(axis -> axis.windows().output())
                .reduce(1, Math::multiplyExact);
    }
}
