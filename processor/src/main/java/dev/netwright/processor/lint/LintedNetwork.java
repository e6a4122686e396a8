package dev.netwright.processor.lint;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A network without errors, and who makes and who reads each of its values. */
final class LintedNetwork {
    /** Where values are moved or named, and stay what they are. */
    private static final Set<String> MOVING = Set.of("Flatten", "Identity", "Permute", "Unflatten");

    private final DeclaredNetwork declared;
    private final Network network;
    private final Map<Value, LayerNode> producers = new HashMap<>();
    private final Map<Value, List<LayerNode>> readers = new HashMap<>();

    LintedNetwork(DeclaredNetwork declared, Network network) {
        this.declared = declared;
        this.network = network;
        for (LayerNode node : network.layers()) {
            node.outputs().forEach(output -> producers.put(output, node));
            node.inputs()
                    .forEach(input -> readers.computeIfAbsent(input, any -> new ArrayList<>())
                            .add(node));
        }
    }

    DeclaredNetwork declared() {
        return declared;
    }

    Network network() {
        return network;
    }

    List<LayerNode> layers() {
        return network.layers();
    }

    List<LossTerm> losses() {
        return network.losses();
    }

    /** Nothing of an input of the network. */
    Optional<LayerNode> producer(Value value) {
        return Optional.ofNullable(producers.get(value));
    }

    /** What computed the numbers that a value has, wherever they were moved since. */
    Optional<LayerNode> origin(Value value) {
        Optional<LayerNode> node = producer(value);
        while (node.isPresent() && MOVING.contains(node.get().layer().name())) {
            node = producer(node.get().inputs().get(0));
        }
        return node;
    }

    List<LayerNode> readers(Value value) {
        return readers.getOrDefault(value, List.of());
    }

    /** Whether the caller or a loss reads a value. */
    boolean isResult(Value value) {
        return network.outputs().contains(value)
                || losses().stream().anyMatch(loss -> loss.inputs().contains(value));
    }

    /** Whether nobody reads a value. */
    boolean isUnused(Value value) {
        return readers(value).isEmpty() && !isResult(value);
    }

    /** The one layer that reads a value, where nothing else does. */
    Optional<LayerNode> onlyReader(Value value) {
        List<LayerNode> all = readers(value);
        return all.size() == 1 && !isResult(value) ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Whether a layer has parameters of which none is trained, or computes as in evaluation. */
    static boolean isFrozen(LayerNode node) {
        List<Boolean> trained = node.parameters().stream()
                .filter(parameter -> parameter.declaration().kind() == Kind.PARAMETER)
                .map(parameter -> parameter.trained())
                .toList();
        return node.evaluates() || !trained.isEmpty() && !trained.contains(true);
    }

    static boolean isTrained(LayerNode node) {
        return node.parameters().stream().anyMatch(parameter -> parameter.trained());
    }
}
