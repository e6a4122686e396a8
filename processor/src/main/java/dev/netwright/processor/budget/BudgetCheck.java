package dev.netwright.processor.budget;

import dev.netwright.processor.declared.DeclaredBudget;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.report.Figures;
import dev.netwright.processor.report.Latency;
import dev.netwright.processor.report.LatencyTable;
import dev.netwright.processor.report.LayerFacts;
import dev.netwright.processor.report.ReportFacts;
import java.util.Comparator;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        Figure figure = figure(name);
        if (figure != null && figure.value() > limit) {
            report.add(
                    Problem.BUDGET,
                    budget.fails() ? Kind.ERROR : Kind.WARNING,
                    origin,
                    facts.network().name(),
                    Figures.count(figure.value()),
                    figure.what(),
                    Figures.count(limit),
                    largest(figure.parts()),
                    name,
                    written(figure.value()),
                    (name.equals("latencyMicros")
                            ? ". " + LatencyTable.measured().reliability()
                            : "."));
        }
    }

    /** What a limit is for, and what it is made of. */
    private record Figure(long value, String what, Stream<Part> parts) {}

    /** A part of a figure. */
    private record Part(String name, long size) {}

    /** Null where the network is not trained. */
    private Figure figure(String name) {
        return switch (name) {
            case "parameters" -> new Figure(facts.parameters(), "parameters", layers(LayerFacts::parameters));
            case "flops" -> new Figure(facts.flops(), "operations a sample", layers(LayerFacts::flops));
            case "fileBytes" ->
                new Figure(
                        facts.fileBytes(),
                        "bytes of weights in a file",
                        layers(layer -> layer.parameters() * ReportFacts.FLOAT));
            case "inferenceBytes" ->
                new Figure(
                        facts.inferenceBytes(),
                        "bytes to predict one sample",
                        memory(facts.plan().inference(), facts.weightBytes(), 1));
            case "latencyMicros" -> latency();
            case "trainingBytes" -> facts.plan().training().map(this::training).orElse(null);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Figure latency() {
        Latency latency = facts.latency();
        return new Figure(
                (long) Math.ceil(latency.micros()),
                "predicted microseconds for one sample on one thread",
                latency.parts().stream().map(part -> new Part(part.term().title(), Math.round(part.micros()))));
    }

    private Figure training(Plan.Program program) {
        int batch = budget.batch();
        return new Figure(
                facts.trainingBytes(batch).orElseThrow(),
                "bytes to train batches of " + batch,
                Stream.concat(
                        Stream.of(new Part("gradients", facts.gradientBytes())),
                        memory(program, facts.weightBytes(), batch)));
    }

    private static String largest(Stream<Part> parts) {
        return parts.filter(part -> part.size() > 0)
                .sorted(Comparator.comparingLong(Part::size).reversed())
                .limit(LARGEST)
                .map(part -> part.name() + " " + Figures.count(part.size()))
                .collect(Collectors.joining(", "));
    }

    private Stream<Part> layers(ToLongFunction<LayerFacts> figure) {
        return facts.layers().stream().map(layer -> new Part(layer.node().name(), figure.applyAsLong(layer)));
    }

    /** Values share memory, so that together they may be more than all of it. */
    private static Stream<Part> memory(Plan.Program program, long weights, int batch) {
        Stream<Part> once = Stream.of(
                new Part("weights", weights),
                new Part("what is derived from weights", program.prepared() * ReportFacts.FLOAT));
        Stream<Part> values = program.stored().stream()
                .filter(stored -> stored.place().array() == Place.Array.ARENA)
                .map(stored -> new Part(
                        stored.value().name(),
                        stored.place().layout().size() * ReportFacts.FLOAT * program.samples(batch)));
        return Stream.concat(once, values);
    }

    /** As a literal of Java. */
    private static String written(long figure) {
        return Figures.count(figure).replace(',', '_') + (figure > Integer.MAX_VALUE ? "L" : "");
    }
}
