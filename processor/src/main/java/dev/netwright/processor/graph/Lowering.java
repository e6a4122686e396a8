package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a {@link Layer} writes its primitives to. */
public final class Lowering {
    private final boolean training;
    private final List<Node> nodes = new ArrayList<>();
    private int nextValue;

    private String layer = "";
    private int layerIndex;
    private Node.Phase phase = Node.Phase.FORWARD;
    private Function<String, Value> parameters = name -> null;
    private List<Value> saved = List.of();
    private boolean[] needed = {};

    /** @param firstValue the first number free for a new value */
    public Lowering(boolean training, int firstValue) {
        this.training = training;
        this.nextValue = firstValue;
    }

    /** Begins a layer's part; what follows is named after it. */
    public void enter(String name, int index, Node.Phase newPhase, Function<String, Value> parametersByName) {
        layer = name;
        layerIndex = index;
        phase = newPhase;
        parameters = parametersByName;
        saved = new ArrayList<>();
    }

    /** What follows runs in another phase. */
    public void phase(Node.Phase newPhase) {
        phase = newPhase;
    }

    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    public List<Value> takeSaved() {
        return List.copyOf(saved);
    }

    public void needs(boolean[] inputs) {
        needed = inputs.clone();
    }

    /** Whether the program trains: draws dropout and uses the batch's own statistics. */
    public boolean training() {
        return training;
    }

    /** Whether the gradient of this input of the layer is asked for. */
    public boolean needsGradient(int input) {
        return needed[input];
    }

    /** The layer's own parameter or buffer. */
    public Value parameter(String name) {
        return parameters.apply(name);
    }

    /** Keeps a value for the layer's backward. */
    public Value save(Value value) {
        saved.add(value);
        return value;
    }

    public Value convolve(Value x, Value weight, Value bias, Primitive.Convolution convolution, Shape output) {
        return apply(new Primitive.Convolve(convolution), "", output, true, withBias(x, weight, bias));
    }

    public Value convolveInputGradient(Value gradient, Value weight, Primitive.Convolution convolution, Shape input) {
        return apply(new Primitive.ConvolveInputGradient(convolution), ".grad", input, true, List.of(gradient, weight));
    }

    public void convolveWeightGradient(Value x, Value gradient, Primitive.Convolution convolution, Value weight) {
        node(new Primitive.ConvolveWeightGradient(convolution), List.of(x, gradient), List.of(gradientOf(weight)));
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
        return apply(new Primitive.Product(), "", output, true, withBias(x, weight, bias));
    }

    public Value productInputGradient(Value gradient, Value weight, Shape input) {
        return apply(new Primitive.ProductInputGradient(), ".grad", input, true, List.of(gradient, weight));
    }

    public void productWeightGradient(Value x, Value gradient, Value weight) {
        node(new Primitive.ProductWeightGradient(), List.of(x, gradient), List.of(gradientOf(weight)));
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
        return java.util.stream.IntStream.range(1, shape.rank()).boxed().toList();
    }

    /** Adds a value, reshaped, to the gradient of the layer's parameter. */
    public void accumulate(String parameterName, Value gradient) {
        Value parameter = parameter(parameterName);
        node(new Primitive.Accumulate(), List.of(reshape(gradient, parameter.shape())), List.of(gradientOf(parameter)));
    }

    /** @return y and the index */
    public List<Value> maxPool(Value x, Primitive.Windows rows, Primitive.Windows columns, Shape output) {
        Value y = value("", output, true);
        Value index = value(".index", output, true);
        node(new Primitive.MaxPool(rows, columns), List.of(x), List.of(y, index));
        return List.of(y, index);
    }

    /** A number that differs from layer to layer, for generators. */
    public int stream() {
        return layerIndex;
    }

    /** Any primitive with one output. */
    public Value apply(Primitive primitive, String suffix, Shape shape, boolean batched, List<Value> inputs) {
        Value output = value(suffix, shape, batched);
        node(primitive, inputs, List.of(output));
        return output;
    }

    /** A primitive that changes buffers once the step is known to be good. */
    public void commit(Primitive primitive, List<Value> inputs) {
        nodes.add(new Node(layer, primitive, inputs, List.of(), Node.Phase.COMMIT));
    }

    public void node(Primitive primitive, List<Value> inputs, List<Value> outputs) {
        nodes.add(new Node(layer, primitive, inputs, outputs, phase));
    }

    public Value value(String suffix, Shape shape, boolean batched) {
        return new Value(nextValue++, layer + suffix, shape, batched, Role.ACTIVATION);
    }

    /** @return a fresh value given from outside */
    public Value external(String name, Shape shape, Role role) {
        return new Value(nextValue++, name, shape, true, role);
    }

    private Value gradientOf(Value parameter) {
        return new Value(nextValue++, parameter.name(), parameter.shape(), false, Role.GRADIENT);
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
