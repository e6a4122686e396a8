package dev.netwright.processor.lint;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Network;
import java.util.List;

/** All lints of networks, and how they are run. */
public final class Lints {
    private static final List<Lint> ALL = List.of(
            new BatchNormSingle(),
            new ByteScale(),
            new ClassCount(),
            new ConvBias(),
            new EvenSame(),
            new FlattenMissing(),
            new LastActivation(),
            new LinearPair(),
            new LossDomain(),
            new MseShape(),
            new NoGradient(),
            new PoolDrops(),
            new SoftmaxLoss(),
            new UnusedLayer());

    private Lints() {}

    /** What has a lint here. */
    static List<Problem> problems() {
        return ALL.stream().map(Lint::problem).toList();
    }

    /** Points out what a network without errors hardly means. */
    public static void check(DeclaredNetwork declared, Network network, LintLevels levels, ProblemReport report) {
        LintedNetwork linted = new LintedNetwork(declared, network);
        for (Lint lint : ALL) {
            Problem problem = lint.problem();
            if (!declared.options().suppressed().contains(problem.id())) {
                levels.kind(problem).ifPresent(kind -> {
                    Findings findings = new Findings(linted, problem, kind, report);
                    lint.check(linted, findings);
                    findings.end();
                });
            }
        }
    }
}
