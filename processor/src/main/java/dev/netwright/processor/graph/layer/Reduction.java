package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * {@code @Mean}, {@code @Sum}, {@code @Max} and {@code @Min}: some dimensions of each sample combined.
 *
 * @param input shape of one sample
 * @param dimensions of the sample
 * @param dim as written, for printing
 */
public record Reduction(Kind kind, Shape input, List<Integer> dimensions, List<Integer> dim, boolean keepdim)
        implements Derived {
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
        Shape input = Activation.single(inputs);
        return new Reduction(
                kind, input, Dimensions.someOfSample(a, "dim", input), a.integers("dim"), a.flag("keepdim"));
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
        return List.of(named("dim", single(dim)), named("keepdim", keepdim));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        Dual element = Dual.variable(0);
        Value y = switch (kind) {
            case MEAN -> l.reduce(".kept", Reduce.Kind.MEAN, element, dimensions, x);
            case SUM -> l.reduce(".kept", Reduce.Kind.SUM, element, dimensions, x);
            case MAX -> l.reduce(".kept", Reduce.Kind.MAX, element, dimensions, x);
            case MIN ->
                l.map(
                        ".kept",
                        element.negated(),
                        l.reduce(".negative", Reduce.Kind.MAX, element.negated(), dimensions, x));
        };
        return l.reshape(y, output());
    }
}
