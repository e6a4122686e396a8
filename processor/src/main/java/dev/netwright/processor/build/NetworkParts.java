package dev.netwright.processor.build;

import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.List;

/** What has been built of a network. */
final class NetworkParts {
    private final List<LayerNode> layers = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final Frozen frozen;
    private final InitRules inits;
    private final KeyCheck keys;
    private int nextValue;
    private long elements;
    private int attempts;

    NetworkParts(Frozen frozen, InitRules inits) {
        this.frozen = frozen;
        this.inits = inits;
        this.keys = new KeyCheck();
    }

    List<LayerNode> layers() {
        return layers;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    Frozen frozen() {
        return frozen;
    }

    InitRules inits() {
        return inits;
    }

    KeyCheck keys() {
        return keys;
    }

    /** Layers so far, whether they could be built or not. */
    int count() {
        return attempts;
    }

    void begin() {
        attempts++;
    }

    /** Elements of all parameters so far. */
    long elements() {
        return elements;
    }

    void add(Parameter parameter) {
        parameters.add(parameter);
        elements += parameter.declaration().shape().elements();
    }

    Value value(String name, Shape shape, boolean batched, Role role) {
        return new Value(nextValue(), name, shape, batched, role);
    }

    int nextValue() {
        return nextValue++;
    }

    /** Marks the layer that makes a value as one whose last output can be asked for. */
    void keep(Value value) {
        for (LayerNode node : layers) {
            if (node.output().equals(value)) {
                layers.set(node.id(), node.asKept());
                return;
            }
        }
    }
}
