package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What a {@link Layer} writes its primitives to. */
public final class Lowering {
    /** What a max pool reads, and how. */
    private record Pooled(Value x, List<PoolWindow> windows) {}

    /** A network has fewer layers than 2 to the power of this. */
    private static final int PART_BITS = 16;

    private final boolean training;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Value> trained = new HashSet<>();
    /** Of values that were written with their derivatives. */
    private final Map<Value, Dual> formulas = new HashMap<>();

    private final Map<Pooled, Value> indices = new HashMap<>();
    private int nextValue;

    private String name = "";
    /** The layer whose part is being written; null for a loss. */
    private LayerNode layer;

    private Node.Phase phase = Node.Phase.FORWARD;
    private Scope scope = new Scope("", 0, 0);
    /** Layers applied within the layer so far. */
    private int applied;

    private boolean[] needed = {};
    private List<Value> furtherGradients = List.of();

    /** A layer, or one that it applies, while it is written. */
    private static final class Scope {
        /** The names of the layers applied, each with a dot behind it. */
        private final String prefix;
        /** The first node. */
        private final int first;
        /** How many layers were applied before within the layer, for generators. */
        private final int number;

        private final List<Value> saved = new ArrayList<>();
        private final List<Layer.Applied> parts = new ArrayList<>();
        private final Map<String, Value> given = new HashMap<>();

        Scope(String prefix, int first, int number) {
            this.prefix = prefix;
            this.first = first;
            this.number = number;
        }
    }

    /**
     * @param training whether the program trains
     * @param firstValue the first number free for a new value
     * @param parameters of the network; gradients are written of those that are trained
     */
    public Lowering(boolean training, int firstValue, List<Parameter> parameters) {
        this.training = training;
        this.nextValue = firstValue;
        parameters.stream().filter(Parameter::trained).map(Parameter::value).forEach(trained::add);
    }

    /** Begins a layer's part; what follows is named after it. */
    public void enter(LayerNode node, Node.Phase newPhase) {
        enter(node.name(), newPhase);
        layer = node;
    }

    /** Begins a part that is no layer's. */
    public void enter(String newName, Node.Phase newPhase) {
        name = newName;
        layer = null;
        phase = newPhase;
        applied = 0;
        scope = new Scope("", nodes.size(), 0);
    }

    /** What follows runs in another phase. */
    public void phase(Node.Phase newPhase) {
        phase = newPhase;
    }

    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** What the forward of a layer that was begun last leaves. */
    public Layer.Forward left(Layer of, List<Value> inputs, Value output) {
        return new Layer.Forward(
                inputs,
                output,
                of.further().keySet().stream().map(scope.given::get).toList(),
                List.copyOf(scope.saved),
                List.copyOf(nodes.subList(scope.first, nodes.size())),
                List.copyOf(scope.parts));
    }

    /**
     * Applies a layer that the one being written is composed of: its parameters are those that the composed one declares
     * with the key, a dot and their own name, its gradient is its own rule's.
     *
     * @param key its name within the composed layer
     */
    public Value part(String key, Layer part, Value... inputs) {
        Scope outer = scope;
        applied++;
        scope = new Scope(outer.prefix + key + ".", nodes.size(), applied);
        Value output = part.forward(this, List.of(inputs));
        Layer.Forward left = left(part, List.of(inputs), output);
        scope = outer;
        if (!left.nodes().isEmpty()) {
            int first = nodes.size() - left.nodes().size() - outer.first;
            outer.parts.add(new Layer.Applied(key, part, left, first));
        }
        return output;
    }

    /** Writes the gradient of what {@link #part} applied, and returns those by its inputs. */
    List<Value> backward(Layer.Applied part, Value gradient, boolean[] inputs) {
        Scope outer = scope;
        boolean[] neededBefore = needed;
        List<Value> furtherBefore = furtherGradients;
        scope = new Scope(outer.prefix + part.key() + ".", nodes.size(), 0);
        needed = inputs.clone();
        furtherGradients = Collections.nCopies(part.forward().further().size(), null);
        List<Value> byInputs = part.layer().backward(this, part.forward(), gradient);
        needed = neededBefore;
        furtherGradients = furtherBefore;
        scope = outer;
        return byInputs;
    }

    /**
     * Of the layer whose backward is to be written.
     *
     * @param inputs whether the gradient of each is asked for
     * @param ofFurther gradients by what it gives besides its output, null where nothing depends on one
     */
    public void needs(boolean[] inputs, List<Value> ofFurther) {
        needed = inputs.clone();
        furtherGradients = ofFurther;
    }

    /** The gradients by what the layer gives besides its output, null where nothing depends on one. */
    List<Value> furtherGradients() {
        return furtherGradients;
    }

    /** Whether the layer trains: draws dropout and uses the batch's own statistics. */
    public boolean training() {
        return training && (layer == null || !layer.evaluates());
    }

    /** Whether the program has a backward, which may read what is computed in the forward. */
    public boolean differentiates() {
        return training;
    }

    /** Whether the gradient of this input of the layer is asked for. */
    public boolean needsGradient(int input) {
        return needed[input];
    }

    /** The layer's own parameter or buffer. */
    public Value parameter(String declared) {
        return layer.parameter(scope.prefix + declared);
    }

    /** Whether the value is a parameter that has a gradient. */
    boolean isTrained(Value value) {
        return trained.contains(value);
    }

    /** The formula that a value's elements were written by, or null. */
    Dual formula(Value value) {
        return formulas.get(value);
    }

    /** What a value is called besides its layer. */
    String suffix(Value value) {
        String title = title();
        return value.name().startsWith(title) ? value.name().substring(title.length()) : "";
    }

    /** What all values of the layer, or of the one that it applies, are called. */
    private String title() {
        return scope.prefix.isEmpty() ? name : name + "." + scope.prefix.substring(0, scope.prefix.length() - 1);
    }

    /** Tells what the layer gives besides its output, by its name among {@link Layer#further}. */
    public void give(String furtherName, Value value) {
        scope.given.put(furtherName, value);
    }

    /** Keeps a value for the layer's backward. */
    public Value save(Value value) {
        scope.saved.add(value);
        return value;
    }

    public Value convolve(Value x, Value weight, Value bias, Primitive.Convolution convolution, Shape output) {
        return apply(new Primitive.Convolve(convolution), "", output, true, withBias(x, weight, bias));
    }

    public Value convolveInputGradient(Value gradient, Value weight, Primitive.Convolution convolution, Shape input) {
        return apply(new Primitive.ConvolveInputGradient(convolution), ".grad", input, true, List.of(gradient, weight));
    }

    public void convolveWeightGradient(Value x, Value gradient, Primitive.Convolution convolution, Value weight) {
        toGradient(weight, new Primitive.ConvolveWeightGradient(convolution), () -> List.of(x, gradient));
    }

    /** The gradient of a convolution by its input, as what a layer computes. */
    public Value transposedConvolve(
            Value x, Value weight, Value bias, Primitive.Convolution convolution, Shape output) {
        return apply(new Primitive.ConvolveInputGradient(convolution), "", output, true, withBias(x, weight, bias));
    }

    /** The convolution itself, as the gradient by a transposed one's input. */
    public Value transposedConvolveGradient(
            Value gradient, Value weight, Primitive.Convolution convolution, Shape input) {
        return apply(new Primitive.Convolve(convolution), ".grad", input, true, List.of(gradient, weight));
    }

    public Value product(Value x, Value weight, Value bias, Shape output) {
        return product("", x, weight, bias, output);
    }

    /** As the other, with a suffix to the result's name. */
    public Value product(String suffix, Value x, Value weight, Value bias, Shape output) {
        return apply(new Primitive.Product(), suffix, output, true, withBias(x, weight, bias));
    }

    public Value productInputGradient(Value gradient, Value weight, Shape input) {
        return apply(new Primitive.ProductInputGradient(), ".grad", input, true, List.of(gradient, weight));
    }

    public void productWeightGradient(Value x, Value gradient, Value weight) {
        toGradient(weight, new Primitive.ProductWeightGradient(), () -> List.of(x, gradient));
    }

    /** The product of two matrices, or one of its gradients: see {@link Primitive.MatMul}. */
    public Value matMul(String suffix, Value x, Value y, Shape output) {
        return apply(new Primitive.MatMul(), suffix, output, x.batched() || y.batched(), List.of(x, y));
    }

    /** A weight's rows, one for each index of an input. */
    public Value gather(Value indices, Value weight) {
        Shape shape = indices.shape()
                .and(weight.shape().sizes().subList(1, weight.shape().rank()));
        return apply(new Primitive.Gather(), "", shape, true, List.of(indices, weight));
    }

    public void gatherGradient(Value indices, Value gradient, Primitive.GatherGradient how, Value weight) {
        toGradient(weight, how, () -> List.of(indices, gradient));
    }

    /** Element by element; the result has the shape to which the arguments are broadcast. */
    public Value map(Expr expr, Value... arguments) {
        return map("", expr, arguments);
    }

    /** As {@link #map(Expr, Value...)}, with a suffix to the result's name. */
    public Value map(String suffix, Expr expr, Value... arguments) {
        boolean batched = false;
        for (Value argument : arguments) {
            batched |= argument.batched();
        }
        return apply(new Primitive.Map(expr), suffix, space(arguments), batched, List.of(arguments));
    }

    /** As {@link #map(Expr, Value...)}, of a layer whose gradient is the formula's: {@link Gradients}. */
    public Value map(Dual formula, Value... arguments) {
        return map("", formula, arguments);
    }

    public Value map(String suffix, Dual formula, Value... arguments) {
        Value value = map(suffix, formula.value(), arguments);
        formulas.put(value, formula);
        return value;
    }

    /** As the other, of a layer whose gradient is the formula's. */
    public Value reduce(
            String suffix, Primitive.Reduce.Kind kind, Dual formula, List<Integer> dimensions, Value... arguments) {
        Value value = reduce(suffix, kind, formula.value(), dimensions, arguments);
        formulas.put(value, formula);
        return value;
    }

    /** Constants, one for each element of a vector. */
    public Value table(Primitive.Table table) {
        return apply(table, ".table", Shape.of(table.values().size()), false, List.of());
    }

    /** Whole constants, one for each element of a vector. */
    public Value table(IntStream values) {
        return table(new Primitive.Table(values.mapToObj(value -> (float) value).toList()));
    }

    /** Combines over dimensions of the sample; they keep the size 1. */
    public Value reduce(
            String suffix, Primitive.Reduce.Kind kind, Expr expr, List<Integer> dimensions, Value... arguments) {
        return apply(
                new Primitive.Reduce(kind, expr, dimensions, false),
                suffix,
                reduced(space(arguments), dimensions),
                true,
                List.of(arguments));
    }

    /** As {@link #reduce}, over the batch too; the result is not batched. */
    public Value reduceBatch(
            String suffix, Primitive.Reduce.Kind kind, Expr expr, List<Integer> dimensions, Value... arguments) {
        return apply(
                new Primitive.Reduce(kind, expr, dimensions, true),
                suffix,
                reduced(space(arguments), dimensions),
                false,
                List.of(arguments));
    }

    /** A sum over the batch, made a mean. */
    public Value batchMean(String suffix, Value sum, int perSample) {
        return apply(new Primitive.DivideByCount(perSample), suffix, sum.shape(), false, List.of(sum));
    }

    public Value reshape(Value value, Shape shape) {
        if (value.shape().equals(shape)) {
            return value;
        }
        return apply(new Primitive.Reshape(), "", shape, value.batched(), List.of(value));
    }

    /** Elements of one dimension, from one place on. */
    public Value slice(Value value, int dimension, int from, int size) {
        return slice("", value, dimension, from, size);
    }

    /** As the other, with a suffix to the result's name. */
    public Value slice(String suffix, Value value, int dimension, int from, int size) {
        Shape shape = value.shape().with(dimension, size);
        return apply(new Primitive.Slice(dimension, from, size), suffix, shape, value.batched(), List.of(value));
    }

    /** A value with zeros behind its elements along a dimension. */
    public Value extended(Value value, int dimension, int more) {
        if (more == 0) {
            return value;
        }
        List<Integer> none = Collections.nCopies(value.shape().rank(), 0);
        List<Integer> after = new ArrayList<>(none);
        after.set(dimension, more);
        Shape shape = value.shape().with(dimension, value.shape().size(dimension) + more);
        Primitive pad = new Primitive.Pad(none, after, Primitive.Pad.Mode.CONSTANT, 0);
        return apply(pad, ".extended", shape, value.batched(), List.of(value));
    }

    /** A value's dimensions in another order: for each of the result's, which of the value's it is. */
    public Value permute(Value value, List<Integer> order) {
        return apply(new Primitive.Permute(order), "", value.shape().permuted(order), value.batched(), List.of(value));
    }

    /** A value's last two dimensions exchanged. */
    public Value transposed(Value value) {
        return permute(value, transposition(value.shape().rank()));
    }

    /** The order of dimensions that exchanges the last two. */
    static List<Integer> transposition(int rank) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.swap(order, rank - 2, rank - 1);
        return order;
    }

    /** A value with sizes of 1 repeated; whoever goes through its elements stands still instead. */
    public Value expand(Value value, Shape shape) {
        return value.shape().equals(shape) ? value : same("", value, shape, value.batched());
    }

    private Value same(String suffix, Value value, Shape shape, boolean batched) {
        Dual same = Dual.variable(0);
        Value result = apply(new Primitive.Map(same.value()), suffix, shape, batched, List.of(value));
        formulas.put(result, same);
        return result;
    }

    /** A per-channel vector made to broadcast against values with channels in dimension 0. */
    public Value perChannel(Value vector, Shape shape) {
        Shape broadcast = shape;
        for (int i = 1; i < shape.rank(); i++) {
            broadcast = broadcast.with(i, 1);
        }
        return reshape(vector, broadcast);
    }

    /** The dimensions other than the channels'. */
    public static List<Integer> pixels(Shape shape) {
        return IntStream.range(1, shape.rank()).boxed().toList();
    }

    /** Adds a value, reshaped, to the gradient of the layer's parameter. */
    public void accumulate(String parameterName, Value gradient) {
        accumulate(parameter(parameterName), gradient);
    }

    void accumulate(Value parameter, Value gradient) {
        toGradient(parameter, new Primitive.Accumulate(), () -> List.of(reshape(gradient, parameter.shape())));
    }

    /** @return y and the index */
    public List<Value> maxPool(Value x, List<PoolWindow> windows, Shape output) {
        List<Value> pooled = maxPool(x, List.of(), windows, output);
        indices.putIfAbsent(new Pooled(x, windows), pooled.get(1));
        return pooled;
    }

    /**
     * As the other, of windows whose begins are drawn.
     *
     * @param shifts see {@link Primitive.MaxPool}
     */
    public List<Value> maxPool(Value x, List<Value> shifts, List<PoolWindow> windows, Shape output) {
        Value y = value("", output, true);
        Value index = value(".index", output, true);
        List<Value> read = new ArrayList<>(List.of(x));
        read.addAll(shifts);
        node(new Primitive.MaxPool(windows), read, List.of(y, index));
        return List.of(y, index);
    }

    /** Where the largest elements are; of a pool that was written before, if there is one. */
    public Value maxima(Value x, List<PoolWindow> windows, Shape output) {
        Value known = indices.get(new Pooled(x, windows));
        return known == null ? maxPool(x, windows, output).get(1) : known;
    }

    /** A number that differs from layer to layer, and from one to the next that a layer applies, for generators. */
    public int stream() {
        return layer.id() + (scope.number << PART_BITS);
    }

    /** Any primitive with one output. */
    public Value apply(Primitive primitive, String suffix, Shape shape, boolean batched, List<Value> inputs) {
        Value output = value(suffix, shape, batched);
        node(primitive, inputs, List.of(output));
        return output;
    }

    /** A primitive that changes buffers once the step is known to be good. */
    public void commit(Primitive primitive, List<Value> inputs) {
        nodes.add(new Node(name, primitive, inputs, List.of(), Node.Phase.COMMIT));
    }

    public void node(Primitive primitive, List<Value> inputs, List<Value> outputs) {
        nodes.add(new Node(name, primitive, inputs, outputs, phase));
    }

    public Value value(String suffix, Shape shape, boolean batched) {
        return new Value(nextValue++, title() + suffix, shape, batched, Role.ACTIVATION);
    }

    /** @return a fresh value given from outside, for each sample */
    public Value external(String given, Shape shape, Role role) {
        return new Value(nextValue++, given, shape, true, role);
    }

    /** @return a fresh value given from outside, once for all samples */
    public Value externalWhole(String given, Shape shape, Role role) {
        return new Value(nextValue++, given, shape, false, role);
    }

    /** Adds to a parameter's gradient, unless it has none because it is frozen. */
    private void toGradient(Value parameter, Primitive primitive, Supplier<List<Value>> inputs) {
        if (trained.contains(parameter)) {
            node(primitive, inputs.get(), List.of(Value.gradientOf(nextValue++, parameter)));
        }
    }

    private static List<Value> withBias(Value x, Value weight, Value bias) {
        return bias == null ? List.of(x, weight) : List.of(x, weight, bias);
    }

    private static Shape space(Value... arguments) {
        List<Shape> shapes = Arrays.stream(arguments).map(Value::shape).toList();
        return Shape.broadcast(shapes)
                .orElseThrow(() -> new IllegalStateException("no shape that all of " + shapes + " are broadcast to"));
    }

    private static Shape reduced(Shape shape, List<Integer> dimensions) {
        Shape result = shape;
        for (int dimension : dimensions) {
            result = result.with(dimension, 1);
        }
        return result;
    }
}
