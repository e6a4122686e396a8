package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;

/** Losses of classes that have another number of them than was meant. */
final class ClassCount implements Lint {
    @Override
    public Problem problem() {
        return Problem.CLASS_COUNT;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LossTerm term : network.losses()) {
            int classes = term.loss().classes();
            if (classes > 0) {
                network.origin(term.inputs().get(0)).ifPresent(node -> check(node, term, classes, findings));
            }
        }
    }

    private static void check(LayerNode node, LossTerm term, int classes, Findings findings) {
        String loss = term.loss().name();
        Shape judged = term.inputs().get(0).shape();
        boolean last = Kinds.isLinear(node) && node.output().shape().equals(judged) && judged.rank() > 1;
        if (last) {
            int features = judged.size(judged.rank() - 1);
            findings.add(
                    node,
                    loss,
                    classes,
                    "the first dimension of " + judged + ", but the " + features + " features of " + node.name()
                            + " are the last",
                    "Put @Permute between them, so that the classes come first.");
        } else if (classes == 1) {
            findings.add(
                    node,
                    loss,
                    1,
                    "the first dimension of " + judged + ", so that the loss is 0 whatever " + node.name()
                            + " computes",
                    "Give " + node.name() + " one feature for each class, or write @BCEWithLogitsLoss.");
        }
    }
}
