package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parameters that no loss depends on, or only through what has no gradient. */
final class NoGradient implements Lint {
    private static final Set<String> WITHOUT_GRADIENT = Set.of("OneHot");

    @Override
    public Problem problem() {
        return Problem.NO_GRADIENT;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        List<LossTerm> losses = network.losses();
        if (losses.isEmpty()) {
            return; // gradients are the caller's, by any output
        }
        Set<Value> reached = reached(network);
        for (LayerNode node : network.layers()) {
            boolean unused = node.outputs().stream().allMatch(network::isUnused);
            if (LintedNetwork.isTrained(node) && node.outputs().stream().noneMatch(reached::contains) && !unused) {
                findings.add(node, node.name(), losses.size() == 1 ? "the loss does" : "no loss does");
            }
        }
    }

    private static Set<Value> reached(LintedNetwork network) {
        Set<Value> reached = new HashSet<>();
        Deque<Value> open = new ArrayDeque<>();
        network.losses().forEach(loss -> open.addAll(loss.inputs()));
        while (!open.isEmpty()) {
            Value value = open.pop();
            if (reached.add(value)) {
                network.producer(value)
                        .filter(node -> !WITHOUT_GRADIENT.contains(node.layer().name()))
                        .ifPresent(node -> open.addAll(node.inputs()));
            }
        }
        return reached;
    }
}
