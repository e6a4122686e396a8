package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which layer takes its inputs from where: the chain of fields unless {@code from} says otherwise. */
final class Wiring {
    /** The attribute that names a max pool. */
    static final String INDICES = "indices";

    private final Scope scope;
    private final List<String> inputs;
    private final List<PlacedLayer> layers;

    /**
     * @param scope with the inputs, and each layer once it is built
     * @param inputs names of the inputs
     * @param layers of the network or body
     */
    Wiring(Scope scope, List<String> inputs, List<PlacedLayer> layers) {
        this.scope = scope;
        this.inputs = List.copyOf(inputs);
        this.layers = List.copyOf(layers);
    }

    /** The values that a layer reads, null for one that is wrong; or null where it is not known which. */
    List<Value> sources(int index) {
        PlacedLayer layer = layers.get(index);
        if (inputs.contains(layer.name())) {
            layer.site()
                    .add(Problem.NAME_CLASH, Origin.of(layer.declared().origin().element()), layer.name());
        }
        if (layer.declared().attributes().unknown().contains("from")) {
            return null;
        }
        if (BodyBuilder.isParameter(layer.declared())) {
            return List.of();
        }
        List<Value> read = layer.declared().from() == null ? before(layer, index) : named(layer, index);
        for (String attribute : Attributes.NAMING) {
            if (read != null && layer.declared().attributes().isWritten(attribute)) {
                read = with(attribute, layer, index, read);
            }
        }
        return read;
    }

    /** Behind what a layer reads, what an attribute names: of a max pool whose indices are taken, what it makes. */
    private List<Value> with(String attribute, PlacedLayer layer, int index, List<Value> read) {
        Origin origin = layer.declared().origin().attribute(attribute);
        List<Value> all = new ArrayList<>(read);
        for (String name : layer.declared().attributes().texts(attribute)) {
            Scope.Item item = scope.find(name);
            if (isUnknown(item, name, index)) {
                unknown(layer, index, name, origin);
                return null;
            }
            all.add(single(layer, name, item, origin));
        }
        return all;
    }

    private List<Value> before(PlacedLayer layer, int index) {
        for (int i = index - 1; i >= 0; i--) {
            if (!BodyBuilder.isParameter(layers.get(i).declared())) {
                Value value = single(
                        layer,
                        layers.get(i).name(),
                        scope.get(layers.get(i).name()),
                        layer.declared().origin());
                return value == null ? null : List.of(value);
            }
        }
        if (inputs.size() == 1) {
            return values(inputs);
        }
        if (layer.declared().annotation() != null && !inputs.isEmpty()) {
            String all = inputs.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
            layer.site().add(Problem.FROM_MISSING, layer.declared().origin(), layer.name(), all, inputs.get(0));
        }
        return null;
    }

    private List<Value> values(List<String> names) {
        List<Value> values = new ArrayList<>();
        names.forEach(name -> values.addAll(scope.get(name).values()));
        return values;
    }

    private List<Value> named(PlacedLayer layer, int index) {
        DeclaredLayer declared = layer.declared();
        if (declared.from().isEmpty()) {
            layer.site().add(Problem.FROM_EMPTY, declared.origin().attribute("from"), layer.name());
            return null;
        }
        List<Value> values = new ArrayList<>();
        boolean known = true;
        for (int i = 0; i < declared.from().size(); i++) {
            String name = declared.from().get(i);
            Origin origin = declared.origin().attribute("from", i);
            Scope.Item item = scope.find(name);
            if (isUnknown(item, name, index)) {
                known = false;
                unknown(layer, index, name, origin);
            } else {
                values.add(single(layer, name, item, origin));
            }
        }
        return known ? values : null;
    }

    private boolean isUnknown(Scope.Item item, String name, int index) {
        return item == null ? !scope.leadsIntoUnknown(name) : place(name) == index;
    }

    /** @param item null for what leads into a layer that could not be built */
    private static Value single(PlacedLayer layer, String name, Scope.Item item, Origin origin) {
        if (item == null) {
            return null;
        }
        if (item.outputs().size() > 1) {
            List<String> outputs = List.copyOf(item.outputs().keySet());
            layer.site()
                    .add(
                            Problem.BLOCK_OUTPUTS,
                            origin,
                            layer.name(),
                            name,
                            String.join(", ", outputs),
                            last(name, item, outputs.get(0)) + "." + outputs.get(0));
            return null;
        }
        return item.values().get(0);
    }

    /** The path of a block, of a row's last. */
    private static String last(String path, Scope.Item item, String output) {
        if (item.inner().get(output) != null) {
            return path;
        }
        String number = String.valueOf(item.inner().names().size() - 1);
        return last(path + "." + number, item.inner().get(number), output);
    }

    private int place(String name) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void unknown(PlacedLayer layer, int index, String name, Origin origin) {
        int dot = name.indexOf('.');
        int declared = place(dot < 0 ? name : name.substring(0, dot));
        if (declared == index) {
            layer.site().add(Problem.FROM_ITSELF, origin, layer.name());
        } else if (declared > index) {
            layer.site().add(Problem.FROM_LATER, origin, layer.name(), name);
        } else {
            layer.site()
                    .add(Problem.UNKNOWN_FROM, origin, layer.name(), name, SimilarNames.suggestion(name, known(name)));
        }
    }

    /** Names that might have been meant: those beside it, with the same beginning. */
    private List<String> known(String name) {
        int dot = name.lastIndexOf('.');
        Scope.Item outer = dot < 0 ? null : scope.find(name.substring(0, dot));
        if (outer != null && outer.inner() != null) {
            return outer.inner().names().stream()
                    .map(inner -> name.substring(0, dot + 1) + inner)
                    .toList();
        }
        List<String> known = new ArrayList<>(scope.names());
        known.removeAll(inputs);
        known.addAll(inputs);
        return known;
    }
}
