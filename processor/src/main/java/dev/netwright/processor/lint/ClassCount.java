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
                network.origin(term.inputs().get(0)).ifPresent(node -> check(node, term, classes, network, findings));
            }
        }
    }

    private static void check(LayerNode node, LossTerm term, int classes, LintedNetwork network, Findings findings) {
        String loss = term.loss().name();
        Shape judged = term.inputs().get(0).shape();
        boolean last = Kinds.isLinear(node) && node.output().shape().equals(judged) && judged.rank() > 1;
        if (last && FlattenMissing.at(node, network)) {
            // one mistake, told once: with @Flatten the features are the classes
            return;
        }
        String seen = classes + (classes == 1 ? " class" : " classes");
        if (last) {
            int features = judged.size(judged.rank() - 1);
            findings.add(
                    node,
                    loss,
                    seen,
                    "they are the first dimension of its input, " + judged + ", but the " + features + " features of "
                            + node.name() + " are the last",
                    "Put @Permute between them, so that the classes come first.");
        } else if (classes == 1) {
            findings.add(
                    node,
                    loss,
                    seen,
                    node.name() + " gives " + judged + ", so that the loss is 0 whatever " + node.name() + " computes",
                    "Give " + node.name() + " one feature for each class, or write @BCEWithLogitsLoss.");
        }
    }
}
