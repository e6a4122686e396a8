package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Buffer.Lifetime;
import dev.netwright.processor.plan.MemoryPlan.Request;
import dev.netwright.processor.plan.MemoryPlan.Slot;
import dev.netwright.processor.plan.Place.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the buffers lie that a program's finished steps touch. A moment is the position of a node: all steps of a node are
 * one, or the memory of what its first step reads would be what its last one writes, and workers would have to meet
 * between them.
 */
final class BufferAssignment {
    /** Before the first node. */
    private static final int START = -1;

    private final Map<Array, MemoryPlan> plans = new EnumMap<>(Array.class);
    private final Map<Node, Integer> moments = new IdentityHashMap<>();
    private final int end;
    /** By id, so that of equal requests the one made first is met first. */
    private final Map<Integer, Request> requests = new TreeMap<>();
    /** By their buffers' ids. */
    private final Map<Integer, Value> values;

    /** Names of the steps that touch buffers first, by the buffers' ids. */
    private final Map<Integer, String> toucher = new HashMap<>();

    /**
     * Goes through all steps.
     *
     * @param nodes what the steps are parts of; those of other nodes, which load the inputs, come before them
     * @param steps in order
     * @param outputs what follows all nodes
     * @param values that have buffers, by their ids
     */
    BufferAssignment(
            List<Node> nodes, List<Draft> prepare, List<Draft> steps, List<Draft> outputs, Map<Integer, Value> values) {
        this.values = values;
        this.end = nodes.size();
        for (int i = 0; i < end; i++) {
            moments.put(nodes.get(i), i);
        }
        prepare.forEach(step -> touch(step, START, START));
        int moment = START;
        for (Draft step : steps) {
            List<Integer> own = step.nodes().stream()
                    .map(node -> moments.getOrDefault(node, START))
                    .toList();
            moment = Math.max(moment, Collections.max(own));
            // a reduction's combination stands behind its row, and what it writes is its own node's
            touch(step, Collections.min(own), moment);
        }
        outputs.forEach(step -> touch(step, end, end));
        for (Array array : List.of(Array.ARENA, Array.SCRATCH, Array.PREPARED)) {
            plans.put(
                    array,
                    new MemoryPlan(requests.values().stream()
                            .filter(request -> request.buffer().array() == array)
                            .toList()));
        }
    }

    private void touch(Draft step, int first, int last) {
        for (BufferView operand : step.operands()) {
            if (isAssigned(operand.array())) {
                toucher.putIfAbsent(operand.buffer().id(), step.name());
                touch(operand.buffer(), first, last);
            }
        }
    }

    private static boolean isAssigned(Array array) {
        return array == Array.ARENA || array == Array.SCRATCH || array == Array.PREPARED;
    }

    private void touch(Buffer buffer, int first, int last) {
        Request known = requests.get(buffer.id());
        int from =
                buffer.lifetime() == Lifetime.ALWAYS ? START : known == null ? first : Math.min(first, known.first());
        int to = buffer.lifetime() != Lifetime.STEPS ? end : known == null ? last : Math.max(last, known.last());
        requests.put(buffer.id(), new Request(buffer, from, to));
    }

    /** Steps with their places; without those that make zero what is zero anyway. */
    List<Step> placed(List<Draft> drafts) {
        return drafts.stream()
                .filter(draft ->
                        !draft.isRestoring() || isShared(draft.operands().get(0).buffer()))
                .map(draft -> new Step(
                        draft.name(),
                        draft.comment(),
                        draft.kernel(),
                        draft.decision(),
                        draft.operands().stream().map(this::place).toList(),
                        draft.operands().stream().map(this::content).toList(),
                        draft.work(),
                        draft.node()))
                .toList();
    }

    private Step.Content content(BufferView view) {
        if (!isAssigned(view.array())) {
            return Step.Content.OUTSIDE;
        }
        Value value = values.get(view.buffer().id());
        return value == null
                ? new Step.Content(toucher.get(view.buffer().id()), null)
                : new Step.Content(value.name(), value.shape());
    }

    Place place(BufferView view) {
        Buffer buffer = view.buffer();
        MemoryPlan plan = plans.get(buffer.array());
        int base = plan == null ? buffer.id() : plan.offset(buffer);
        return new Place(buffer.array(), base, view.layout(), buffer.batched());
    }

    /** Whether others have part of the buffer's memory at other times. */
    boolean isShared(Buffer buffer) {
        return plans.get(buffer.array()).isShared(buffer);
    }

    /** Whether a step touches the buffer, and its memory is not written by others until after some moment. */
    boolean survives(Buffer buffer, int moment) {
        return plans.get(buffer.array()).survives(buffer, moment);
    }

    /** What lies in an array, by offset. */
    List<Buffer> buffers(Array array) {
        return plans.get(array).slots().stream()
                .map(Slot::request)
                .map(Request::buffer)
                .toList();
    }

    /**
     * When each part of the memory is whose, by array and offset.
     *
     * @param values that have memory of their own, by their buffers' ids
     */
    List<Plan.Span> spans(Map<Integer, Value> values) {
        List<Plan.Span> spans = new ArrayList<>();
        plans.forEach((array, plan) -> {
            for (Slot slot : plan.slots()) {
                Request request = slot.request();
                int id = request.buffer().id();
                String name = values.containsKey(id) ? values.get(id).name() : toucher.get(id);
                spans.add(new Plan.Span(name, array, slot.offset(), request.size(), request.first(), request.last()));
            }
        });
        return spans;
    }

    int size(Array array) {
        return plans.get(array).size();
    }
}
