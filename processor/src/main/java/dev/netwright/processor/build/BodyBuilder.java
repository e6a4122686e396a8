package dev.netwright.processor.build;

import dev.netwright.processor.build.Scope.Item;
import dev.netwright.processor.declared.DeclaredBlock;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredRepeat;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Member.Form;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the layers of a network, or of a block's body, one after the other: blocks are put in where they are used, rows
 * written out. A layer that cannot be built has no value; of those that depend on it, only what does not rest on shapes is
 * checked, and all others are checked as ever.
 */
final class BodyBuilder {
    /** Each is a field, or an entry of a table, in generated code. */
    static final int MOST_LAYERS = 5_000;

    private static final int LONGEST_ROW = 1_000;

    private final NetworkParts parts;
    private final Arguments arguments;
    private final String path;
    private final Scope scope;
    private final List<String> inputs = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    /**
     * @param arguments what the body's placeholders stand for
     * @param path names of what it is in, each with a dot behind it
     */
    BodyBuilder(NetworkParts parts, Arguments arguments, String path) {
        this(parts, new Scope(arguments), path);
    }

    private BodyBuilder(NetworkParts parts, Scope scope, String path) {
        this.parts = parts;
        this.scope = scope;
        this.arguments = scope.arguments();
        this.path = path;
    }

    /** Whether a layer is a parameter by itself, which no chain goes through. */
    static boolean isParameter(DeclaredLayer layer) {
        return "Parameter".equals(layer.annotation()) && layer.block() == null;
    }

    /** @param value null where it is not known */
    void input(String name, Value value) {
        inputs.add(name);
        scope.put(name, Item.of(name, value, null, null));
    }

    Scope scope() {
        return scope;
    }

    List<Member> members() {
        return members;
    }

    /** @param twins what each layer has the parameters of, in order; null where they are its own */
    void build(List<PlacedLayer> layers, List<Member> twins) {
        Wiring wiring = new Wiring(scope, inputs, layers);
        for (int i = 0; i < layers.size() && parts.count() <= MOST_LAYERS; i++) {
            PlacedLayer layer = layers.get(i);
            Item item = build(layer, wiring.sources(i), twins == null ? null : twins.get(i));
            scope.put(layer.name(), item);
            if (item.member() != null) {
                members.add(item.member());
            }
        }
    }

    private Item build(PlacedLayer layer, List<Value> sources, Member twin) {
        DeclaredLayer declared = layer.declared();
        Attributes attributes = arguments.of(declared, layer.site());
        Item item = declared.repeat() == null
                ? one(layer, layer.name(), layer.key(), attributes, sources, twin)
                : row(layer, layer.name(), attributes, sources, twin);
        if (declared.keepOutput()) {
            item.values().forEach(parts::keep);
        }
        return item.in(scope);
    }

    private Item row(PlacedLayer layer, String name, Attributes attributes, List<Value> sources, Member twin) {
        DeclaredLayer declared = layer.declared();
        DeclaredRepeat repeat = new DeclaredRepeat(
                arguments.of(
                        layer.name(),
                        declared.repeat().attributes(),
                        declared.repeat().origin(),
                        layer.site()),
                declared.repeat().origin());
        if (!isRow(layer, repeat)) {
            return Item.of(layer.name(), null, null, layer);
        }
        Scope inner = new Scope(arguments);
        List<Member> children = new ArrayList<>();
        List<Value> inputs = sources;
        Item last = null;
        int first = parts.layers().size();
        for (int i = 0; i < repeat.times() && parts.count() <= MOST_LAYERS; i++) {
            String number = String.valueOf(i);
            String key = layer.key() + "." + repeat.pattern().replace("%d", String.valueOf(repeat.first() + i));
            Member of = twin == null ? null : twin.children().get(i);
            last = one(layer, name + "." + number, key, attributes, inputs, of);
            inner.put(number, last.in(scope));
            if (last.member() != null) {
                children.add(last.member());
            }
            boolean known = sources != null
                    && last.outputs().size() == 1
                    && last.values().get(0) != null;
            inputs = known ? behind(last.values().get(0), sources) : null;
        }
        boolean whole = children.size() == repeat.times();
        Member member = whole ? Member.of(name, layer.key(), Form.ROW, "Sequential", first, children) : null;
        return new Item(last.outputs(), inner, member, layer, scope);
    }

    /** What the next of a row reads: in the place of the first input what the one before gives. */
    private static List<Value> behind(Value before, List<Value> sources) {
        List<Value> next = new ArrayList<>(List.of(before));
        next.addAll(sources.subList(Math.min(1, sources.size()), sources.size()));
        return next;
    }

    private static boolean isRow(PlacedLayer layer, DeclaredRepeat repeat) {
        boolean known = repeat.attributes().unknown().isEmpty();
        boolean counts = !known || repeat.times() >= 1 && repeat.times() <= LONGEST_ROW;
        boolean keyed = !known || repeat.pattern().split("%d", -1).length == 2;
        if (!counts) {
            layer.site().add(Problem.REPEAT, repeat.origin().attribute("value"), layer.name(), repeat.times());
        }
        if (!keyed) {
            layer.site().add(Problem.REPEAT_KEY, repeat.origin().attribute("key"), repeat.pattern(), layer.name());
        }
        return known && counts && keyed;
    }

    /**
     * @param name in this body
     * @param key absolute
     */
    private Item one(
            PlacedLayer layer, String name, String key, Attributes attributes, List<Value> sources, Member twin) {
        DeclaredLayer declared = layer.declared();
        if (declared.annotation() == null) {
            parts.keys().add(key, path + name, layer);
            return Item.of(name, null, null, layer);
        } else if (declared.isShared()) {
            return shared(layer, name, sources);
        } else if (declared.block() != null) {
            return block(layer, name, key, attributes, sources, twin);
        }
        return new LayerBuilder(parts, layer, path + name, key, attributes).build(sources, twin);
    }

    private Item shared(PlacedLayer layer, String name, List<Value> sources) {
        String of = layer.declared().attributes().text("value");
        Item other = scope.find(of);
        if (other == null || other.layer() == null) {
            layer.site()
                    .add(
                            Problem.SHARED_UNKNOWN,
                            layer.declared().origin().attribute("value"),
                            layer.name(),
                            of,
                            SimilarNames.suggestion(of, scope.names()));
        }
        if (other == null || other.member() == null) {
            return Item.of(name, null, null, layer);
        }
        PlacedLayer target = other.layer();
        Site site = layer.site().within(of, "@Shared", layer.declared().origin());
        PlacedLayer again = new PlacedLayer(
                target.declared(), other.member().key(), target.distance(), target.since(), site, layer.declared());
        // what it was made of may have placeholders, and names of its own body
        BodyBuilder body = new BodyBuilder(parts, other.body(), path);
        Attributes attributes = body.arguments.of(target.declared(), layer.site());
        Item built = target.declared().repeat() == null || other.member().form() != Form.ROW
                ? body.one(again, name, other.member().key(), attributes, sources, other.member())
                : body.row(again, name, attributes, sources, other.member());
        return new Item(built.outputs(), built.inner(), built.member(), layer, scope);
    }

    private Item block(
            PlacedLayer layer, String name, String key, Attributes attributes, List<Value> sources, Member twin) {
        DeclaredBlock block = layer.declared().block();
        Origin origin = layer.declared().origin();
        List<Value> given = sources;
        if (sources != null && sources.size() != block.inputs().size()) {
            layer.site()
                    .add(
                            Problem.BLOCK_INPUTS,
                            origin.attribute("from"),
                            layer.name(),
                            sources.size(),
                            sources.size() == 1 ? "input" : "inputs",
                            block.name(),
                            block.inputs().size(),
                            String.join(", ", block.inputs()),
                            "Name them by from, for which the annotation declares String[] from() default {};");
            given = null;
        }
        BodyBuilder body = new BodyBuilder(parts, new Arguments(block, attributes), path + name + ".");
        for (int i = 0; i < block.inputs().size(); i++) {
            body.input(block.inputs().get(i), given == null ? null : given.get(i));
        }
        List<PlacedLayer> layers = block.layers().stream()
                .map(each -> new PlacedLayer(
                        each,
                        key + "." + each.key(),
                        layer.distance(),
                        layer.since(),
                        layer.site().within(each.fieldName(), block.name(), origin)))
                .toList();
        int first = parts.layers().size();
        body.build(layers, twin == null ? null : twin.children());
        boolean whole = body.members().size() == layers.size();
        Member member = whole ? Member.of(name, key, Form.BLOCK, block.name(), first, body.members()) : null;
        return new Item(outputs(block, body.scope(), name), body.scope(), member, layer, scope);
    }

    private static Map<String, Value> outputs(DeclaredBlock block, Scope scope, String name) {
        List<String> marked = block.layers().stream()
                .filter(DeclaredLayer::output)
                .map(DeclaredLayer::fieldName)
                .toList();
        Map<String, Value> outputs = new LinkedHashMap<>();
        List<DeclaredLayer> layers = block.layers();
        List<String> names =
                marked.isEmpty() ? List.of(layers.get(layers.size() - 1).fieldName()) : marked;
        for (String output : names) {
            Item item = scope.get(output);
            boolean one = item != null && item.outputs().size() == 1;
            outputs.put(output, one ? item.values().get(0) : null);
        }
        return names.size() > 1 ? outputs : Collections.singletonMap(name, outputs.get(names.get(0)));
    }
}
