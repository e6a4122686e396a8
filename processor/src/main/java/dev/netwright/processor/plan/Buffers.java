package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.plan.Buffer.Lifetime;
import dev.netwright.processor.plan.Place.Array;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The buffers of a program's values, and of what its steps hand on to each other besides. */
final class Buffers {
    private final Graph graph;
    private final Layouts layouts;
    private final ParameterPlan parameters;
    private final boolean training;
    private final Constants constants;
    /** Values in whose memory views lie. */
    private final Map<Value, Value> roots = new HashMap<>();

    /** Values that follow from parameters alone. */
    private final Set<Value> prepared = new HashSet<>();

    private final Map<Value, Integer> targets = new HashMap<>();
    private final Map<Value, Integer> factors = new HashMap<>();
    private final Map<Value, Integer> lossWeights = new HashMap<>();
    private final Map<Value, Buffer> assigned = new LinkedHashMap<>();
    private int nextId;

    Buffers(Graph graph, Layouts layouts, ParameterPlan parameters, boolean training) {
        this.graph = graph;
        this.layouts = layouts;
        this.parameters = parameters;
        this.training = training;
        this.constants = new Constants(graph);
        int index = 0;
        List<List<Integer>> offsets = LossWeightsPlan.offsets(graph.losses());
        for (LossTerm loss : graph.losses()) {
            for (int i = 0; i < loss.weights().size(); i++) {
                lossWeights.put(loss.weights().get(i), offsets.get(index).get(i));
            }
            factors.put(loss.factor(), index);
            targets.put(loss.target(), index++);
        }
        for (Value value : graph.upstream()) {
            targets.put(value, index++);
        }
        graph.nodes().forEach(this::classify);
        create();
    }

    private void classify(Node node) {
        if (Primitive.isView(Primitive.Fused.anchor(node)) && !layouts.moves(node)) {
            roots.put(node.output(), root(node.inputs().get(0)));
        }
        // in training what frozen layers evaluate with
        boolean fromParameters = (!training || node.phase() == Node.Phase.FORWARD)
                && !node.inputs().isEmpty()
                && node.inputs().stream().allMatch(this::isFromParameters);
        if (fromParameters) {
            prepared.addAll(node.outputs());
        }
    }

    private boolean isFromParameters(Value value) {
        return value.role() == Role.PARAMETER || value.role() == Role.BUFFER || prepared.contains(value);
    }

    private Value root(Value value) {
        return roots.getOrDefault(value, value);
    }

    private void create() {
        Set<Value> used = new HashSet<>();
        graph.nodes().forEach(node -> node.inputs().forEach(input -> used.add(root(input))));
        Set<Value> results = results();
        Set<Value> shared = training ? sharedInTraining() : Set.of();
        for (Value input : graph.inputs()) {
            if (input.batched() && !isReadInPlace(input)) {
                create(input, lifetime(input, results, shared));
            }
        }
        for (Node node : graph.nodes()) {
            for (Value output : node.outputs()) {
                boolean unread = !used.contains(output) && isIndex(node, output);
                if (isComputed(output) && !unread) {
                    create(output, lifetime(output, results, shared));
                }
            }
        }
        prepared.stream()
                .filter(value -> root(value).equals(value))
                .sorted(Comparator.comparingInt(Value::id))
                .forEach(value -> assigned.put(value, create(Array.PREPARED, layout(value), false, Lifetime.ALWAYS)));
    }

    /** What is read when the program has run, by the caller or by the updates of running statistics. */
    private Set<Value> results() {
        Set<Value> results = new HashSet<>();
        graph.read().forEach(value -> results.add(root(value)));
        graph.nodes().stream()
                .filter(node -> node.operator() instanceof Primitive.UpdateStatistics)
                .forEach(node -> node.inputs().forEach(value -> results.add(root(value))));
        return results;
    }

    private void create(Value value, Lifetime lifetime) {
        Array array = value.batched() ? Array.ARENA : Array.SCRATCH;
        assigned.put(value, create(array, layout(value), value.batched(), lifetime));
    }

    private Buffer create(Array array, Layout layout, boolean batched, Lifetime lifetime) {
        return new Buffer(array, nextId++, layout, batched, lifetime);
    }

    private Layout layout(Value value) {
        Weights weights = parameters.weights(value);
        return weights != null ? Layout.vector(weights.size()) : layouts.of(value);
    }

    /** What has memory with others in training, gaps or not: all of it is written anew, or the forward pass alone reads it. */
    private Set<Value> sharedInTraining() {
        Set<Value> shared = new HashSet<>(FrozenValues.of(graph));
        for (Node node : graph.nodes()) {
            if (Primitive.Fused.anchor(node) instanceof Primitive.SparseInputGradient) {
                shared.addAll(node.outputs());
            }
        }
        return shared;
    }

    private Lifetime lifetime(Value value, Set<Value> results, Set<Value> shared) {
        boolean staysZero = training && value.batched() && layouts.of(value).hasGaps() && !shared.contains(value);
        return staysZero ? Lifetime.ALWAYS : results.contains(value) ? Lifetime.RESULT : Lifetime.STEPS;
    }

    private boolean isComputed(Value value) {
        return root(value).equals(value)
                && (value.role() == Role.ACTIVATION || value.role() == Role.INPUT)
                && !prepared.contains(value)
                && !constants.has(value);
    }

    /** Whether all who read an input take it from the caller's array. */
    private boolean isReadInPlace(Value input) {
        List<Node> readers = graph.consumers(input);
        return !readers.isEmpty()
                && readers.stream().allMatch(node -> Primitive.readsCaller(Primitive.Fused.anchor(node)))
                && !graph.read().contains(input);
    }

    private static boolean isIndex(Node node, Value output) {
        boolean pools = node.operator() instanceof Primitive.MaxPool
                || node.operator() instanceof Primitive.Fused fused && fused.pool() instanceof Primitive.MaxPool;
        return pools && output.equals(node.outputs().get(node.outputs().size() - 1));
    }

    /** Whether the value has memory in the arena; not an index that nobody reads. */
    boolean isStored(Value value) {
        Buffer buffer = assigned.get(root(value));
        return buffer != null && buffer.array() == Array.ARENA;
    }

    /** The values that have memory of their own in the arena, by their buffers' ids. */
    Map<Integer, Value> stored() {
        Map<Integer, Value> stored = new HashMap<>();
        assigned.forEach((value, buffer) -> {
            if (buffer.array() == Array.ARENA) {
                stored.put(buffer.id(), value);
            }
        });
        return stored;
    }

    /** The values that have memory of their own that is assigned, by their buffers' ids. */
    Map<Integer, Value> values() {
        Map<Integer, Value> values = new HashMap<>();
        assigned.forEach((value, buffer) -> values.put(buffer.id(), value));
        return values;
    }

    /** Whether a value is written, and not an index that nobody reads. */
    boolean isWritten(Value value) {
        return value.role() == Role.GRADIENT || assigned.containsKey(root(value));
    }

    BufferView of(Value value) {
        Layout layout = layouts.of(value);
        Value root = root(value);
        switch (root.role()) {
            case PARAMETER:
                return Buffer.at(Array.PARAMETERS, parameters.entry(root).offset(), layout, false);
            case BUFFER:
                return Buffer.at(Array.BUFFERS, parameters.entry(root).offset(), layout, false);
            case GRADIENT:
                throw new IllegalArgumentException("gradients are placed by parameter");
            case TARGET:
                return Buffer.at(Array.TARGET, targets.get(root), layout, true);
            case FACTOR:
                return Buffer.at(Array.FACTORS, factors.get(root), layout, false);
            case LOSS_WEIGHTS:
                return Buffer.at(Array.LOSS_WEIGHTS, lossWeights.get(root), layout, false);
            default:
                break;
        }
        if (constants.has(root)) {
            return Buffer.at(Array.CONSTANTS, constants.offset(root), layout, false);
        }
        Buffer buffer = assigned.get(root);
        if (buffer == null) {
            throw new IllegalStateException(value + " has no buffer");
        }
        return new BufferView(buffer, layout);
    }

    /** Where the gradient of a parameter is summed. */
    BufferView gradient(Value gradient) {
        Value parameter = gradient.parameter();
        return Buffer.at(Array.GRADIENTS, parameters.entry(parameter).gradientOffset(), layouts.of(parameter), false);
    }

    /** Of something that steps of a program hand on to each other. */
    BufferView temporary(Array array, Layout layout) {
        Lifetime lifetime = array == Array.PREPARED ? Lifetime.ALWAYS : Lifetime.STEPS;
        return create(array, layout, array == Array.ARENA, lifetime).whole();
    }

    Constants constants() {
        return constants;
    }
}
