package dev.netwright.processor.lint;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;

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
            levels.kind(Problem.NO_MODEL)
                    .ifPresent(kind -> report.add(
                            Problem.NO_MODEL, kind, network.origin(), network.simpleName(), network.generatedName()));
        }
    }
}
