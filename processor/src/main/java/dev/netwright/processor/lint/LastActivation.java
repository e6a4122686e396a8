package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Value;
import java.util.Set;

/** Dropout or ReLU as the last layer before a loss. */
final class LastActivation implements Lint {
    /** Those for which values of both signs mean something. */
    private static final Set<String> SIGNED = Set.of(
            "BCEWithLogitsLoss",
            "CrossEntropyLoss",
            "HingeEmbeddingLoss",
            "HuberLoss",
            "L1Loss",
            "MSELoss",
            "MultiLabelMarginLoss",
            "MultiLabelSoftMarginLoss",
            "MultiMarginLoss",
            "SmoothL1Loss",
            "SoftMarginLoss");

    @Override
    public Problem problem() {
        return Problem.LAST_ACTIVATION;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LossTerm term : network.losses()) {
            for (Value input : term.inputs()) {
                network.origin(input).ifPresent(node -> check(node, term, findings));
            }
        }
    }

    private static void check(LayerNode node, LossTerm term, Findings findings) {
        String loss = term.loss().name();
        if (Kinds.isDropout(node)) {
            findings.add(
                    node,
                    node.name(),
                    loss,
                    "in training it puts zeros in the place of what the loss judges",
                    "Put it before the layer that computes the scores.");
        } else if (Kinds.isRectifier(node) && SIGNED.contains(loss)) {
            findings.add(
                    node,
                    node.name(),
                    loss,
                    "what should be negative becomes 0, and has no gradient",
                    "Leave @" + node.layer().name() + " out, or write @Softplus where nothing is to be negative.");
        }
    }
}
