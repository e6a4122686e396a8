package dev.netwright.processor.report.page;

import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Member.Form;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.report.LayerFacts;
import dev.netwright.processor.report.ReportFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands side by side in a drawing: some fields, what these read from elsewhere, and who reads them.
 *
 * @param parts in an order in which each reads those before it
 * @param edges between them
 */
record GraphParts(List<Part> parts, List<Edge> edges) {
    /** The kinds of parts. */
    enum Kind {
        /** What comes from elsewhere or goes there. */
        END,
        PLAIN,
        TRAINED,
        FROZEN,
        BLOCK
    }

    /**
     * A box.
     *
     * @param name the field's
     * @param type what it is
     */
    record Part(String name, String type, Kind kind) {}

    /**
     * A line.
     *
     * @param value what goes along it
     * @param flows whether a gradient comes back
     */
    record Edge(int from, int to, Value value, boolean flows) {}

    /** Numbers of all layers within. */
    static List<Integer> layers(Member member) {
        if (member.form() == Form.LAYER) {
            return List.of(member.layer());
        }
        List<Integer> layers = new ArrayList<>();
        member.children().forEach(child -> layers.addAll(layers(child)));
        return layers;
    }

    /** What a field is. */
    static String type(Member member) {
        return member.form() == Form.ROW ? member.children().size() + " in a row" : member.type();
    }

    /** Of fields that are declared beside each other. */
    static GraphParts of(ReportFacts facts, List<Member> members) {
        return new Collector(facts, members).parts();
    }

    private static final class Collector {
        private final ReportFacts facts;
        private final Network network;
        private final List<Part> parts = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();
        /** Who makes each value. */
        private final Map<Value, LayerFacts> makers = new HashMap<>();
        /** For each value that a part makes, or that comes from elsewhere, the part. */
        private final Map<Value, Integer> sources = new LinkedHashMap<>();

        private final List<List<Integer>> layers = new ArrayList<>();
        private final Set<Integer> inside = new HashSet<>();

        Collector(ReportFacts facts, List<Member> members) {
            this.facts = facts;
            this.network = facts.network();
            facts.layers().forEach(layer -> layer.node().outputs().forEach(output -> makers.put(output, layer)));
            for (Member member : members) {
                layers.add(GraphParts.layers(member));
            }
            layers.forEach(inside::addAll);
            outside();
            for (int i = 0; i < members.size(); i++) {
                member(members.get(i), layers.get(i));
            }
            ends();
        }

        GraphParts parts() {
            return new GraphParts(List.copyOf(parts), List.copyOf(edges));
        }

        private LayerFacts layer(int number) {
            return facts.layers().get(number);
        }

        /** What the fields read from elsewhere. */
        private void outside() {
            for (List<Integer> own : layers) {
                for (int number : own) {
                    for (Value input : layer(number).node().inputs()) {
                        LayerFacts maker = makers.get(input);
                        if ((maker == null || !inside.contains(maker.node().id())) && !sources.containsKey(input)) {
                            sources.put(input, parts.size());
                            parts.add(new Part(input.name(), maker == null ? "input" : "from outside", Kind.END));
                        }
                    }
                }
            }
        }

        private void member(Member member, List<Integer> own) {
            int part = parts.size();
            Set<Value> read = new HashSet<>();
            for (int number : own) {
                LayerNode node = layer(number).node();
                for (Value input : node.inputs()) {
                    LayerFacts maker = makers.get(input);
                    boolean within = maker != null && own.contains(maker.node().id());
                    if (!within && read.add(input)) {
                        edges.add(new Edge(sources.get(input), part, input, flows(input, layer(number))));
                    }
                }
            }
            own.forEach(number -> layer(number).node().outputs().forEach(output -> sources.put(output, part)));
            parts.add(new Part(member.name(), type(member), kind(member, own)));
        }

        /** Whether a layer's gradient goes on to what it reads. */
        private boolean flows(Value input, LayerFacts reader) {
            LayerFacts maker = makers.get(input);
            return reader.differentiated() && (maker == null ? network.inputGradient() : maker.differentiated());
        }

        private Kind kind(Member member, List<Integer> own) {
            if (member.form() != Form.LAYER) {
                boolean frozen = own.stream().anyMatch(number -> layer(number).frozen())
                        && own.stream()
                                .map(this::layer)
                                .filter(each -> !each.node().parameters().isEmpty())
                                .allMatch(LayerFacts::frozen);
                return frozen ? Kind.FROZEN : Kind.BLOCK;
            }
            LayerFacts only = layer(own.get(0));
            return only.frozen() ? Kind.FROZEN : only.node().parameters().isEmpty() ? Kind.PLAIN : Kind.TRAINED;
        }

        /** Who else reads what the fields make: losses, the caller, other fields. */
        private void ends() {
            for (Map.Entry<Value, Integer> source : List.copyOf(sources.entrySet())) {
                Value value = source.getKey();
                LayerFacts maker = makers.get(value);
                if (maker == null || !inside.contains(maker.node().id())) {
                    continue;
                }
                for (LossTerm loss : network.losses()) {
                    if (loss.inputs().contains(value)) {
                        end(source.getValue(), value, loss.loss().name(), "loss", maker.differentiated());
                    }
                }
                if (network.outputs().contains(value)) {
                    end(
                            source.getValue(),
                            value,
                            value.name(),
                            "output",
                            network.losses().isEmpty() && maker.differentiated());
                }
                facts.layers().stream()
                        .filter(reader -> !inside.contains(reader.node().id())
                                && reader.node().inputs().contains(value))
                        .findFirst()
                        .ifPresent(reader -> end(
                                source.getValue(), value, reader.node().name(), "goes on to", flows(value, reader)));
            }
        }

        private void end(int from, Value value, String name, String type, boolean flows) {
            edges.add(new Edge(from, parts.size(), value, flows));
            parts.add(new Part(name, type, Kind.END));
        }
    }
}
