package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The last dimensions of each sample divided by the root of the mean of their squares.
 *
 * @param output shape of one sample
 * @param parameter their sizes
 * @param eps null where PyTorch's is None
 */
public record RMSNorm(Shape output, Shape parameter, Double eps, boolean affine) implements Derived {
    private static final double FLOAT_EPSILON = 0x1p-23;

    static RMSNorm create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        Shape parameter = LayerNorm.last(a, input);
        Double eps = a.isWritten("eps") ? Reals.positive(a, "eps") : null;
        return new RMSNorm(input, parameter, eps, a.flag("elementwiseAffine"));
    }

    @Override
    public String name() {
        return "RMSNorm";
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        return affine ? List.of(ParameterDeclaration.constant("weight", Kind.PARAMETER, parameter, 1)) : List.of();
    }

    @Override
    public long flops() {
        return 4L * output.elements();
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                positional("normalized_shape", parameter.sizes()),
                named("eps", eps),
                named("elementwise_affine", affine));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        Dual element = Dual.variable(0);
        List<Integer> within = Dimensions.last(output, parameter.rank());
        Value square = l.reduce(".square", Reduce.Kind.MEAN, element.square(), within, x);
        Dual root = element.plus(eps == null ? FLOAT_EPSILON : eps).sqrt();
        Value inverse = l.map(".inverse", Dual.fixed(1).dividedBy(root), square);
        Dual normal = element.times(Dual.variable(1));
        return affine
                ? l.map(normal.times(Dual.variable(2)), x, inverse, l.parameter("weight"))
                : l.map(normal, x, inverse);
    }
}
