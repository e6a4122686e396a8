package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The absolute difference from the target; the gradient where they are equal is 0.
 *
 * @param target shape of one sample, of the output as of the target
 * @param reduction how losses are combined
 */
public record L1Loss(Shape target, Reduction reduction) implements ElementwiseLoss {
    static L1Loss create(Attributes a, Shape input) {
        return new L1Loss(input, Classes.reduction(a));
    }

    @Override
    public String name() {
        return "L1Loss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        return x.get(0).minus(Dual.fixed(y)).abs();
    }
}
