package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * A form of two inputs over their last dimension: the products of each feature of the one with each of the other, times the
 * weight as that of a {@link Linear}.
 *
 * @param first shape of one sample of the first
 * @param second of the second
 */
public record Bilinear(Shape first, Shape second, int outFeatures, boolean bias) implements Derived {
    static Bilinear create(Attributes a, List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw LayerException.shape(
                    "from",
                    "%s takes two inputs but is given " + inputs.size(),
                    "Name them: from = {\"first\", \"second\"}.");
        }
        Shape first = inputs.get(0);
        Shape second = inputs.get(1);
        if (first.rank() == 0
                || first.rank() != second.rank()
                || !leading(first).equals(leading(second))) {
            throw LayerException.shape(
                    "from",
                    "%s needs features behind equal dimensions, but input 1 is " + first + " and input 2 is " + second,
                    "Give it layers that differ in their last dimension only.");
        }
        check(a, "in1Features", first);
        check(a, "in2Features", second);
        return new Bilinear(first, second, Images.atLeastOne(a, "outFeatures"), a.flag("bias"));
    }

    private static void check(Attributes a, String name, Shape input) {
        if (a.isWritten(name) && a.integer(name) != last(input)) {
            throw LayerException.shape(
                            name,
                            "%s expects " + a.sizesText(name) + " input features but receives " + last(input),
                            "Write " + name + " = " + last(input) + ", or leave it out and it is inferred.")
                    .besides("from");
        }
    }

    private static int last(Shape shape) {
        return shape.size(shape.rank() - 1);
    }

    private static Shape leading(Shape shape) {
        return new Shape(shape.sizes().subList(0, shape.rank() - 1));
    }

    @Override
    public String name() {
        return "Bilinear";
    }

    @Override
    public Shape output() {
        return leading(first).and(List.of(outFeatures));
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        ParameterDeclaration weight = new ParameterDeclaration(
                "weight",
                Shape.of(outFeatures, last(first), last(second)),
                Kind.PARAMETER,
                new Initial.UniformFanIn(last(first)));
        return bias ? List.of(weight, ParameterDeclaration.bias(outFeatures, last(first))) : List.of(weight);
    }

    @Override
    public long flops() {
        return leading(first).elements() * (2L * outFeatures + 1) * last(first) * last(second);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                named("in1_features", last(first)),
                named("in2_features", last(second)),
                named("out_features", outFeatures),
                named("bias", bias));
    }

    /** The first input's features along one dimension, with one for the second's behind it. */
    private Shape column() {
        return first.and(List.of(1));
    }

    private Shape row() {
        return leading(second).and(List.of(1, last(second)));
    }

    private Shape pairs() {
        return leading(first).and(List.of(Math.multiplyExact(last(first), last(second))));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = l.reshape(inputs.get(0), column());
        Value y = l.reshape(inputs.get(1), row());
        Value pairs = l.map(".pairs", Dual.variable(0).times(Dual.variable(1)), x, y);
        Value weight = l.parameter("weight");
        return l.product(l.reshape(pairs, pairs()), weight, bias ? l.parameter("bias") : null, output());
    }
}
