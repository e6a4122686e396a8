package dev.netwright.processor.budget;

import dev.netwright.processor.declared.DeclaredBudget;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.report.Figures;
import dev.netwright.processor.report.LayerFacts;
import dev.netwright.processor.report.ReportFacts;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.tools.Diagnostic.Kind;

/** Compares each limit with its figure. */
public final class BudgetCheck {
    /** What most of a figure is made of is told by so many names. */
    private static final int LARGEST = 3;

    private final DeclaredBudget budget;
    private final ReportFacts facts;

    private BudgetCheck(DeclaredBudget budget, ReportFacts facts) {
        this.budget = budget;
        this.facts = facts;
    }

    /**
     * Tells of limits that are not kept.
     *
     * @param budget of the network
     * @param facts the figures
     * @param report for what is above
     */
    public static void check(DeclaredBudget budget, ReportFacts facts, ProblemReport report) {
        BudgetCheck check = new BudgetCheck(budget, facts);
        if (budget.limits().isEmpty()) {
            report.add(Problem.BUDGET_LIMIT, budget.origin(), "has no limit. Write parameters = 1_000_000, say.");
        }
        if (budget.batch() < 1) {
            report.add(Problem.BUDGET_LIMIT, budget.origin().attribute("batch"), least("batch", budget.batch()));
            return;
        }
        budget.limits().forEach((name, limit) -> check.limit(name, limit, report));
    }

    private static String least(String name, long value) {
        return "has " + name + " = " + value + ", but it must be at least 1.";
    }

    private void limit(String name, long limit, ProblemReport report) {
        Origin origin = budget.origin().attribute(name);
        if (limit < 1) {
            report.add(Problem.BUDGET_LIMIT, origin, least(name, limit));
            return;
        }
        OptionalLong figure = figure(name);
        if (figure.isPresent() && figure.getAsLong() > limit) {
            report.add(
                    Problem.BUDGET,
                    budget.fails() ? Kind.ERROR : Kind.WARNING,
                    origin,
                    facts.network().name(),
                    Figures.count(figure.getAsLong()),
                    what(name),
                    Figures.count(limit),
                    largest(name),
                    name,
                    written(figure.getAsLong()));
        }
    }

    /** Nothing where the network is not trained. */
    private OptionalLong figure(String name) {
        return switch (name) {
            case "parameters" -> OptionalLong.of(facts.parameters());
            case "flops" -> OptionalLong.of(facts.flops());
            case "fileBytes" -> OptionalLong.of(facts.fileBytes());
            case "inferenceBytes" -> OptionalLong.of(facts.inferenceBytes());
            case "trainingBytes" -> facts.trainingBytes(budget.batch());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private String what(String name) {
        return switch (name) {
            case "parameters" -> "parameters";
            case "flops" -> "operations a sample";
            case "fileBytes" -> "bytes of weights in a file";
            case "inferenceBytes" -> "bytes to predict one sample";
            default -> "bytes to train batches of " + budget.batch();
        };
    }

    private String largest(String name) {
        return switch (name) {
            case "parameters", "fileBytes" -> layers(LayerFacts::parameters);
            case "flops" -> layers(LayerFacts::flops);
            case "inferenceBytes" -> memory(facts.plan().inference(), facts.weightBytes());
            default -> memory(facts.plan().training().orElseThrow(), facts.weightBytes() + facts.gradientBytes());
        };
    }

    private String layers(ToLongFunction<LayerFacts> figure) {
        return facts.layers().stream()
                .filter(layer -> figure.applyAsLong(layer) > 0)
                .sorted(Comparator.comparingLong(figure).reversed())
                .limit(LARGEST)
                .map(layer -> layer.node().name() + " " + Figures.count(figure.applyAsLong(layer)))
                .collect(Collectors.joining(", "));
    }

    private static String memory(Plan.Program program, long weights) {
        List<Plan.Stored> stored = program.stored().stream()
                .sorted(Comparator.comparingInt(
                                (Plan.Stored each) -> each.place().layout().size())
                        .reversed())
                .limit(LARGEST - 1)
                .toList();
        return "weights " + Figures.count(weights)
                + stored.stream()
                        .map(each -> ", " + each.value().name() + " "
                                + Figures.count(each.place().layout().size() * ReportFacts.FLOAT))
                        .collect(Collectors.joining());
    }

    /** As a literal of Java. */
    private static String written(long figure) {
        return Figures.count(figure).replace(',', '_') + (figure > Integer.MAX_VALUE ? "L" : "");
    }
}
