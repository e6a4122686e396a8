package dev.netwright.processor.build;

import dev.netwright.processor.build.Scope.Item;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.graph.layer.FractionalMaxPool;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.layer.MaxPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Builds one of our own layers. */
final class LayerBuilder {
    /** The input of a layer behind one that is wrong. */
    private static final Shape STAND_IN = Shape.of(64, 64, 64);

    private final NetworkParts parts;
    private final PlacedLayer layer;
    private final String name;
    private final String key;
    private final Attributes attributes;

    /**
     * @param name behind those of the blocks it is in
     * @param key absolute
     * @param attributes as they are declared, with what a block gives them
     */
    LayerBuilder(NetworkParts parts, PlacedLayer layer, String name, String key, Attributes attributes) {
        this.parts = parts;
        this.layer = layer;
        this.name = name;
        this.key = key;
        this.attributes = attributes;
    }

    /**
     * @param sources its inputs, null for one that is wrong; or null if these are not known
     * @param twin the layer whose parameters it has, or null
     */
    Item build(List<Value> sources, Member twin) {
        LayerNode pool = pool(sources);
        return pool == null
                ? made(attributes, sources, twin)
                : made(attributes.with(Wiring.INDICES, pool.layer()), unpooled(sources, pool), twin);
    }

    /** The max pool whose indices are taken, or null. */
    private LayerNode pool(List<Value> sources) {
        if (sources == null || !attributes.isWritten(Wiring.INDICES)) {
            return null;
        }
        Value pooled = sources.get(sources.size() - 1);
        return parts.layers().stream()
                .filter(node -> node.output().equals(pooled)
                        && (node.layer() instanceof MaxPool || node.layer() instanceof FractionalMaxPool))
                .findFirst()
                .orElse(null);
    }

    /** What a pool reads tells its indices. */
    private static List<Value> unpooled(List<Value> sources, LayerNode pool) {
        List<Value> read = new ArrayList<>(sources);
        read.set(read.size() - 1, pool.inputs().get(0));
        return read;
    }

    private Item made(Attributes known, List<Value> sources, Member twin) {
        parts.begin();
        if (parts.count() > BodyBuilder.MOST_LAYERS) {
            layer.site()
                    .add(
                            Problem.TOO_MANY,
                            origin(),
                            "the network, at " + name + ",",
                            parts.count(),
                            "layers",
                            BodyBuilder.MOST_LAYERS,
                            "Repeat less of it.");
            return wrong();
        }
        if (twin == null) {
            parts.keys().add(key, name, layer);
        }
        Layers.Factory factory = Layers.factory(layer.declared().annotation());
        if (factory == null) {
            layer.site()
                    .add(
                            Problem.UNSUPPORTED,
                            origin(),
                            "The layer @" + layer.declared().annotation(),
                            "Use another layer.");
            return wrong();
        }
        List<Value> inputs = sources == null
                ? List.of()
                : sources.stream().filter(Objects::nonNull).toList();
        List<Shape> shapes = inputs.stream().map(Value::shape).toList();
        boolean placed = sources != null && inputs.size() == sources.size();
        Maker<Layer> maker = new Maker<>(
                placed ? written -> factory.create(written, shapes) : null,
                written -> factory.create(written, List.of(STAND_IN)));
        try {
            return maker.make(known, e -> report(e, known, inputs))
                    .map(made -> made.reading(inputs))
                    .filter(this::fits)
                    .map(made -> add(made, inputs, twin))
                    .orElse(wrong());
        } catch (LayerException e) {
            report(e, known, inputs);
            return wrong();
        } catch (ArithmeticException e) {
            layer.site().add(Problem.TOO_LARGE, origin(), "the output of " + layer.name());
            return wrong();
        }
    }

    private Origin origin() {
        return layer.declared().origin();
    }

    private Item wrong() {
        return Item.of(name, null, null, layer);
    }

    private void report(LayerException e, Attributes known, List<Value> inputs) {
        LayerException suspected = new AxisOrder(parts.layers()).suspect(e, known, inputs);
        layer.site()
                .add(
                        e.problem(),
                        origin().attribute(e.attribute()),
                        new ShapeTrace(parts.layers()).wording(suspected, layer.name(), inputs));
    }

    private Item add(Layer made, List<Value> inputs, Member twin) {
        List<Parameter> own = twin == null ? parameters(made) : parametersOf(twin, made);
        if (own == null) {
            return wrong();
        }
        if (parts.elements() > Integer.MAX_VALUE) {
            layer.site()
                    .add(
                            Problem.TOO_LARGE,
                            origin(),
                            "the parameters up to " + name + " have " + parts.elements() + " elements");
            return wrong();
        }
        Value output = parts.value(name, made.output(), true, Role.ACTIVATION);
        List<Value> further = new ArrayList<>();
        Scope inner = made.further().isEmpty() ? null : new Scope(Arguments.NONE);
        made.further().forEach((part, shape) -> {
            Value value = parts.value(name + "." + part, shape, true, Role.ACTIVATION);
            further.add(value);
            inner.put(part, Item.of(part, value, null, null));
        });
        List<String> keys = own.stream().map(Parameter::key).toList();
        LayerNode node = new LayerNode(
                parts.layers().size(),
                name,
                key,
                made,
                inputs,
                own,
                output,
                further,
                false,
                twin != null,
                layer.annotation(attributes),
                parts.frozen().evaluates(key, keys));
        parts.layers().add(node);
        return new Item(Map.of(name, output), inner, Member.layer(name, node), layer, null);
    }

    private List<Parameter> parameters(Layer made) {
        List<Parameter> own = new ArrayList<>();
        for (ParameterDeclaration declaration : parts.inits().redrawn(layer, made.parameters())) {
            String full = declaration.name().isEmpty() ? key : key + "." + declaration.name();
            boolean parameter = declaration.kind() == Kind.PARAMETER;
            boolean trained = parameter && !parts.frozen().matches(full);
            if (!parameter) {
                parts.frozen().passes(full);
            }
            Role role = parameter ? Role.PARAMETER : Role.BUFFER;
            Value value = parts.value(full, declaration.shape(), false, role);
            own.add(new Parameter(full, declaration, value, trained));
        }
        own.forEach(parts::add);
        return own;
    }

    /** Null where they are of other shapes. */
    private List<Parameter> parametersOf(Member twin, Layer made) {
        LayerNode other = parts.layers().get(twin.layer());
        List<ParameterDeclaration> wanted = made.parameters();
        for (int i = 0; i < wanted.size(); i++) {
            ParameterDeclaration has = other.parameters().get(i).declaration();
            if (!has.shape().equals(wanted.get(i).shape())) {
                layer.site()
                        .add(
                                Problem.SHARED_SHAPE,
                                origin(),
                                name,
                                other.name(),
                                has.name(),
                                has.shape(),
                                wanted.get(i).shape());
                return null;
            }
        }
        return other.parameters();
    }

    private boolean fits(Layer made) {
        return fits(name, made.output(), layer)
                && made.parameters().stream()
                        .allMatch(
                                parameter -> fits("the " + parameter.name() + " of " + name, parameter.shape(), layer));
    }

    private static boolean fits(String what, Shape shape, PlacedLayer layer) {
        return fits(what, shape, layer.declared().origin(), layer.site());
    }

    /** Whether an array can hold it; reported if not. */
    static boolean fits(String what, Shape shape, Origin origin, Site site) {
        long elements = 1;
        for (int size : shape.sizes()) {
            elements *= size;
            if (elements > Integer.MAX_VALUE) {
                site.add(Problem.TOO_LARGE, origin, what + " has the shape " + shape);
                return false;
            }
        }
        return true;
    }
}
