package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import java.util.Set;

/** Probabilities, or their logarithms, given to a loss that takes something else and computes them itself. */
final class SoftmaxLoss implements Lint {
    private static final Set<String> OF_SCORES =
            Set.of("CrossEntropyLoss", "BCEWithLogitsLoss", "MultiLabelSoftMarginLoss");
    private static final Set<String> OF_LOGARITHMS = Set.of("NLLLoss", "KLDivLoss", "CTCLoss");

    @Override
    public Problem problem() {
        return Problem.SOFTMAX_LOSS;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LossTerm term : network.losses()) {
            network.origin(term.inputs().get(0)).ifPresent(node -> check(node, term, findings));
        }
    }

    private static void check(LayerNode node, LossTerm term, Findings findings) {
        String loss = term.loss().name();
        String layer = node.layer().name();
        boolean probability = Kinds.isProbability(node);
        boolean logarithm = Kinds.isLogarithm(node);
        String given = probability ? "probabilities" : "logarithms of probabilities";
        if (OF_SCORES.contains(loss) && (probability || logarithm)) {
            String own = loss.equals("CrossEntropyLoss") ? "softmax" : "sigmoid";
            findings.add(
                    node,
                    node.name(),
                    given,
                    loss,
                    "scores, of which it computes the " + own + " itself",
                    "Leave @" + layer + " out before the loss; for predictions it can be an output beside the scores.");
        } else if (OF_LOGARITHMS.contains(loss) && probability) {
            String log = loss.equals("KLDivLoss") && layer.equals("Sigmoid") ? "LogSigmoid" : "LogSoftmax";
            findings.add(node, node.name(), given, loss, "their logarithms", "Write @" + log + " instead.");
        } else if (loss.equals("BCELoss") && logarithm) {
            findings.add(node, node.name(), given, loss, "probabilities themselves", "Write @Sigmoid instead.");
        }
    }
}
