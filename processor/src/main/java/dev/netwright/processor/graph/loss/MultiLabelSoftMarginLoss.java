package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.LossWeights.Kind;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The mean over classes, which are the last dimension, of binary cross entropy of scores.
 *
 * @param target shape of one sample, of the output as of the target
 * @param weight of each class
 * @param reduction how losses are combined
 */
public record MultiLabelSoftMarginLoss(Shape target, LossWeights weight, Reduction reduction)
        implements ElementwiseLoss {
    static MultiLabelSoftMarginLoss create(Attributes a, Shape input) {
        Classes.check(input);
        List<Float> weight = Weighting.ofLastDimension(a, "weight", input).values();
        return new MultiLabelSoftMarginLoss(
                input, LossWeights.of(Kind.CLASS, weight, input.size(input.rank() - 1)), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "MultiLabelSoftMarginLoss";
    }

    @Override
    public List<LossWeights> runTimeWeights() {
        return List.of(weight);
    }

    @Override
    public List<Integer> summed() {
        return List.of(target.rank() - 1);
    }

    @Override
    public Shape losses() {
        return target.with(target.rank() - 1, 1);
    }

    @Override
    public Dual formula(List<Dual> x, Expr y, List<Expr> tables) {
        Dual loss = BCEWithLogitsLoss.ofScore(x.get(0).value(), y, null);
        return loss.times(1.0 / target.size(target.rank() - 1)).times(Dual.fixed(tables.get(0)));
    }
}
