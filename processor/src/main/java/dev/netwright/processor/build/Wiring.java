package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredInput;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which layer takes its inputs from where, by names: the chain of fields unless {@code from} says otherwise. */
final class Wiring {
    private final DeclaredNetwork network;
    private final ProblemReport report;
    private final List<String> inputs;
    private final List<String> fields;

    Wiring(DeclaredNetwork network, ProblemReport report) {
        this.network = network;
        this.report = report;
        this.inputs = network.inputs().stream().map(DeclaredInput::name).toList();
        this.fields = network.layers().stream().map(DeclaredLayer::fieldName).toList();
    }

    /** For each layer the names of its inputs, or null where they are not known. */
    List<List<String>> sources() {
        List<List<String>> sources = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            DeclaredLayer layer = network.layers().get(i);
            if (inputs.contains(layer.fieldName())) {
                report.add(Problem.NAME_CLASH, Origin.of(layer.origin().element()), layer.fieldName());
            }
            sources.add(sources(layer, i));
        }
        return Collections.unmodifiableList(sources);
    }

    private List<String> sources(DeclaredLayer layer, int index) {
        if (layer.attributes().unknown().contains("from")) {
            return null;
        }
        return layer.from() == null ? before(layer, index) : named(layer, index);
    }

    /** Names of the layers whose values the network gives. */
    List<String> outputs() {
        List<String> marked = network.layers().stream()
                .filter(DeclaredLayer::output)
                .map(DeclaredLayer::fieldName)
                .toList();
        return marked.isEmpty() && !fields.isEmpty() ? List.of(fields.get(fields.size() - 1)) : marked;
    }

    private List<String> before(DeclaredLayer layer, int index) {
        if (index > 0) {
            return List.of(fields.get(index - 1));
        }
        if (inputs.size() == 1) {
            return inputs;
        }
        if (layer.annotation() != null && !inputs.isEmpty()) {
            String all = inputs.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
            report.add(Problem.FROM_MISSING, layer.origin(), layer.fieldName(), all, inputs.get(0));
        }
        return null;
    }

    private List<String> named(DeclaredLayer layer, int index) {
        boolean known = true;
        for (int i = 0; i < layer.from().size(); i++) {
            known &= isKnown(layer, index, i);
        }
        if (layer.from().isEmpty()) {
            report.add(Problem.FROM_EMPTY, layer.origin().attribute("from"), layer.fieldName());
            return null;
        }
        return known ? layer.from() : null;
    }

    private boolean isKnown(DeclaredLayer layer, int index, int source) {
        String name = layer.from().get(source);
        Origin origin = layer.origin().attribute("from", source);
        int declared = fields.indexOf(name);
        if (inputs.contains(name) || declared >= 0 && declared < index) {
            return true;
        }
        if (declared == index) {
            report.add(Problem.FROM_ITSELF, origin, layer.fieldName());
        } else if (declared > index) {
            report.add(Problem.FROM_LATER, origin, layer.fieldName(), name);
        } else {
            Set<String> candidates = new LinkedHashSet<>(fields.subList(0, index));
            candidates.addAll(inputs);
            report.add(
                    Problem.UNKNOWN_FROM, origin, layer.fieldName(), name, SimilarNames.suggestion(name, candidates));
        }
        return false;
    }
}
