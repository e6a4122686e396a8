package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph while a pass changes it: nodes in order, and who makes and reads each value, kept up to date with every
 * change. A change takes as long as the node has operands, however long the graph is.
 */
final class Rewriter {
    /** Numbers left between two neighbours, for nodes that come between. */
    private static final long GAP = 1L << 20;

    /** A node in its place. */
    private static final class Item {
        final Node node;
        Item before;
        Item after;
        /** Grows along the order. */
        long position;

        Item(Node node) {
            this.node = node;
        }
    }

    private final Graph graph;
    private final Map<Node, Item> items = new IdentityHashMap<>();
    private final Map<Value, Node> producers = new HashMap<>();
    /** For each value its readers and how often each reads it. */
    private final Map<Value, Map<Item, Integer>> readers = new HashMap<>();

    private final Set<Value> external;
    /** Before the first node and behind the last. */
    private final Item ends = new Item(null);

    private final List<Decision> decisions = new ArrayList<>();
    private int nextValue;

    Rewriter(Graph graph) {
        this.graph = graph;
        nextValue = graph.nextValue();
        external = graph.read();
        ends.before = ends;
        ends.after = ends;
        graph.nodes().forEach(node -> link(node, ends));
    }

    /** The graph as it is now. */
    Graph graph() {
        List<Node> nodes = new ArrayList<>(items.size());
        for (Item item = ends.after; item != ends; item = item.after) {
            nodes.add(item.node);
        }
        return graph.withNodes(nodes).with(decisions);
    }

    /** Notes what was chosen for a node, and why. */
    void decide(Topic topic, Node node, String choice, String reason) {
        decisions.add(Decision.of(topic, node, choice, reason));
    }

    /** The first node, or null. */
    Node first() {
        return ends.after.node;
    }

    /** The last node, or null. */
    Node last() {
        return ends.before.node;
    }

    /** The node behind another, or null. */
    Node after(Node node) {
        return item(node).after.node;
    }

    /** The node before another, or null. */
    Node before(Node node) {
        return item(node).before.node;
    }

    /** The node that computes a value, or null for what is given. */
    Node producer(Value value) {
        return producers.get(value);
    }

    /** The nodes that read a value, each once, in no order. */
    List<Node> readers(Value value) {
        return readers.getOrDefault(value, Map.of()).keySet().stream()
                .map(item -> item.node)
                .toList();
    }

    /** The first node that reads a value, or null. */
    Node firstReader(Value value) {
        return readers.getOrDefault(value, Map.of()).keySet().stream()
                .min(Comparator.comparingLong(item -> item.position))
                .map(item -> item.node)
                .orElse(null);
    }

    /** How often a value is read; a node that reads it twice counts twice. */
    int reads(Value value) {
        return readers.getOrDefault(value, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Whether anybody reads the value. */
    boolean isRead(Value value) {
        return isExternal(value) || readers.containsKey(value);
    }

    /** Whether the caller reads the value. */
    boolean isExternal(Value value) {
        return external.contains(value);
    }

    /** The reader of a value that is read once and by nobody outside, or null. */
    Node onlyReader(Value value) {
        return isExternal(value) || reads(value) != 1 ? null : readers(value).get(0);
    }

    /** A number for a new value. */
    int newId() {
        return nextValue++;
    }

    /** Puts a node into another one's place. */
    void replace(Node old, Node node) {
        Item next = item(old).after;
        erase(old);
        link(node, next);
    }

    void insertBefore(Node place, Node node) {
        link(node, item(place));
    }

    void erase(Node node) {
        Item item = items.remove(node);
        item.before.after = item.after;
        item.after.before = item.before;
        for (Value output : node.outputs()) {
            producers.computeIfPresent(output, (value, producer) -> producer == node ? null : producer);
        }
        for (Value input : node.inputs()) {
            Map<Item, Integer> of = readers.get(input);
            of.computeIfPresent(item, (reader, times) -> times == 1 ? null : times - 1);
            if (of.isEmpty()) {
                readers.remove(input);
            }
        }
    }

    private Item item(Node node) {
        Item item = items.get(node);
        if (item == null) {
            throw new IllegalStateException(node.name() + " is not in the graph");
        }
        return item;
    }

    private void link(Node node, Item next) {
        Item item = new Item(node);
        item.before = next.before;
        item.after = next;
        next.before.after = item;
        next.before = item;
        number(item);
        items.put(node, item);
        for (Value output : node.outputs()) {
            producers.put(output, node);
        }
        for (Value input : node.inputs()) {
            readers.computeIfAbsent(input, value -> new LinkedHashMap<>()).merge(item, 1, Integer::sum);
        }
    }

    private void number(Item item) {
        long low = item.before == ends ? 0 : item.before.position;
        if (item.after == ends) {
            item.position = low + GAP;
            return;
        }
        item.position = low + (item.after.position - low) / 2;
        if (item.position == low) {
            long position = 0;
            for (Item each = ends.after; each != ends; each = each.after) {
                position += GAP;
                each.position = position;
            }
        }
    }
}
