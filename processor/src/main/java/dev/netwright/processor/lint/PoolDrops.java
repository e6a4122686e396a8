package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.graph.layer.AvgPool;
import dev.netwright.processor.graph.layer.LPPool;
import dev.netwright.processor.graph.layer.MaxPool;
import java.util.ArrayList;
import java.util.List;

/** Pools whose windows leave out the input's end. */
final class PoolDrops implements Lint {
    @Override
    public Problem problem() {
        return Problem.POOL_DROPS;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LayerNode node : network.layers()) {
            List<PoolWindow> windows = windows(node);
            List<String> dropped = new ArrayList<>();
            for (int axis = 0; axis < windows.size(); axis++) {
                long left = dropped(windows.get(axis));
                if (left > 0) {
                    dropped.add("the last " + left + " of " + windows.get(axis).extent() + " "
                            + axis(axis, windows.size()));
                }
            }
            if (!dropped.isEmpty()) {
                findings.add(node, node.name(), String.join(" and ", dropped));
            }
        }
    }

    private static List<PoolWindow> windows(LayerNode node) {
        if (node.layer() instanceof MaxPool pool) {
            return pool.pooling().windows(pool.input());
        } else if (node.layer() instanceof AvgPool pool) {
            return pool.pooling().windows(pool.input());
        }
        return node.layer() instanceof LPPool pool ? pool.pooling().windows(pool.input()) : List.of();
    }

    /** Where windows leave places between them, that is what was asked for. */
    private static long dropped(PoolWindow pool) {
        if (!(pool instanceof Window window) || window.stride() > window.span()) {
            return 0;
        }
        long reached = (window.output() - 1L) * window.stride() - window.before() + window.span();
        return window.extent() - reached;
    }

    private static String axis(int axis, int axes) {
        return switch (axes - axis) {
            case 1 -> axes == 1 ? "steps" : "columns";
            case 2 -> "rows";
            default -> "planes";
        };
    }
}
