package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.Expr.select;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce.Kind;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * Of the cosine of two vectors what is missing to 1 where the target is 1, and what is above a margin where it is -1.
 *
 * @param vector shape of each
 * @param margin up to which vectors that do not belong together may be alike
 * @param reduction how losses are combined
 */
public record CosineEmbeddingLoss(Shape vector, double margin, Reduction reduction) implements Loss {
    /** Added to the squared lengths. */
    private static final double EPSILON = 1e-12;

    static CosineEmbeddingLoss create(Attributes a, List<Shape> inputs) {
        return new CosineEmbeddingLoss(Compared.vectors(inputs), Reals.finite(a, "margin"), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "CosineEmbeddingLoss";
    }

    @Override
    public Shape target() {
        return Shape.of();
    }

    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        Value a = judged.inputs().get(0);
        Value b = judged.inputs().get(1);
        Value target = judged.target();
        Value dot = lowering.reduce(".dot", Kind.SUM, arg(0).times(arg(1)), List.of(0), a, b);
        Value ofA = lowering.reduce(".square", Kind.SUM, arg(0).times(arg(0)), List.of(0), a);
        Value ofB = lowering.reduce(".square", Kind.SUM, arg(0).times(arg(0)), List.of(0), b);
        Expr cosine = arg(0).dividedBy(length(arg(1), arg(2)));
        Expr y = arg(3);
        Expr together = select(Comparison.EQ, y, constant(1), constant(1).minus(cosine), constant(0));
        Expr above = select(Comparison.EQ, y, constant(-1), excess(cosine).max(0), constant(0));
        Value losses = lowering.map("", together.plus(above), dot, ofA, ofB, target);
        if (!judged.trains()) {
            return new Terms(losses, List.of());
        }
        Expr both = select(Comparison.EQ, y, constant(1), constant(-1), constant(0));
        Expr apart = select(Comparison.LT, excess(cosine), constant(0), constant(0), constant(1));
        Expr slope = select(Comparison.EQ, y, constant(-1), apart, both);
        Value byCosine = lowering.map(".cosine.grad", slope.times(arg(4)), dot, ofA, ofB, target, judged.factor());
        return new Terms(
                losses,
                List.of(
                        gradient(lowering, a, b, List.of(dot, ofA, ofB, byCosine)),
                        gradient(lowering, b, a, List.of(dot, ofB, ofA, byCosine))));
    }

    private Expr excess(Expr cosine) {
        return cosine.minus(constant(margin));
    }

    private static Expr squared(Expr sum) {
        return sum.plus(constant(EPSILON));
    }

    /** The product of both lengths. */
    private static Expr length(Expr a, Expr b) {
        return squared(a).times(squared(b)).sqrt();
    }

    /** By x, of which {@code sums} has the product with the other, its own square, the other's, and the gradient. */
    private static Value gradient(Lowering lowering, Value x, Value other, List<Value> sums) {
        Expr dot = arg(2);
        Expr length = length(arg(3), arg(4));
        Expr own = dot.dividedBy(length).times(arg(0)).dividedBy(squared(arg(3)));
        Expr slope = arg(1).dividedBy(length).minus(own);
        return lowering.map(".grad", slope.times(arg(5)), x, other, sums.get(0), sums.get(1), sums.get(2), sums.get(3));
    }
}
