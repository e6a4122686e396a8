package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The squared difference from the target.
 *
 * @param target shape of one sample, of the output as of the target
 * @param reduction how losses are combined
 */
public record MSELoss(Shape target, Reduction reduction) implements ElementwiseLoss {
    static MSELoss create(Attributes a, Shape input) {
        return new MSELoss(input, Classes.reduction(a));
    }

    @Override
    public String name() {
        return "MSELoss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        return x.get(0).minus(Dual.fixed(y)).square();
    }
}
