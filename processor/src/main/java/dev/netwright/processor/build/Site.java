package dev.netwright.processor.build;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;

/**
 * Where mistakes are told: of what a class declares itself, where it stands; of what it inherits, and of the layers within
 * a block, where that is used.
 *
 * @param report takes them
 * @param use where it is used; null for what the class declares itself
 * @param where what is used there, in words
 */
record Site(ProblemReport report, Origin use, String where) {
    static Site own(ProblemReport report) {
        return new Site(report, null, "");
    }

    /** For what stands within something that is used. */
    Site within(String name, String of, Origin usedAt) {
        String inner = name + " of " + of;
        return new Site(report, use == null ? usedAt : use, where.isEmpty() ? inner : inner + ", in " + where);
    }

    /** @param own where it stands */
    void add(Problem problem, Origin own, Object... arguments) {
        if (use == null) {
            report.add(problem, own, arguments);
        } else {
            report.addOf(where, problem, use, arguments);
        }
    }
}
