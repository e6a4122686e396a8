package dev.netwright.processor.graph;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Primitive.AveragePool;
import dev.netwright.processor.graph.Primitive.AveragePoolGradient;
import dev.netwright.processor.graph.Primitive.Concatenate;
import dev.netwright.processor.graph.Primitive.Convolve;
import dev.netwright.processor.graph.Primitive.ConvolveInputGradient;
import dev.netwright.processor.graph.Primitive.MatMul;
import dev.netwright.processor.graph.Primitive.MaxPool;
import dev.netwright.processor.graph.Primitive.MaxPoolGradient;
import dev.netwright.processor.graph.Primitive.Pad;
import dev.netwright.processor.graph.Primitive.PadGradient;
import dev.netwright.processor.graph.Primitive.Permute;
import dev.netwright.processor.graph.Primitive.Product;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Primitive.Resample;
import dev.netwright.processor.graph.Primitive.Reshape;
import dev.netwright.processor.graph.Primitive.Slice;
import dev.netwright.processor.graph.Value.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The gradient of each primitive, by which the gradient of what is written in them is that of its nodes from the last to
 * the first. Only gradients that lead to an input or a parameter whose gradient is asked for are written, each once.
 *
 * <p>Elements have the derivatives of the {@link Dual} that they were written with. What such a derivative has in common
 * with the value itself is read from there if it costs more than a load. A gradient that is the same for all elements of a
 * dimension keeps the size 1 there, as long as who reads it can stretch it.
 */
public final class Gradients {
    /** Instructions of a value that are computed again sooner than the value is read. */
    private static final int CHEAP = 3;

    private final Lowering l;
    private final Layer.Forward forward;
    private final Set<Value> wanted = new HashSet<>();
    /** Trained parameters whose gradient is not yet complete, and the node that reads them first. */
    private final Map<Value, Node> parameters = new HashMap<>();

    private final Map<Value, Value> gradients = new HashMap<>();
    /** What was computed by which operator of what. */
    private final Map<List<Object>, Value> computed = new HashMap<>();

    private Gradients(Lowering lowering, Layer.Forward forward) {
        this.l = lowering;
        this.forward = forward;
    }

    /** Reports the gradients of parameters and returns those by the inputs, as a layer's backward does. */
    public static List<Value> of(Lowering lowering, Layer.Forward forward, Value gradient) {
        return new Gradients(lowering, forward).run(gradient);
    }

    private List<Value> run(Value gradient) {
        List<Value> inputs = forward.inputs();
        IntStream.range(0, inputs.size())
                .filter(l::needsGradient)
                .mapToObj(inputs::get)
                .forEach(wanted::add);
        Map<Integer, Layer.Applied> ending = new HashMap<>();
        Set<Integer> ofParts = new HashSet<>();
        for (Layer.Applied part : forward.parts()) {
            ending.put(part.end() - 1, part);
            IntStream.range(part.first(), part.end()).forEach(ofParts::add);
        }
        for (int i = 0; i < forward.nodes().size(); i++) {
            Node node = forward.nodes().get(i);
            boolean own = !ofParts.contains(i);
            node.inputs().stream().filter(l::isTrained).forEach(parameter -> {
                if (own) {
                    parameters.putIfAbsent(parameter, node);
                }
                wanted.add(parameter);
            });
            if (node.inputs().stream().anyMatch(wanted::contains)) {
                wanted.addAll(node.outputs());
            }
            if (node.outputs().size() == 1) {
                computed.put(key(node.operator(), node.inputs()), node.output());
            }
        }
        List<Value> given = new ArrayList<>(forward.further());
        List<Value> ofGiven = new ArrayList<>(l.furtherGradients());
        given.add(forward.output());
        ofGiven.add(gradient);
        for (int i = 0; i < given.size(); i++) {
            if (ofGiven.get(i) != null) {
                add(given.get(i), ofGiven.get(i));
            }
        }
        for (int i = forward.nodes().size() - 1; i >= 0; i--) {
            Layer.Applied part = ending.get(i);
            if (part != null) {
                applied(part);
                i = part.first();
                continue;
            }
            Node node = forward.nodes().get(i);
            boolean reached = node.outputs().stream().anyMatch(gradients::containsKey);
            if (reached && node.inputs().stream().anyMatch(wanted::contains)) {
                if (node.operator() instanceof Primitive.Scan) {
                    looped(node);
                } else {
                    apply(node, gradients.get(node.output()));
                }
                accumulate(node);
            }
        }
        List<Value> byInputs = new ArrayList<>();
        for (Value input : inputs) {
            // an input that is given twice has its whole gradient once
            Value byInput = byInputs.size() == inputs.indexOf(input) ? gradients.get(input) : null;
            byInputs.add(byInput == null ? null : whole(byInput, input));
        }
        return byInputs;
    }

    /** Reports the gradients that are complete with what a node adds to them. */
    private void accumulate(Node node) {
        for (Value parameter : node.inputs()) {
            if (gradients.containsKey(parameter) && parameters.remove(parameter, node)) {
                l.accumulate(parameter, whole(gradients.get(parameter), parameter));
            }
        }
    }

    /** By the rule of the layer that was applied, which reports its own parameters. */
    private void applied(Layer.Applied part) {
        Layer.Forward of = part.forward();
        Value gradient = gradients.get(of.output());
        if (gradient == null || !wanted.contains(of.output())) {
            return;
        }
        boolean[] needed = new boolean[of.inputs().size()];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = wanted.contains(of.inputs().get(i));
        }
        List<Value> byInputs = l.backward(part, whole(gradient, of.output()), needed);
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] && byInputs.get(i) != null) {
                add(of.inputs().get(i), byInputs.get(i));
            }
        }
    }

    private void looped(Node node) {
        Map<Value, Value> given = new HashMap<>();
        for (Value output : node.outputs()) {
            if (gradients.containsKey(output)) {
                given.put(output, whole(gradients.get(output), output));
            }
        }
        new RecurrenceGradient(l, node, given, wanted).write().forEach(this::add);
    }

    private void apply(Node node, Value gradient) {
        Primitive primitive = node.operator();
        Value x = node.inputs().get(0);
        Value y = node.output();
        if (primitive instanceof Primitive.Map) {
            // what is repeated has no size but its own to go over
            elements(node, broadcast(node.inputs()).equals(node.space()) ? gradient : whole(gradient, y));
        } else if (primitive instanceof Reduce reduce) {
            reduced(reduce, node, gradient);
        } else if (primitive instanceof Permute permute) {
            List<Integer> order = permute.order();
            List<Integer> back =
                    IntStream.range(0, order.size()).map(order::indexOf).boxed().toList();
            add(x, l.permute(gradient, back));
        } else if (primitive instanceof Concatenate join) {
            parts(join.dimension(), node, whole(gradient, y));
        } else if (primitive instanceof MatMul) {
            multiplied(node, whole(gradient, y));
        } else if (primitive instanceof Product) {
            product(node, whole(gradient, y));
        } else if (primitive instanceof Convolve convolve) {
            convolved(node, convolve.convolution(), false, whole(gradient, y));
        } else if (primitive instanceof ConvolveInputGradient convolve) {
            convolved(node, convolve.convolution(), true, whole(gradient, y));
        } else if (wanted.contains(x)) {
            add(x, ofSingle(node, whole(gradient, y)));
        }
    }

    /** Of what moves the elements of its only input, or sums them by constant weights. */
    private Value ofSingle(Node node, Value gradient) {
        Primitive primitive = node.operator();
        Value x = node.inputs().get(0);
        if (primitive instanceof Reshape) {
            return l.reshape(gradient, x.shape());
        } else if (primitive instanceof Slice slice) {
            int rest = x.shape().size(slice.dimension()) - slice.from() - slice.size();
            int rank = x.shape().rank();
            Pad pad = new Pad(
                    only(rank, slice.dimension(), slice.from()),
                    only(rank, slice.dimension(), rest),
                    Pad.Mode.CONSTANT,
                    0);
            return scattered(pad, x, gradient);
        } else if (primitive instanceof Pad pad) {
            return scattered(new PadGradient(pad), x, gradient);
        } else if (primitive instanceof Resample resample) {
            return scattered(resample.transposed(), x, gradient);
        } else if (primitive instanceof AveragePool pool) {
            return scattered(
                    new AveragePoolGradient(pool.windows(), pool.countIncludePad(), pool.divisor()), x, gradient);
        } else if (primitive instanceof MaxPool pool) {
            return l.apply(
                    new MaxPoolGradient(pool.windows()),
                    suffix(x),
                    x.shape(),
                    true,
                    List.of(gradient, node.outputs().get(1)));
        }
        throw new IllegalStateException(
                node.name() + " leaves its gradient to a table that has none of " + primitive.name());
    }

    private Value scattered(Primitive primitive, Value x, Value gradient) {
        return l.apply(primitive, suffix(x), x.shape(), gradient.batched(), List.of(gradient));
    }

    private static List<Integer> only(int rank, int dimension, int amount) {
        List<Integer> amounts = new ArrayList<>(Collections.nCopies(rank, 0));
        amounts.set(dimension, amount);
        return amounts;
    }

    private void elements(Node node, Value gradient) {
        Dual formula = formula(node);
        for (int i = 0; i < node.inputs().size(); i++) {
            if (wanted.contains(node.inputs().get(i))) {
                argument(node, i, formula.slope(i), gradient);
            }
        }
    }

    private Dual formula(Node node) {
        Dual formula = l.formula(node.output());
        if (formula == null) {
            throw new IllegalStateException(
                    node.name() + " leaves its gradient to a table, but " + node.output() + " has no derivatives");
        }
        return formula;
    }

    private void reduced(Reduce reduce, Node node, Value gradient) {
        if (reduce.overBatch()) {
            throw new IllegalStateException(node.name() + " combines samples, of which the table knows no gradient");
        }
        Value each = gradient;
        if (reduce.kind() == Reduce.Kind.MEAN) {
            each = l.map(
                    suffix(node.output()) + ".mean",
                    arg(0).times((double) node.output().shape().elements()
                            / node.space().elements()),
                    gradient);
        } else if (reduce.kind() == Reduce.Kind.MAX) {
            largest(reduce, node, gradient);
            return;
        }
        elements(node, each);
    }

    /** Equal elements that are the largest share its gradient equally, as those of PyTorch's amax. */
    private void largest(Reduce reduce, Node node, Value gradient) {
        int n = node.inputs().size();
        Dual formula = formula(node);
        Value[] arguments = with(node.inputs(), node.output());
        Expr isLargest = Expr.select(Comparison.EQ, formula.value(), arg(n), constant(1), constant(0));
        Value count =
                l.reduce(suffix(node.output()) + ".count", Reduce.Kind.SUM, isLargest, reduce.dimensions(), arguments);
        Value share = l.map(suffix(node.output()) + ".share", arg(0).dividedBy(arg(1)), gradient, count);
        for (int i = 0; i < n; i++) {
            if (wanted.contains(node.inputs().get(i))) {
                Expr slope = Expr.select(Comparison.EQ, formula.value(), arg(n), formula.slope(i), constant(0));
                argument(node, i, slope, share);
            }
        }
    }

    private static Value[] with(List<Value> values, Value... further) {
        List<Value> all = new ArrayList<>(values);
        all.addAll(List.of(further));
        return all.toArray(new Value[0]);
    }

    /**
     * What an argument of an element-wise node, or of a reduction, gets.
     *
     * @param slope by the argument, of all arguments and the result
     */
    private void argument(Node node, int index, Expr slope, Value gradient) {
        if (Dual.isZero(slope)) {
            return;
        }
        int n = node.inputs().size();
        Expr value = formula(node).value();
        boolean isStored = node.operator() instanceof Primitive.Map && Exprs.cost(value) > CHEAP;
        Expr known = isStored ? Exprs.replace(slope, value, arg(n)) : slope;
        Expr addend = Dual.product(arg(n + 1), known);
        List<Value> all = List.of(with(node.inputs(), node.output(), gradient));
        List<Value> used = new ArrayList<>();
        used.add(gradient);
        Exprs.arguments(addend).stream()
                .sorted()
                .map(all::get)
                .filter(argument -> !used.contains(argument))
                .forEach(used::add);
        Expr compact = Exprs.substitute(addend, i -> arg(used.indexOf(all.get(i))));
        add(node.inputs().get(index), summed(node, node.inputs().get(index), compact, used));
    }

    /** Over the dimensions along which the argument was stretched, and over samples where it has none. */
    private Value summed(Node node, Value x, Expr addend, List<Value> arguments) {
        Shape space = node.space();
        int missing = space.rank() - x.shape().rank();
        List<Integer> stretched = IntStream.range(0, space.rank())
                .filter(d -> space.size(d) != (d < missing ? 1 : x.shape().size(d - missing)))
                .boxed()
                .toList();
        boolean overBatch = !x.batched() && arguments.stream().anyMatch(Value::batched);
        if (stretched.isEmpty() && !overBatch) {
            return addend.equals(arg(0)) && arguments.size() == 1
                    ? withRank(arguments.get(0), x)
                    : withRank(compute(new Primitive.Map(addend), x, arguments), x);
        }
        List<Value> covering = covering(arguments, node, stretched);
        return withRank(compute(new Reduce(Reduce.Kind.SUM, addend, stretched, overBatch), x, covering), x);
    }

    /** The arguments, and others that have the sizes which these are stretched to. */
    private static List<Value> covering(List<Value> arguments, Node node, List<Integer> dimensions) {
        List<Value> covering = new ArrayList<>(arguments);
        for (Value candidate : node.inputs()) {
            Shape before = broadcast(covering);
            List<Value> more = List.of(with(covering, candidate));
            boolean helps = dimensions.stream().anyMatch(d -> size(before, node, d) < size(broadcast(more), node, d));
            if (helps) {
                covering.add(candidate);
            }
        }
        return covering;
    }

    private static Shape broadcast(List<Value> values) {
        return Shape.broadcast(values.stream().map(Value::shape).toList()).orElseThrow();
    }

    /** Of a shape that is stretched to a node's space. */
    private static int size(Shape shape, Node node, int dimension) {
        int index = dimension - node.space().rank() + shape.rank();
        return index < 0 ? 1 : shape.size(index);
    }

    /** What an operator makes of some values, once; sizes of 1 stay. */
    private Value compute(Primitive primitive, Value x, List<Value> arguments) {
        List<Object> key = key(primitive, arguments);
        Value known = computed.get(key);
        if (known == null) {
            Value[] values = arguments.toArray(new Value[0]);
            if (primitive instanceof Primitive.Map map) {
                known = l.map(suffix(x), map.expr(), values);
            } else {
                Reduce reduce = (Reduce) primitive;
                known = reduce.overBatch()
                        ? l.reduceBatch(suffix(x), reduce.kind(), reduce.expr(), reduce.dimensions(), values)
                        : l.reduce(suffix(x), reduce.kind(), reduce.expr(), reduce.dimensions(), values);
            }
            computed.put(key, known);
        }
        return known;
    }

    private static List<Object> key(Primitive primitive, List<Value> inputs) {
        return List.of(primitive, inputs);
    }

    /** Without leading sizes of 1 that x does not have. */
    private Value withRank(Value gradient, Value x) {
        int more = gradient.shape().rank() - x.shape().rank();
        return more <= 0
                ? gradient
                : l.reshape(
                        gradient,
                        new Shape(gradient.shape()
                                .sizes()
                                .subList(more, gradient.shape().rank())));
    }

    private void parts(int dimension, Node node, Value gradient) {
        int from = 0;
        for (Value x : node.inputs()) {
            int size = x.shape().size(dimension);
            if (wanted.contains(x)) {
                add(x, scattered(new Slice(dimension, from, size), x, gradient));
            }
            from += size;
        }
    }

    /** Of a matrix that was transposed before, by what it was, so that nothing is transposed behind. */
    private void multiplied(Node node, Value gradient) {
        Value x = node.inputs().get(0);
        Value y = node.inputs().get(1);
        Value turnedX = untransposed(x);
        Value turnedY = untransposed(y);
        if (wanted.contains(x) && turnedX != null) {
            add(turnedX, l.matMul(suffix(turnedX), y, l.transposed(gradient), turnedX.shape()));
        } else if (wanted.contains(x)) {
            add(x, l.matMul(suffix(x), gradient, turnedY != null ? turnedY : l.transposed(y), x.shape()));
        }
        if (wanted.contains(y) && turnedY != null) {
            add(turnedY, l.matMul(suffix(turnedY), l.transposed(gradient), x, turnedY.shape()));
        } else if (wanted.contains(y)) {
            add(y, l.matMul(suffix(y), turnedX != null ? turnedX : l.transposed(x), gradient, y.shape()));
        }
    }

    /** What a value is the transpose of, or null. */
    private Value untransposed(Value value) {
        Primitive transposing = new Permute(Lowering.transposition(value.shape().rank()));
        return forward.nodes().stream()
                .filter(node ->
                        node.operator().equals(transposing) && node.output().equals(value))
                .map(node -> node.inputs().get(0))
                .findFirst()
                .orElse(null);
    }

    private void product(Node node, Value gradient) {
        Value x = node.inputs().get(0);
        Value weight = node.inputs().get(1);
        int last = node.output().shape().rank() - 1;
        List<Integer> rows = IntStream.range(0, last).boxed().toList();
        weighted(node, rows, gradient, () -> l.productWeightGradient(x, gradient, weight));
        if (wanted.contains(x)) {
            add(x, l.productInputGradient(gradient, weight, x.shape()));
        }
    }

    /** @param transposed whether the node is itself the gradient of such a convolution by its input */
    private void convolved(Node node, Primitive.Convolution convolution, boolean transposed, Value gradient) {
        Value x = node.inputs().get(0);
        Value weight = node.inputs().get(1);
        Value large = transposed ? gradient : x;
        Value small = transposed ? x : gradient;
        weighted(
                node,
                Lowering.pixels(node.output().shape()),
                gradient,
                () -> l.convolveWeightGradient(large, small, convolution, weight));
        if (wanted.contains(x)) {
            add(
                    x,
                    transposed
                            ? l.transposedConvolveGradient(gradient, weight, convolution, x.shape())
                            : l.convolveInputGradient(gradient, weight, convolution, x.shape()));
        }
    }

    /**
     * Adds to the gradients of a weight and of a bias, the latter the sum over the batch and some dimensions. That sum comes
     * first: it then reads what has just been written, while it is in the cache.
     *
     * @param weightGradient adds to the weight's
     */
    private void weighted(Node node, List<Integer> summed, Value gradient, Runnable weightGradient) {
        List<Value> factors = node.inputs().subList(1, node.inputs().size());
        Value weight = factors.get(0);
        if (wanted.contains(weight) && weight.role() != Role.PARAMETER) {
            throw new IllegalStateException(node.name() + " leaves its gradient to a table, but " + weight
                    + " is no parameter, and only such have one there");
        }
        Value bias = factors.size() > 1 && wanted.contains(factors.get(1)) ? factors.get(1) : null;
        Value sum = bias == null ? null : l.reduceBatch(suffix(bias), Reduce.Kind.SUM, arg(0), summed, gradient);
        if (wanted.contains(weight)) {
            weightGradient.run();
        }
        if (bias != null && bias.role() == Role.PARAMETER) {
            l.accumulate(bias, sum);
        } else if (bias != null) {
            add(bias, l.reshape(sum, bias.shape()));
        }
    }

    private void add(Value x, Value gradient) {
        gradients.merge(x, gradient, (a, b) -> l.map(suffix(x) + ".sum", arg(0).plus(arg(1)), a, b));
    }

    /** A gradient of the size of what it is by. */
    private Value whole(Value gradient, Value x) {
        return gradient.shape().equals(x.shape()) ? gradient : l.map(suffix(x) + ".whole", arg(0), gradient, x);
    }

    private String suffix(Value x) {
        int input = forward.inputs().indexOf(x);
        if (input < 0) {
            return l.suffix(x) + ".grad";
        }
        return ".grad" + (forward.inputs().size() == 1 ? "" : input);
    }
}
