package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.loss.PoissonNLLLoss;

/** Weighted sums, which may be anything, given to a loss that takes numbers of some kind only. */
final class LossDomain implements Lint {
    @Override
    public Problem problem() {
        return Problem.LOSS_DOMAIN;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LossTerm term : network.losses()) {
            Value first = term.inputs().get(0);
            switch (term.loss().name()) {
                case "BCELoss" ->
                    check(
                            network,
                            first,
                            term,
                            "probabilities from 0 to 1",
                            "Put @Sigmoid between them, or write @BCEWithLogitsLoss.",
                            findings);
                case "NLLLoss" ->
                    check(
                            network,
                            first,
                            term,
                            "logarithms of probabilities",
                            "Put @LogSoftmax between them, or write @CrossEntropyLoss.",
                            findings);
                case "KLDivLoss", "CTCLoss" ->
                    check(
                            network,
                            first,
                            term,
                            "logarithms of probabilities",
                            "Put @LogSoftmax between them.",
                            findings);
                case "GaussianNLLLoss" ->
                    check(
                            network,
                            term.inputs().get(1),
                            term,
                            "variances, which are not negative",
                            "Put @Softplus between them.",
                            findings);
                case "PoissonNLLLoss" -> {
                    if (!((PoissonNLLLoss) term.loss().everyStep()).logInput()) {
                        check(
                                network,
                                first,
                                term,
                                "rates, which are not negative",
                                "Put @Softplus between them, or write logInput = true.",
                                findings);
                    }
                }
                default -> {
                    // takes any numbers
                }
            }
        }
    }

    private static void check(
            LintedNetwork network, Value value, LossTerm term, String taken, String fix, Findings findings) {
        network.origin(value)
                .filter(Kinds::isUnbounded)
                .ifPresent(node -> findings.add(node, node.name(), term.loss().name(), taken, fix));
    }
}
