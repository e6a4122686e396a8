package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Collections;
import java.util.List;

/**
 * {@code @Mean}, {@code @Sum}, {@code @Max} and {@code @Min}: some dimensions of each sample combined.
 *
 * @param input shape of one sample
 * @param dimensions of the sample
 * @param dim as written, for printing
 * @param masked whether lengths are given, of the first dimension
 */
public record Reduction(
        Kind kind, Shape input, List<Integer> dimensions, List<Integer> dim, boolean keepdim, boolean masked)
        implements Derived, StepReader {
    /** How they are combined. */
    public enum Kind {
        MEAN("Mean"),
        SUM("Sum"),
        MAX("Max"),
        MIN("Min");

        private final String layer;

        Kind(String layer) {
            this.layer = layer;
        }
    }

    public Reduction {
        dimensions = List.copyOf(dimensions);
        dim = List.copyOf(dim);
    }

    static Reduction create(Attributes a, List<Shape> inputs, Kind kind) {
        Shape input = inputs.get(0);
        Limit steps = new Limit(LENGTHS, input.rank() == 0 ? 1 : input.size(0));
        List<Limit> limits = StepReader.limits(a, inputs, List.of(steps));
        if (!a.unknown().contains(LENGTHS)) {
            Activation.single(StepReader.others(inputs, limits));
        }
        List<Integer> dimensions = Dimensions.someOfSample(a, "dim", input);
        if (!limits.isEmpty() && !dimensions.contains(0)) {
            throw new LayerException(
                    "dim",
                    "lengths of %s are of dimension 1, the steps of a sample, but dim is " + a.sizesText("dim"),
                    "Write dim = 1, or leave lengths out.");
        }
        return new Reduction(kind, input, dimensions, a.integers("dim"), a.flag("keepdim"), !limits.isEmpty());
    }

    @Override
    public List<Limit> limits() {
        return masked ? List.of(new Limit(LENGTHS, input.size(0))) : List.of();
    }

    @Override
    public String name() {
        return kind.layer;
    }

    @Override
    public Shape output() {
        return keepdim ? Dimensions.made(1, input, dimensions) : Dimensions.without(input, dimensions);
    }

    @Override
    public long flops() {
        return input.elements();
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                named("dim", single(dim)),
                named("keepdim", keepdim),
                LayerAttribute.unprinted("lengths", masked).unless(false));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Dual element = Dual.variable(0);
        Value y = switch (kind) {
            case MEAN -> masked ? mean(l, inputs) : reduce(l, ".kept", Reduce.Kind.MEAN, element, inputs);
            case SUM -> reduce(l, ".kept", Reduce.Kind.SUM, element, inputs);
            case MAX -> reduce(l, ".kept", Reduce.Kind.MAX, element, inputs);
            case MIN ->
                l.map(".kept", element.negated(), reduce(l, ".negative", Reduce.Kind.MAX, element.negated(), inputs));
        };
        return l.reshape(y, output());
    }

    private Value reduce(Lowering l, String suffix, Reduce.Kind reduction, Dual element, List<Value> inputs) {
        Value x = inputs.get(0);
        if (!masked) {
            return l.reduce(suffix, reduction, element, dimensions, x);
        }
        Value mask = StepReader.mask(l, lengths(l, inputs), 0, input.size(0));
        double beyond = reduction == Reduce.Kind.MAX ? Double.NEGATIVE_INFINITY : 0;
        Dual within = Dual.select(Comparison.GT, arg(1), constant(0), element, Dual.fixed(beyond));
        return l.reduce(suffix, reduction, within, dimensions, x, mask);
    }

    /** The sum of the steps that each sample has, divided by how many numbers these are. */
    private Value mean(Lowering l, List<Value> inputs) {
        int each = dimensions.stream().mapToInt(input::size).reduce(1, Math::multiplyExact) / input.size(0);
        Value sum = reduce(l, ".sum", Reduce.Kind.SUM, Dual.variable(0), inputs);
        Dual quotient = Dual.variable(0).dividedBy(Dual.fixed(arg(1).times(each)));
        return l.map(".kept", quotient, sum, lengths(l, inputs));
    }

    private Value lengths(Lowering l, List<Value> inputs) {
        return l.reshape(lengths(inputs, 0), ones());
    }

    private Shape ones() {
        return new Shape(Collections.nCopies(input.rank(), 1));
    }
}
