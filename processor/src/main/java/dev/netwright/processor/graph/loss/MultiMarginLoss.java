package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.Expr.select;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.CountLabels;
import dev.netwright.processor.graph.Primitive.Reduce.Kind;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * How far each other class is from being below the target's by a margin.
 *
 * @param input shape of one sample's scores, a vector
 * @param power 1 or 2: what the distances are raised to
 * @param margin the margin
 * @param weights per class
 * @param reduction how losses are combined
 */
public record MultiMarginLoss(Shape input, int power, double margin, LossWeights weights, Reduction reduction)
        implements Loss {
    private static final Expr ZERO = constant(0);

    static MultiMarginLoss create(Attributes a, Shape input) {
        Classes.checkVector(input);
        int power = a.integer("p");
        if (power != 1 && power != 2) {
            throw LayerException.ofValue("p", "p of %s is " + power + ", but must be 1 or 2", "Write p = 1.");
        }
        return new MultiMarginLoss(
                input, power, Reals.finite(a, "margin"), Classes.weights(a, input.size(0)), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "MultiMarginLoss";
    }

    @Override
    public Shape target() {
        return Shape.of();
    }

    @Override
    public Targets targets() {
        return new Targets.Classes(input.size(0), Targets.Classes.NONE_IGNORED, false);
    }

    @Override
    public List<LossWeights> runTimeWeights() {
        return List.of(weights);
    }

    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        Value x = judged.inputs().get(0);
        Value own = lowering.apply(new CountLabels(false), ".own", input, true, List.of(judged.target()));
        Value score = lowering.reduce(".score", Kind.SUM, ofOwn(arg(1), arg(0), ZERO), List.of(0), x, own);
        Value given = judged.weights().get(0);
        Value weight = lowering.reduce(".weight", Kind.SUM, ofOwn(arg(1), arg(0), ZERO), List.of(0), given, own);
        List<Value> arguments = new ArrayList<>(List.of(x, own, score, weight));
        Expr share = arg(3).times(1.0 / input.size(0));
        Expr missing = arg(0).minus(arg(2)).plus(constant(margin));
        Expr raised = power == 1 ? missing : missing.times(missing);
        Expr value = select(Comparison.GT, missing, ZERO, raised.times(share), ZERO);
        Value losses =
                lowering.reduce("", Kind.SUM, ofOwn(arg(1), ZERO, value), List.of(0), arguments.toArray(new Value[0]));
        if (!judged.trains()) {
            return new Terms(losses, List.of());
        }
        Expr slope = (power == 1 ? share : missing.times(2).times(share)).times(arg(arguments.size()));
        arguments.add(judged.factor());
        Expr other = ofOwn(arg(1), ZERO, select(Comparison.GT, missing, ZERO, slope, ZERO));
        Value others = lowering.map(".others.grad", other, arguments.toArray(new Value[0]));
        Value all = lowering.reduce(".all.grad", Kind.SUM, arg(0), List.of(0), others);
        Value gradient = lowering.map(".grad", ofOwn(arg(1), arg(2).negated(), arg(0)), others, own, all);
        return new Terms(losses, List.of(gradient));
    }

    private static Expr ofOwn(Expr own, Expr yes, Expr no) {
        return select(Comparison.GT, own, ZERO, yes, no);
    }
}
