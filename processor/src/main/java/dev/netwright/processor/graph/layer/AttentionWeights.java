package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What share of each key a query takes: a softmax of scaled scores to which a mask is added. Its gradient is its own, as that
 * of {@link Softmax}.
 *
 * @param output shape of one sample, queries by keys in the last two dimensions
 * @param scale what scores are multiplied by
 * @param causal whether a query sees the keys up to its own place only
 * @param free how many keys, the last, every query sees all the same
 * @param ragged whether the last input tells how many keys each sample has besides
 */
record AttentionWeights(Shape output, double scale, boolean causal, int free, boolean ragged) implements Layer {
    /** Scores are blanked out from here on: masks are written with infinity and with the lowest float. */
    private static final double BLANK = -3e38;

    @Override
    public String name() {
        return "AttentionWeights";
    }

    @Override
    public long flops() {
        return 6L * output.elements();
    }

    private int keys() {
        return output.rank() - 1;
    }

    private boolean hasMask(List<Value> inputs) {
        return inputs.size() > (ragged ? 2 : 1);
    }

    /**
     * Scores, the mask if there is one, which keys are within their sample if it tells, and the places of queries and keys if
     * they matter.
     */
    private List<Value> arguments(Lowering l, List<Value> inputs) {
        List<Value> arguments = new ArrayList<>(inputs);
        if (ragged) {
            Value lengths = l.reshape(arguments.remove(inputs.size() - 1), Shape.of(1));
            arguments.add(l.map(".within", StepReader.WITHIN, lengths, places(l)));
        }
        if (causal) {
            int queries = output.size(keys() - 1);
            arguments.add(l.reshape(l.table(IntStream.range(0, queries)), Shape.of(queries, 1)));
            arguments.add(places(l));
        }
        return arguments;
    }

    /** Of keys; those that every query sees are at the first. */
    private Value places(Lowering l) {
        int keys = output.size(keys());
        return l.table(IntStream.range(0, keys).map(i -> i < keys - free ? i : 0));
    }

    private Expr score(int inputs, boolean hasMask) {
        Expr score = scale == 1 ? arg(0) : arg(0).times(scale);
        score = hasMask ? score.plus(arg(1)) : score;
        if (ragged) {
            score = Expr.select(Comparison.GT, arg(inputs - 1), constant(0), score, constant(-Float.MAX_VALUE));
        }
        return causal
                ? Expr.select(Comparison.GT, arg(inputs + 1), arg(inputs), constant(-Float.MAX_VALUE), score)
                : score;
    }

    /** A query that sees no key has weights of 0: the sum is at least 1 otherwise. */
    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        List<Integer> along = List.of(keys());
        boolean blanks = causal || inputs.size() > 1;
        List<Value> arguments = arguments(l, inputs);
        Expr score = score(inputs.size(), hasMask(inputs));
        Value largest = l.reduce(".max", Reduce.Kind.MAX, score, along, arguments.toArray(new Value[0]));
        Expr power = Functions.exp(score.minus(arg(arguments.size())));
        Expr shown = blanks ? Expr.select(Comparison.LT, score, constant(BLANK), constant(0), power) : power;
        arguments.add(largest);
        Value exp = l.map(".exp", shown, arguments.toArray(new Value[0]));
        Value sum = l.reduce(".sum", Reduce.Kind.SUM, arg(0), along, exp);
        return l.map(arg(0).dividedBy(blanks ? arg(1).max(1) : arg(1)), exp, sum);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value dot = l.reduce(".dot", Reduce.Kind.SUM, arg(0).times(arg(1)), List.of(keys()), gradient, f.output());
        Expr byScore = arg(0).minus(arg(2)).times(arg(1));
        List<Value> byInputs = new ArrayList<>();
        byInputs.add(
                l.needsGradient(0)
                        ? l.map(".grad", scale == 1 ? byScore : byScore.times(scale), gradient, f.output(), dot)
                        : null);
        if (hasMask(f.inputs())) {
            byInputs.add(
                    l.needsGradient(1)
                            ? byMask(l, f.inputs().get(1).shape(), byScore, gradient, f.output(), dot)
                            : null);
        }
        if (ragged) {
            byInputs.add(null);
        }
        return byInputs;
    }

    /** Summed over the dimensions along which the mask is the same. */
    private Value byMask(Lowering l, Shape mask, Expr byScore, Value... arguments) {
        int missing = output.rank() - mask.rank();
        List<Integer> stretched = IntStream.range(0, output.rank())
                .filter(d -> d < missing || mask.size(d - missing) != output.size(d))
                .boxed()
                .toList();
        return stretched.isEmpty()
                ? l.map(".grad1", byScore, arguments)
                : l.reshape(l.reduce(".grad1", Reduce.Kind.SUM, byScore, stretched, arguments), mask);
    }
}
