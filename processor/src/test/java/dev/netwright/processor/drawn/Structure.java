package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares the network that the compiler made of a declaration with the expansion. */
final class Structure {
    private Structure() {}

    /** Empty if there is none. */
    static String difference(DrawnNetwork network, Network declared) {
        Expansion expansion = network.expansion();
        List<String> wanted = new ArrayList<>();
        List<String> got = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        for (Expansion.Flat flat : expansion.layers()) {
            owners.put(flat.name(), flat.twin() == null ? flat.key() : owners.get(flat.twin()));
            wanted.add(line(
                    flat.name(),
                    flat.made(),
                    flat.layer().from(),
                    flat.made().parameters().stream()
                            .map(parameter -> key(flat.key(), parameter.name())
                                    + (parameter.kind() == Kind.PARAMETER
                                                    && !network.frozen().contains(flat.key())
                                            ? " trained"
                                            : ""))
                            .toList(),
                    flat.layer().kept()));
            if (!Objects.equals(owners.get(flat.name()), flat.key())) {
                return flat.name() + " should have the weights of " + owners.get(flat.name());
            }
        }
        for (LayerNode node : declared.layers()) {
            got.add(line(
                    node.name(),
                    node.layer(),
                    node.inputs().stream().map(Value::name).toList(),
                    node.parameters().stream()
                            .map(parameter -> parameter.key() + (parameter.trained() ? " trained" : ""))
                            .toList(),
                    node.kept()));
        }
        wanted.add("outputs "
                + network.outputs().stream()
                        .flatMap(name -> expansion.values(name).stream())
                        .map(expansion::value)
                        .toList());
        got.add("outputs " + declared.outputs().stream().map(Value::name).toList());
        wanted.add("losses "
                + grouped(network.losses()).stream()
                        .map(loss -> expansion.value(loss.of()))
                        .toList());
        got.add("losses "
                + declared.losses().stream()
                        .map(term -> term.inputs().get(0).name())
                        .toList());
        wanted.add("parameters "
                + expansion.layers().stream()
                        .filter(flat -> flat.twin() == null)
                        .flatMap(flat -> flat.made().parameters().stream().map(each -> key(flat.key(), each.name())))
                        .toList());
        got.add("parameters "
                + declared.parameters().stream().map(Parameter::key).toList());
        for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
            String one = i < wanted.size() ? wanted.get(i) : "nothing";
            String other = i < got.size() ? got.get(i) : "nothing";
            if (!one.equals(other)) {
                return "the network has " + other + ", not " + one;
            }
        }
        return "";
    }

    /** Of what is annotated several times, javac makes one annotation in the place of the first. */
    static List<DrawnLoss> grouped(List<DrawnLoss> losses) {
        Map<String, List<DrawnLoss>> groups = new LinkedHashMap<>();
        losses.forEach(loss -> groups.computeIfAbsent(loss.annotation(), any -> new ArrayList<>())
                .add(loss));
        return groups.values().stream().flatMap(List::stream).toList();
    }

    private static String key(String layer, String parameter) {
        return parameter.isEmpty() ? layer : layer + "." + parameter;
    }

    private static String line(String name, Layer layer, List<String> inputs, List<String> parameters, boolean kept) {
        return name + ": " + layer.name() + layer.attributes() + " of " + inputs + " makes " + layer.output() + " with "
                + parameters + (kept ? ", kept" : "");
    }
}
