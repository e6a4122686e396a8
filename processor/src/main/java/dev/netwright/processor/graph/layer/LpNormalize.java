package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * Vectors made as long as 1.
 *
 * @param output shape of one sample
 * @param dimension of the sample that vectors lie along
 * @param dim as written, for printing
 */
public record LpNormalize(Shape output, double p, int dimension, int dim, double eps) implements Derived {
    static LpNormalize create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        return new LpNormalize(
                input,
                Norms.power(a, "p"),
                Dimensions.ofSample(a, "dim", input),
                a.integer("dim"),
                Reals.positive(a, "eps"));
    }

    @Override
    public String name() {
        return "LpNormalize";
    }

    @Override
    public long flops() {
        return 3L * output.elements();
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("p", p), named("dim", dim), named("eps", eps));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        Value norm = Norms.of(l, ".norm", p, Dual.variable(0), List.of(dimension), x);
        Value divisor = l.map(".divisor", Dual.variable(0).clamp(eps, Double.POSITIVE_INFINITY), norm);
        return l.map(Dual.variable(0).dividedBy(Dual.variable(1)), x, divisor);
    }
}
