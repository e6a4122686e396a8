package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredLoss;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.loss.Losses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

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
    private final List<DeclaredLoss> losses;
    private final ProblemReport report;
    private final Wording wording;

    LossBuilder(DeclaredNetwork network, Inheritance.Whole whole, ProblemReport report, Wording wording) {
        this.network = network;
        this.losses = whole.losses();
        this.report = report;
        this.wording = wording;
    }

    /**
     * @param outputs of the network by name, null where one is wrong
     * @param scope where other layers are found that a loss may judge
     * @param target makes the value of a target
     */
    List<LossTerm> build(Map<String, Value> outputs, Scope scope, BiFunction<String, Shape, Value> target) {
        List<LossTerm> terms = new ArrayList<>();
        for (DeclaredLoss declared : losses) {
            List<Value> inputs = judged(declared, outputs, scope);
            Losses.Factory factory = factory(declared);
            if (factory != null) {
                make(declared, inputs, factory).ifPresent(loss -> {
                    String name = losses.size() == 1 ? "target" : "target" + (terms.size() + 1);
                    Value value = loss.hasTarget() ? target.apply(name, loss.target()) : null;
                    terms.add(new LossTerm(loss, inputs, value, (float) declared.scale()));
                });
            }
        }
        return terms;
    }

    /** @param inputs null where they are not known */
    private Optional<Loss> make(DeclaredLoss declared, List<Value> inputs, Losses.Factory factory) {
        List<Value> known = inputs == null ? List.of() : inputs;
        List<Shape> shapes = known.stream().map(Value::shape).toList();
        List<Shape> standIns = Collections.nCopies(Losses.outputs(declared.annotation()), STAND_IN);
        return new Maker<>(
                        inputs == null ? null : attributes -> factory.create(attributes, shapes),
                        attributes -> factory.create(attributes, standIns))
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

    /** The values that it judges, or null if there are none to be found or one is wrong. */
    private List<Value> judged(DeclaredLoss declared, Map<String, Value> outputs, Scope scope) {
        if (outputs.isEmpty() || declared.attributes().unknown().contains("of")) {
            return null;
        }
        int needed = Losses.outputs(declared.annotation());
        List<String> names = List.copyOf(outputs.keySet());
        if (needed == 1 && declared.of().isEmpty() && names.size() > 1) {
            String all = names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
            report.add(Problem.LOSS_OF_MISSING, declared.origin(), declared.annotation(), all, names.get(0));
            return null;
        }
        List<String> of = needed == 1 && declared.of().isEmpty() ? names : declared.of();
        if (of.size() != needed) {
            report.add(
                    Problem.LOSS_OF_COUNT, declared.origin().attribute("of"), declared.annotation(), of.size(), needed);
            return null;
        }
        List<Optional<Value>> values = new ArrayList<>();
        of.forEach(name -> values.add(judged(declared, name, outputs, scope)));
        if (declared.attributes().isWritten("lengths")) {
            values.add(lengths(declared, scope));
        }
        return values.stream().allMatch(Optional::isPresent)
                ? values.stream().map(Optional::orElseThrow).toList()
                : null;
    }

    /** The input that tells how many steps of each sample count. */
    private Optional<Value> lengths(DeclaredLoss declared, Scope scope) {
        String name = declared.attributes().text("lengths");
        Scope.Item item = scope.find(name);
        boolean isInput = item != null && item.layer() == null;
        Value input = isInput ? item.values().get(0) : null;
        if (isInput
                && (input == null
                        || input.type() == ElementType.INT32 && input.shape().elements() == 1)) {
            return Optional.ofNullable(input);
        }
        String what = isInput
                ? "an input of " + input.type() + " with the shape " + input.shape()
                : item == null ? "no name that is known" : "a layer";
        report.add(Problem.LOSS_LENGTHS, declared.origin().attribute("lengths"), declared.annotation(), name, what);
        return Optional.empty();
    }

    private Optional<Value> judged(DeclaredLoss declared, String of, Map<String, Value> outputs, Scope scope) {
        if (outputs.containsKey(of)) {
            return Optional.ofNullable(outputs.get(of));
        }
        Scope.Item item = scope.find(of);
        if (item == null || item.layer() == null) {
            report.add(
                    Problem.LOSS_OF_UNKNOWN,
                    declared.origin().attribute("of"),
                    declared.annotation(),
                    of,
                    SimilarNames.suggestion(of, List.copyOf(outputs.keySet())));
            return Optional.empty();
        }
        return item.outputs().size() == 1 ? Optional.ofNullable(item.values().get(0)) : Optional.empty();
    }
}
