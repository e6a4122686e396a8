package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * x times the normal distribution function of x, exactly or by a hyperbolic tangent (Hendrycks and Gimpel,
 * arXiv:1606.08415).
 *
 * @param output shape of one sample
 * @param tanh whether the tangent is used
 */
public record GELU(Shape output, boolean tanh) implements Activation {
    private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    static GELU create(Attributes a, List<Shape> inputs) {
        return new GELU(Activation.single(inputs), a.text("approximate").equals("TANH"));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("approximate", tanh ? "tanh" : "none"));
    }

    @Override
    public Expr value(Expr x) {
        return x.times(distribution(x));
    }

    /** Half of one plus the odd function: from 0 to 1. */
    private Expr distribution(Expr x) {
        Expr odd = tanh ? tangent(x) : Functions.erf(x.times(Math.sqrt(0.5)));
        return odd.fma(constant(0.5), constant(0.5));
    }

    private static Expr tangent(Expr x) {
        Expr square = x.times(x);
        return Functions.tanh(x.times(square.fma(constant(ROOT_2_OVER_PI * CUBIC), constant(ROOT_2_OVER_PI))));
    }

    @Override
    public Expr gradientFromInput(Expr x, Expr g) {
        return g.times(x.fma(tanh ? tangentSlope(x) : density(x), distribution(x)));
    }

    private static Expr density(Expr x) {
        return Functions.exp(x.times(x).times(-0.5)).times(1 / Math.sqrt(2 * Math.PI));
    }

    private static Expr tangentSlope(Expr x) {
        Expr t = tangent(x);
        Expr inner = x.times(x).fma(constant(1.5 * ROOT_2_OVER_PI * CUBIC), constant(0.5 * ROOT_2_OVER_PI));
        return t.negated().fma(t, constant(1)).times(inner);
    }
}
