package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.plan.MemoryPlan.Request;
import dev.netwright.processor.plan.Place.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives every value of a program its place. A moment is the position of a node. */
final class Places {
    /** Memory that a node needs only while it runs, or until another one does. */
    record Temporary(int node, String purpose, int last) {
        Temporary(int node, String purpose) {
            this(node, purpose, node);
        }
    }

    private final Graph graph;
    private final Layouts layouts;
    private final ParameterPlan parameters;
    private final boolean training;
    private final Map<Value, Value> roots = new HashMap<>();
    private final Set<Value> prepared = new HashSet<>();
    private final Map<Value, Integer> constants = new LinkedHashMap<>();
    private final List<Float> constantValues = new ArrayList<>();
    private final Map<Value, Primitive.ByteTable> byteTables = new LinkedHashMap<>();
    private final Map<Value, Integer> targets = new HashMap<>();
    private final MemoryPlan arena;
    private final MemoryPlan scratch;
    private final MemoryPlan preparedMemory;

    Places(
            Graph graph,
            Layouts layouts,
            ParameterPlan parameters,
            boolean training,
            Map<Temporary, Integer> arenaTemporaries,
            Map<Temporary, Integer> scratchTemporaries,
            Map<Temporary, Integer> preparedTemporaries) {
        this.graph = graph;
        this.layouts = layouts;
        this.parameters = parameters;
        this.training = training;
        for (LossTerm loss : graph.losses()) {
            targets.put(loss.target(), targets.size());
        }
        graph.upstream().forEach(value -> targets.put(value, targets.size()));
        graph.nodes().forEach(this::classify);
        arena = new MemoryPlan(requests(true, arenaTemporaries));
        scratch = new MemoryPlan(requests(false, scratchTemporaries));
        preparedMemory = new MemoryPlan(preparedRequests(preparedTemporaries));
    }

    private void classify(Node node) {
        Primitive primitive = Primitive.Fused.anchor(node);
        if (primitive instanceof Primitive.Table table) {
            constants.put(node.output(), constantValues.size());
            constantValues.addAll(table.values());
            while (constantValues.size() % Layout.LANES != 0) {
                constantValues.add(0f);
            }
        }
        if (primitive instanceof Primitive.ByteTable table) {
            byteTables.put(node.output(), table);
        }
        if (Primitive.isView(primitive) && !layouts.moves(node)) {
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

    boolean isPrepared(Value value) {
        return prepared.contains(value);
    }

    private Value root(Value value) {
        return roots.getOrDefault(value, value);
    }

    private int size(Value value) {
        Weights weights = parameters.weights(value);
        return weights != null
                ? weights.size()
                : Layout.roundUp(layouts.of(value).size());
    }

    private boolean isStored(Value value, boolean batched) {
        Value root = root(value);
        return root.equals(value)
                && value.batched() == batched
                && (value.role() == Role.ACTIVATION || value.role() == Role.INPUT)
                && !prepared.contains(value)
                && !constants.containsKey(value)
                && !byteTables.containsKey(value);
    }

    private List<Request> requests(boolean batched, Map<Temporary, Integer> temporaries) {
        int end = graph.nodes().size();
        Map<Value, int[]> live = new LinkedHashMap<>();
        Set<Value> writtenWholly = new HashSet<>();
        for (Value input : graph.inputs()) {
            if (batched && !isReadInPlace(input)) {
                live.put(input, new int[] {-1, -1});
            }
        }
        Set<Value> used = new HashSet<>();
        graph.nodes().forEach(node -> node.inputs().forEach(input -> used.add(root(input))));
        for (int i = 0; i < end; i++) {
            Node node = graph.nodes().get(i);
            if (Primitive.Fused.anchor(node) instanceof Primitive.SparseInputGradient) {
                writtenWholly.addAll(node.outputs());
            }
            for (Value output : node.outputs()) {
                boolean unread = !used.contains(output) && isIndex(node, output);
                if (isStored(output, batched) && !unread) {
                    live.put(output, new int[] {i, i});
                }
            }
            for (Value input : node.inputs()) {
                int[] range = live.get(root(input));
                if (range != null) {
                    range[1] = i;
                }
            }
        }
        Set<Value> external = new HashSet<>();
        graph.read().forEach(value -> external.add(root(value)));
        Set<Value> frozen = training && batched ? FrozenValues.of(graph) : Set.of();
        List<Request> requests = new ArrayList<>();
        live.forEach((value, range) -> {
            boolean exclusive = training
                    && batched
                    && layouts.of(value).hasGaps()
                    && !writtenWholly.contains(value)
                    && !frozen.contains(value);
            int first = exclusive ? -1 : range[0];
            int last = exclusive || external.contains(value) ? end : range[1];
            requests.add(new Request(value, size(value), first, last));
        });
        temporaries.forEach((key, size) -> requests.add(new Request(key, size, key.node(), key.last())));
        return requests;
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

    private List<Request> preparedRequests(Map<Temporary, Integer> temporaries) {
        List<Request> requests = new ArrayList<>();
        prepared.stream()
                .filter(value -> root(value).equals(value))
                .sorted(Comparator.comparingInt(Value::id))
                .forEach(value -> requests.add(new Request(value, size(value), 0, 0)));
        temporaries.forEach((key, size) -> requests.add(new Request(key, size, 0, 0)));
        return requests;
    }

    /** Whether memory was given to the value; not to an index that nobody reads. */
    boolean isStored(Value value) {
        return arena.has(root(value));
    }

    /** Whether the value is in the arena, and still is after a later moment. */
    boolean survives(Value value, int moment) {
        return isStored(value) && arena.survives(root(value), moment);
    }

    Place of(Value value) {
        Layout layout = layouts.of(value);
        Value root = root(value);
        switch (root.role()) {
            case PARAMETER:
                return new Place(Array.PARAMETERS, parameters.entry(root).offset(), layout, false);
            case BUFFER:
                return new Place(Array.BUFFERS, parameters.entry(root).offset(), layout, false);
            case GRADIENT:
                throw new IllegalArgumentException("gradients are placed by parameter");
            case TARGET:
                return new Place(Array.TARGET, targets.get(root), layout, true);
            default:
                break;
        }
        if (constants.containsKey(root)) {
            return new Place(Array.CONSTANTS, constants.get(root), layout, false);
        }
        if (byteTables.containsKey(root)) {
            return new Place(Array.CONSTANTS, byteTable(root), layout, false);
        }
        if (prepared.contains(root)) {
            return new Place(Array.PREPARED, preparedMemory.offset(root), layout, false);
        }
        return root.batched()
                ? new Place(Array.ARENA, arena.offset(root), layout, true)
                : new Place(Array.SCRATCH, scratch.offset(root), layout, false);
    }

    /** Where the gradient of a parameter is summed. */
    Place gradient(Value gradient) {
        Value parameter = gradient.parameter();
        return new Place(Array.GRADIENTS, parameters.entry(parameter).gradientOffset(), layouts.of(parameter), false);
    }

    Place arena(Temporary temporary, Layout layout) {
        return new Place(Array.ARENA, arena.offset(temporary), layout, true);
    }

    Place scratch(Temporary temporary, Layout layout) {
        return new Place(Array.SCRATCH, scratch.offset(temporary), layout, false);
    }

    Place prepared(Temporary temporary, Layout layout) {
        return new Place(Array.PREPARED, preparedMemory.offset(temporary), layout, false);
    }

    /** Whether a border of zeros around the value may have been overwritten by something else in the same memory. */
    boolean mustClearBorder(Value value) {
        return layouts.hasHalo(value) && arena.isShared(value);
    }

    int arenaSize() {
        return arena.size();
    }

    int scratchSize() {
        return scratch.size();
    }

    int preparedSize() {
        return preparedMemory.size();
    }

    List<Float> constants() {
        return List.copyOf(constantValues);
    }

    List<Primitive.ByteTable> byteTables() {
        return List.copyOf(byteTables.values());
    }

    /** Where a table begins: behind the constants and the tables before it. */
    private int byteTable(Value table) {
        int base = constantValues.size();
        for (Map.Entry<Value, Primitive.ByteTable> entry : byteTables.entrySet()) {
            if (entry.getKey().equals(table)) {
                break;
            }
            base += entry.getValue().size();
        }
        return base;
    }

    List<Plan.Stored> stored() {
        return arena.slots().stream()
                .filter(slot -> slot.request().key() instanceof Value)
                .map(slot -> (Value) slot.request().key())
                .map(value -> new Plan.Stored(value, of(value), !arena.isShared(value)))
                .toList();
    }
}
