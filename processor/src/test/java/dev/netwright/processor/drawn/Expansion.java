package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.reference.AnnotationAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A drawn network with blocks put in, rows written out and placeholders replaced: written apart from the compiler. */
final class Expansion {
    /**
     * A layer of the expanded network.
     *
     * @param layer with names of the expanded network
     * @param key where its parameters' keys begin
     * @param twin the layer whose parameters it has, or null
     * @param made what it computes
     */
    record Flat(DrawnLayer layer, String key, String twin, Layer made) {
        String name() {
            return layer.name();
        }
    }

    /**
     * What a name stands for.
     *
     * @param outputs names of values in the expanded network, by their names behind this one's
     * @param inner what is within; empty of a layer
     * @param use how it came to be; null of an input, and of what a layer gives besides its output
     * @param within whether it has a name there alone where it is declared
     */
    private record Item(Map<String, String> outputs, Map<String, Item> inner, Use use, boolean within) {}

    /**
     * @param element whether it is one of a row that the layer declares
     * @param body where the layer is declared
     */
    private record Use(DrawnLayer declared, boolean element, String name, String key, Body body) {}

    /** Where layers are declared: names, and what placeholders stand for. */
    private record Body(Map<String, Item> scope, Map<String, Object> arguments) {
        Item find(String path) {
            Map<String, Item> within = scope;
            Item item = null;
            for (String part : path.split("\\.")) {
                item = within.get(part);
                if (item == null) {
                    throw new IllegalArgumentException("nothing is called " + path);
                }
                within = item.inner();
            }
            return item;
        }

        /** The one value that a name stands for. */
        String value(String path) {
            Item item = find(path);
            if (item.outputs().size() != 1) {
                throw new IllegalArgumentException(path + " has several outputs");
            }
            return item.outputs().values().iterator().next();
        }
    }

    private final Map<String, DrawnBlock> blocks = new HashMap<>();
    private final Body body = new Body(new LinkedHashMap<>(), Map.of());
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final List<Flat> layers = new ArrayList<>();
    private final Set<String> kept = new HashSet<>();

    /** @param inputs by name */
    Expansion(Map<String, Shape> inputs) {
        shapes.putAll(inputs);
        inputs.keySet().forEach(name -> body.scope().put(name, input(name)));
    }

    private static Item input(String value) {
        return new Item(Map.of("", value), Map.of(), null, true);
    }

    void add(DrawnBlock block) {
        blocks.put(block.name(), block);
    }

    /** An exception where a layer does not fit. */
    void add(DrawnLayer layer) {
        body.scope().put(layer.name(), place(layer, body, "", "", null));
    }

    /** Whether a layer fits, and its expanded ones do; else nothing has changed. */
    boolean add(DrawnLayer layer, Predicate<List<Flat>> fits) {
        int before = layers.size();
        boolean added = false;
        try {
            Item item = place(layer, body, "", "", null);
            added = fits.test(layers.subList(before, layers.size()));
            if (added) {
                body.scope().put(layer.name(), item);
            }
        } catch (LayerException | IllegalArgumentException | ArithmeticException refused) {
            added = false;
        }
        if (!added) {
            List<Flat> gone = layers.subList(before, layers.size());
            gone.forEach(flat -> {
                shapes.remove(flat.name());
                flat.made().further().keySet().forEach(part -> shapes.remove(flat.name() + "." + part));
            });
            gone.forEach(flat -> kept.remove(flat.name()));
            gone.clear();
        }
        return added;
    }

    /** @param twin what it has the parameters of, or null */
    private Item place(DrawnLayer layer, Body in, String path, String keys, String twin) {
        List<String> sources = layer.from().stream().map(in::value).toList();
        String name = path + layer.name();
        String key = keys + layer.name();
        Item item = layer.repeat() == null
                ? one(layer, false, in, name, key, sources, twin)
                : row(layer, in, name, key, sources, twin);
        if (layer.kept()) {
            kept.addAll(item.outputs().values());
        }
        return item;
    }

    private Item row(DrawnLayer layer, Body in, String name, String key, List<String> sources, String twin) {
        Map<String, Item> inner = new LinkedHashMap<>();
        List<String> inputs = sources;
        Item last = null;
        int times = (Integer) resolved(layer.repeat().times(), in);
        if (times < 1) {
            throw new IllegalArgumentException(times + " times");
        }
        for (int i = 0; i < times; i++) {
            String number = layer.repeat()
                    .key()
                    .replace("%d", String.valueOf(layer.repeat().first() + i));
            String of = twin == null ? null : twin + "." + i;
            last = one(layer, true, in, name + "." + i, key + "." + number, inputs, of);
            inner.put(String.valueOf(i), last);
            if (last.outputs().size() != 1 && i < times - 1) {
                throw new IllegalArgumentException("a row of several outputs");
            }
            inputs = Stream.concat(
                            last.outputs().values().stream(), sources.stream().skip(1))
                    .toList();
        }
        return new Item(last.outputs(), inner, new Use(layer, false, name, key, in), false);
    }

    private Item one(
            DrawnLayer layer, boolean element, Body in, String name, String key, List<String> sources, String twin) {
        if (layer.isShared()) {
            if (!layer.attributes().containsKey("value")) {
                throw new IllegalArgumentException(name + " has nobody's weights");
            }
            Use other = in.find((String) layer.attributes().get("value")).use();
            if (other == null) {
                throw new IllegalArgumentException("an input is shared");
            }
            Item same = other.element() || other.declared().repeat() == null
                    ? one(other.declared(), false, other.body(), name, other.key(), sources, other.name())
                    : row(other.declared(), other.body(), name, other.key(), sources, other.name());
            return new Item(same.outputs(), same.inner(), new Use(layer, element, name, other.key(), in), false);
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        layer.attributes().forEach((attribute, value) -> attributes.put(attribute, resolved(value, in)));
        Use use = new Use(layer, element, name, key, in);
        return layer.isBlock()
                ? block(blocks.get(layer.annotation()), attributes, use, sources, twin)
                : leaf(layer, attributes, use, sources, twin);
    }

    private Item block(DrawnBlock block, Map<String, Object> attributes, Use use, List<String> sources, String twin) {
        if (block == null || block.inputs().size() != sources.size()) {
            throw new IllegalArgumentException("inputs of " + use.name());
        }
        Body inner = new Body(new LinkedHashMap<>(), block.arguments(attributes));
        if (inner.arguments().containsValue(null)) {
            throw new IllegalArgumentException(use.name() + " lacks an attribute");
        }
        for (int i = 0; i < sources.size(); i++) {
            inner.scope().put(block.inputs().get(i), input(sources.get(i)));
        }
        for (DrawnLayer layer : block.layers()) {
            String of = twin == null ? null : twin + "." + layer.name();
            inner.scope().put(layer.name(), place(layer, inner, use.name() + ".", use.key() + ".", of));
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        for (DrawnLayer layer : block.layers()) {
            if (block.outputs().contains(layer.name())) {
                outputs.put(layer.name(), inner.value(layer.name()));
            }
        }
        if (outputs.size() < 2) {
            String last = block.layers().get(block.layers().size() - 1).name();
            String output = outputs.isEmpty()
                    ? inner.value(last)
                    : outputs.values().iterator().next();
            outputs.clear();
            outputs.put("", output);
        }
        return new Item(outputs, inner.scope(), use, false);
    }

    private Item leaf(DrawnLayer layer, Map<String, Object> attributes, Use use, List<String> sources, String twin) {
        List<String> read = new ArrayList<>(sources);
        Map<String, Object> given = new LinkedHashMap<>(attributes);
        for (String naming : twin == null ? layer.naming() : List.<String>of()) {
            Object named = DrawnNetwork.renamed(attributes.get(naming), use.body()::value);
            attributes.put(naming, named);
            given.put(naming, named);
            DrawnNetwork.named(named)
                    .forEach(each -> read.add(naming.equals(DrawnNetwork.INDICES) ? pooled(each, given) : each));
        }
        DrawnLayer flat = new DrawnLayer(use.name(), layer.annotation(), attributes, read, false);
        Layer made = Layers.factory(layer.annotation())
                .create(
                        AnnotationAttributes.of(layer.annotation(), given),
                        read.stream().map(shapes::get).toList());
        String owner = twin;
        if (twin != null) {
            Flat other = layers.stream()
                    .filter(each -> each.name().equals(twin))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no twin " + twin));
            if (!shapesOf(other.made()).equals(shapesOf(made))) {
                throw new IllegalArgumentException("shared weights of other shapes");
            }
            owner = other.twin() == null ? twin : other.twin();
        }
        layers.add(new Flat(flat, use.key(), owner, made));
        shapes.put(use.name(), made.output());
        Map<String, Item> inner = new LinkedHashMap<>();
        made.further().forEach((part, shape) -> {
            String value = use.name() + "." + part;
            shapes.put(value, shape);
            inner.put(part, new Item(Map.of("", value), Map.of(), null, false));
        });
        return new Item(Map.of("", use.name()), inner, use, false);
    }

    /** What a max pool reads, which becomes an attribute of the layer that takes its indices. */
    private String pooled(String pool, Map<String, Object> attributes) {
        Flat other = layers.stream()
                .filter(each -> each.name().equals(pool))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pool " + pool));
        attributes.put(DrawnNetwork.INDICES, other.made());
        return other.layer().from().get(0);
    }

    private static List<Shape> shapesOf(Layer layer) {
        return layer.parameters().stream().map(ParameterDeclaration::shape).toList();
    }

    private static Object resolved(Object value, Body in) {
        if (value instanceof List<?> values) {
            return values.stream().map(each -> resolved(each, in)).toList();
        }
        return value instanceof Placeholder placeholder ? placeholder.value(in.arguments()) : value;
    }

    int count() {
        return layers.size();
    }

    boolean isKept(String name) {
        return kept.contains(name);
    }

    /** The layers of the expanded network, in order. */
    List<Flat> layers() {
        return layers.stream()
                .map(flat -> kept.contains(flat.name())
                        ? new Flat(flat.layer().asKept(true), flat.key(), flat.twin(), flat.made())
                        : flat)
                .toList();
    }

    /** Of inputs and layers, by their names in the expanded network. */
    Map<String, Shape> shapes() {
        return shapes;
    }

    /** The name of a value in the expanded network; an exception where it is not one. */
    String value(String path) {
        return body.value(path);
    }

    /** What the outputs of an input or layer are called; of a row, those of its last. */
    List<String> values(String name) {
        Item item = body.find(name);
        if (item.outputs().size() == 1) {
            return List.of(name);
        }
        boolean row =
                !item.inner().containsKey(item.outputs().keySet().iterator().next());
        return row
                ? values(name + "." + (item.inner().size() - 1))
                : item.outputs().keySet().stream()
                        .map(output -> name + "." + output)
                        .toList();
    }

    /** Shapes by all names that a layer behind these can read. */
    Map<String, Shape> readable() {
        Map<String, Shape> readable = new LinkedHashMap<>();
        visit("", body.scope(), (path, item) -> {
            if (item.outputs().size() == 1) {
                readable.put(path, shapes.get(item.outputs().values().iterator().next()));
            }
        });
        return readable;
    }

    /** Names of all whose weights a layer behind these can have. */
    Collection<String> shareable() {
        List<String> shareable = new ArrayList<>();
        visit("", body.scope(), (path, item) -> {
            if (item.use() != null) {
                shareable.add(path);
            }
        });
        return shareable;
    }

    boolean hasParameters(String path) {
        String name = body.find(path).use().name();
        return layers.stream()
                .filter(flat -> flat.name().equals(name) || flat.name().startsWith(name + "."))
                .anyMatch(flat -> !flat.made().parameters().isEmpty());
    }

    private static void visit(String path, Map<String, Item> scope, java.util.function.BiConsumer<String, Item> to) {
        scope.forEach((name, item) -> {
            // the body's inputs have no name outside
            if (path.isEmpty() || !item.within()) {
                to.accept(path + name, item);
                visit(path + name + ".", item.inner(), to);
            }
        });
    }
}
