package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program's tables in one array: those of floats, then what bytes stand for. */
final class Constants {
    private final Map<Value, Integer> offsets = new LinkedHashMap<>();
    private final List<Float> floats = new ArrayList<>();
    private final List<Primitive.ByteTable> byteTables = new ArrayList<>();

    Constants(Graph graph) {
        graph.nodes().forEach(this::addFloats);
        int next = floats.size();
        for (Node node : graph.nodes()) {
            if (Primitive.Fused.anchor(node) instanceof Primitive.ByteTable table) {
                offsets.put(node.output(), next);
                byteTables.add(table);
                next = Math.addExact(next, table.size());
            }
        }
    }

    private void addFloats(Node node) {
        if (Primitive.Fused.anchor(node) instanceof Primitive.Table table) {
            offsets.put(node.output(), floats.size());
            floats.addAll(table.values());
            while (floats.size() % Layout.LANES != 0) {
                floats.add(0f);
            }
        }
    }

    boolean has(Value value) {
        return offsets.containsKey(value);
    }

    /** Where a table begins. */
    int offset(Value table) {
        return offsets.get(table);
    }

    List<Float> floats() {
        return List.copyOf(floats);
    }

    List<Primitive.ByteTable> byteTables() {
        return List.copyOf(byteTables);
    }
}
