package dev.netwright.processor.lint;

import dev.netwright.processor.declared.DeclaredInput;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import java.util.Optional;

/**
 * A class that has no model as it has no input, where that was hardly meant: classes to be extended leave the
 * loss to those that extend them, or are abstract.
 */
public final class NoModel {
    private NoModel() {}

    /** @param network one of which no network was built, although nothing is wrong with it */
    public static void check(DeclaredNetwork network, LintLevels levels, ProblemReport report) {
        boolean meant = network.losses().isEmpty()
                || network.options().isAbstract()
                || network.options().suppressed().contains(Problem.NO_MODEL.id());
        if (!meant) {
            Optional<String> open = open(network);
            levels.kind(Problem.NO_MODEL)
                    .ifPresent(kind -> report.add(
                            Problem.NO_MODEL,
                            kind,
                            network.origin(),
                            network.simpleName(),
                            open.map(name -> "no shape of the input " + name).orElse("no input"),
                            network.generatedName(),
                            open.map(name -> "@Input(name = \"" + name + "\", shape = {3, 32, 32})")
                                    .orElse("@Network(input = {3, 32, 32})")));
        }
    }

    /** The first input that is declared without a shape, by the nearest class that declares any. */
    private static Optional<String> open(DeclaredNetwork network) {
        DeclaredNetwork nearest = network;
        while (nearest.inputs().isEmpty() && nearest.parent() != null) {
            nearest = nearest.parent();
        }
        return nearest.inputs().stream()
                .filter(input -> input.shape() == null)
                .map(DeclaredInput::name)
                .findFirst();
    }
}
