package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredLoss;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.loss.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the declared losses on the outputs they judge. */
final class LossBuilder {
    /** The output of a layer that is wrong. */
    private static final Shape STAND_IN = Shape.of(64);

    /** What a failed shape rule says to the user, with the shapes that led to it. */
    @FunctionalInterface
    interface Wording {
        String of(LayerException exception, String subject, List<Value> inputs);
    }

    private final DeclaredNetwork network;
    private final ProblemReport report;
    private final Wording wording;

    LossBuilder(DeclaredNetwork network, ProblemReport report, Wording wording) {
        this.network = network;
        this.report = report;
        this.wording = wording;
    }

    /**
     * @param outputs names of the network's outputs
     * @param values by name, null where a layer is wrong
     * @param target makes the value of a target
     */
    List<LossTerm> build(List<String> outputs, Map<String, Value> values, BiFunction<String, Shape, Value> target) {
        List<LossTerm> terms = new ArrayList<>();
        boolean summed = true;
        for (DeclaredLoss declared : network.losses()) {
            Value input = values.get(judged(declared, outputs));
            Losses.Factory factory = factory(declared);
            if (factory != null) {
                make(declared, input, factory).ifPresent(loss -> {
                    String name = network.losses().size() == 1 ? "target" : "target" + (terms.size() + 1);
                    Value value = target.apply(name, loss.target());
                    terms.add(new LossTerm(loss, input, value, null, (float) declared.scale()));
                });
            }
            if (summed && cannotBeAdded(terms)) {
                summed = false;
                report.add(
                        Problem.LOSS_APART,
                        declared.origin().attribute("reduction"),
                        network.simpleName(),
                        declared.annotation(),
                        terms.get(0).loss().name());
            }
        }
        return terms;
    }

    private static boolean cannotBeAdded(List<LossTerm> terms) {
        return terms.size() > 1 && terms.stream().anyMatch(term -> term.loss().reduction() == Reduction.NONE);
    }

    /** @param input null where it is not known */
    private Optional<Loss> make(DeclaredLoss declared, Value input, Losses.Factory factory) {
        List<Value> known = Stream.ofNullable(input).toList();
        return new Maker<>(
                        input == null ? null : attributes -> factory.create(attributes, input.shape()),
                        attributes -> factory.create(attributes, STAND_IN))
                .make(
                        declared.attributes(),
                        e -> report.add(
                                e.problem(),
                                declared.origin().attribute(e.attribute()),
                                wording.of(e, "@" + declared.annotation(), known)));
    }

    private Losses.Factory factory(DeclaredLoss declared) {
        Losses.Factory factory = Losses.factory(declared.annotation());
        if (factory == null) {
            report.add(
                    Problem.UNSUPPORTED, declared.origin(), "The loss @" + declared.annotation(), "Use another loss.");
        }
        return factory;
    }

    /** The name of the output, or null if there is none to be found. */
    private String judged(DeclaredLoss declared, List<String> outputs) {
        if (outputs.isEmpty() || declared.attributes().unknown().contains("of")) {
            return null;
        }
        if (declared.of() == null && outputs.size() > 1) {
            String all = outputs.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
            report.add(Problem.LOSS_OF_MISSING, declared.origin(), declared.annotation(), all, outputs.get(0));
            return null;
        }
        if (declared.of() == null) {
            return outputs.get(0);
        }
        if (!outputs.contains(declared.of())) {
            boolean layer =
                    network.layers().stream().anyMatch(each -> each.fieldName().equals(declared.of()));
            String help = layer
                    ? "Mark the layer " + declared.of() + " with @Output."
                    : SimilarNames.suggestion(declared.of(), outputs);
            report.add(
                    Problem.LOSS_OF_UNKNOWN,
                    declared.origin().attribute("of"),
                    declared.annotation(),
                    declared.of(),
                    help);
            return null;
        }
        return declared.of();
    }
}
