package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * x times the hyperbolic tangent of its softplus (Misra, arXiv:1908.08681): with n = e^x (e^x + 2), of x n / (n + 2),
 * which is x itself in floats from 20 on.
 *
 * @param output shape of one sample
 */
public record Mish(Shape output) implements DerivedActivation {
    static Mish create(Attributes a, List<Shape> inputs) {
        return new Mish(Activation.single(inputs));
    }

    @Override
    public Dual of(Dual x) {
        Dual exp = x.exp();
        Dual n = exp.times(exp.plus(2));
        return Dual.select(Comparison.GT, x, 20, x, x.times(n.dividedBy(n.plus(2))));
    }
}
