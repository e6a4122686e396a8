package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * log(1 + e^-yx), which overflows nowhere.
 *
 * @param target shape of one sample, of the output as of the target
 * @param reduction how losses are combined
 */
public record SoftMarginLoss(Shape target, Reduction reduction) implements ElementwiseLoss {
    static SoftMarginLoss create(Attributes a, Shape input) {
        return new SoftMarginLoss(input, Classes.reduction(a));
    }

    @Override
    public String name() {
        return "SoftMarginLoss";
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        return x.get(0).times(Dual.fixed(y)).negated().softplus();
    }
}
