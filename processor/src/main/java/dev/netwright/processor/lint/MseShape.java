package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Optional;
import java.util.Set;

/**
 * A loss by elements over what comes from two values that are both stretched: each element of one meets each of the other,
 * as where a column meets a row.
 */
final class MseShape implements Lint {
    private static final Set<String> LOSSES = Set.of("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss");
    private static final Set<String> JOINS = Set.of("Add", "Sub", "Mul", "Div", "Maximum", "Minimum");

    @Override
    public Problem problem() {
        return Problem.MSE_SHAPE;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LossTerm term : network.losses()) {
            if (LOSSES.contains(term.loss().name())) {
                join(term.inputs().get(0), network)
                        .ifPresent(node -> findings.add(
                                node,
                                node.name(),
                                node.inputs().get(0).label(),
                                node.inputs().get(1).label(),
                                node.output().shape(),
                                term.loss().name()));
            }
        }
    }

    /** The one that stretches both, behind what changes no shape. */
    private static Optional<LayerNode> join(Value value, LintedNetwork network) {
        Optional<LayerNode> node = network.origin(value);
        while (node.isPresent() && !stretchesAll(node.get())) {
            LayerNode found = node.get();
            boolean elementwise = found.inputs().size() == 1
                    && found.parameters().isEmpty()
                    && found.output().shape().equals(found.inputs().get(0).shape());
            node = elementwise ? network.origin(found.inputs().get(0)) : Optional.empty();
        }
        return node;
    }

    private static boolean stretchesAll(LayerNode node) {
        Shape output = node.output().shape();
        return JOINS.contains(node.layer().name())
                && node.inputs().stream().noneMatch(input -> input.shape().equals(output));
    }
}
