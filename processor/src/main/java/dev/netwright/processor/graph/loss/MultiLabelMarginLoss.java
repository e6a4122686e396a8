package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.Expr.select;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.CountLabels;
import dev.netwright.processor.graph.Primitive.Reduce.Kind;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * How far each class that is no label is from being 1 below each that is one.
 *
 * @param target shape of one sample's scores, a vector, and of its labels, ended by -1
 * @param reduction how losses are combined
 */
public record MultiLabelMarginLoss(Shape target, Reduction reduction) implements Loss {
    private static final Expr ZERO = constant(0);

    static MultiLabelMarginLoss create(Attributes a, Shape input) {
        Classes.checkVector(input);
        return new MultiLabelMarginLoss(input, Classes.reduction(a));
    }

    @Override
    public String name() {
        return "MultiLabelMarginLoss";
    }

    @Override
    public Shape losses() {
        return Shape.of(1);
    }

    @Override
    public Targets targets() {
        return new Targets.Labels(target.size(0));
    }

    /** A label that is named twice counts twice. */
    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        Value x = judged.inputs().get(0);
        int classes = target.size(0);
        Value count = lowering.apply(new CountLabels(true), ".labels", target, true, List.of(judged.target()));
        Value label = lowering.reshape(x, Shape.of(classes, 1));
        Value labels = lowering.reshape(count, Shape.of(classes, 1));
        Value other = lowering.reshape(x, Shape.of(1, classes));
        Value others = lowering.reshape(count, Shape.of(1, classes));
        Expr missing = arg(1).minus(arg(0)).plus(constant(1));
        Expr above = select(Comparison.GT, missing, ZERO, missing, ZERO);
        Value rows = lowering.reduce(".others", Kind.SUM, ifNone(arg(2), above), List.of(1), label, other, others);
        Expr share = constant(1.0 / classes);
        Expr value = select(Comparison.GT, arg(1), ZERO, arg(0).times(arg(1)).times(share), ZERO);
        Value losses = lowering.reduce("", Kind.SUM, value, List.of(0), lowering.reshape(rows, target), count);
        if (!judged.trains()) {
            return new Terms(losses, List.of());
        }
        Expr one = select(Comparison.GT, missing, ZERO, constant(1), ZERO);
        Expr each = select(Comparison.GT, missing, ZERO, arg(2), ZERO);
        Value ofLabel =
                lowering.reduce(".others.grad", Kind.SUM, ifNone(arg(2), one), List.of(1), label, other, others);
        Value ofOther = lowering.reduce(".labels.grad", Kind.SUM, each, List.of(0), label, other, labels);
        Expr slope = select(Comparison.GT, arg(2), ZERO, arg(2).times(arg(0)).negated(), arg(1));
        Value gradient = lowering.map(
                ".grad",
                slope.times(share).times(arg(3)),
                lowering.reshape(ofLabel, target),
                lowering.reshape(ofOther, target),
                count,
                judged.factor());
        return new Terms(losses, List.of(gradient));
    }

    private static Expr ifNone(Expr count, Expr value) {
        return select(Comparison.GT, count, ZERO, ZERO, value);
    }
}
