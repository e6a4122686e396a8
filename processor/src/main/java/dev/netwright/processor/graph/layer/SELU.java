package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The ELU whose alpha and scale make activations come near mean 0 and variance 1 by themselves
 * (Klambauer et al., arXiv:1706.02515).
 *
 * @param output shape of one sample
 */
public record SELU(Shape output) implements DerivedActivation {
    private static final double ALPHA = 1.6732632423543772848170429916717;
    private static final double SCALE = 1.0507009873554804934193349852946;

    static SELU create(Attributes a, List<Shape> inputs) {
        return new SELU(Activation.single(inputs));
    }

    @Override
    public Dual of(Dual x) {
        return Dual.select(Comparison.GT, x, 0, x.times(SCALE), x.expm1().times(SCALE * ALPHA));
    }
}
