package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;

/**
 * Points out a class that has no model as it has no input, where that was hardly meant: classes to be extended leave the
 * loss to those that extend them, or are abstract.
 */
public final class NoModel {
    private NoModel() {}

    /** @param network one of which no network was built, although nothing is wrong with it */
    public static void check(DeclaredNetwork network, ProblemReport report) {
        boolean meant = network.losses().isEmpty()
                || network.options().isAbstract()
                || network.options().suppressed().contains(Problem.NO_MODEL.id());
        if (!meant) {
            report.add(Problem.NO_MODEL, network.origin(), network.simpleName(), network.generatedName());
        }
    }
}
