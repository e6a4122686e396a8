package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;

/** Two Linears with nothing between them, which could be one; a narrow value between them is a factorisation. */
final class LinearPair implements Lint {
    @Override
    public Problem problem() {
        return Problem.LINEAR_PAIR;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LayerNode first : network.layers()) {
            if (Kinds.isLinear(first)) {
                network.onlyReader(first.output())
                        .filter(Kinds::isLinear)
                        .filter(second -> !isNarrow(first, second))
                        .ifPresent(second -> findings.add(second, first.name(), second.name()));
            }
        }
    }

    private static boolean isNarrow(LayerNode first, LayerNode second) {
        int between = features(first.output().shape());
        return between < features(first.inputs().get(0).shape())
                && between < features(second.output().shape());
    }

    private static int features(Shape shape) {
        return shape.size(shape.rank() - 1);
    }
}
