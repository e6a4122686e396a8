package dev.netwright.processor.build;

import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What names stand for in a network or in a block's body. */
final class Scope {
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Arguments arguments;

    /** @param arguments what placeholders stand for in it */
    Scope(Arguments arguments) {
        this.arguments = arguments;
    }

    /**
     * An input or a layer.
     *
     * @param outputs its values by name, null where they are wrong; one of an input or layer
     * @param inner names of what is within, with dots behind its own; null of an input or layer
     * @param member what the model has of it; null of an input, and where it is wrong
     * @param layer as it was declared; null of an input
     * @param body where it was declared; null of an input
     */
    record Item(Map<String, Value> outputs, Scope inner, Member member, PlacedLayer layer, Scope body) {
        Item {
            outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        }

        static Item of(String name, Value value, Member member, PlacedLayer layer) {
            return new Item(Collections.singletonMap(name, value), null, member, layer, null);
        }

        Item in(Scope of) {
            return new Item(outputs, inner, member, layer, of);
        }

        List<Value> values() {
            return new ArrayList<>(outputs.values());
        }
    }

    Arguments arguments() {
        return arguments;
    }

    void put(String name, Item item) {
        items.putIfAbsent(name, item);
    }

    Set<String> names() {
        return items.keySet();
    }

    Item get(String name) {
        return items.get(name);
    }

    /** What a name with dots stands for, or null. */
    Item find(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return items.get(path);
        }
        Item outer = items.get(path.substring(0, dot));
        return outer == null || outer.inner() == null ? null : outer.inner().find(path.substring(dot + 1));
    }

    /**
     * Whether a name leads into a layer that could not be built, such as one whose inputs only an extending network has: it may
     * be what the layer gives besides its value.
     */
    boolean leadsIntoUnknown(String path) {
        int dot = path.indexOf('.');
        Item outer = dot < 0 ? null : items.get(path.substring(0, dot));
        if (outer == null) {
            return false;
        }
        return outer.inner() == null
                ? outer.layer() != null && outer.values().contains(null)
                : outer.inner().leadsIntoUnknown(path.substring(dot + 1));
    }
}
