package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.StepReader;
import java.util.Collections;
import java.util.List;

/**
 * A loss of the steps that each sample has, as the last of what it judges tells: beyond them losses and gradients are 0.
 *
 * @param whole the loss of all steps, which stay apart
 * @param reduction how losses of steps that count are combined
 */
public record StepLoss(Loss whole, Reduction reduction) implements Loss {
    /** What makes a loss of a step, or of all steps where no lengths are given. */
    static Losses.Factory of(Losses.Factory factory, int judged) {
        return (attributes, inputs) -> {
            Loss loss = factory.create(attributes, inputs.subList(0, judged));
            if (!attributes.isWritten(StepReader.LENGTHS)) {
                return loss;
            }
            check(loss, inputs.get(0));
            return new StepLoss(
                    factory.create(attributes.with("reduction", Reduction.NONE.name()), inputs.subList(0, judged)),
                    loss.reduction());
        };
    }

    private static void check(Loss loss, Shape input) {
        Shape losses = loss.losses();
        int dimension = dimension(loss);
        boolean steps = losses.rank() > 0 && input.rank() > dimension && input.size(dimension) == losses.size(0);
        if (!steps) {
            throw LayerException.shape(
                    StepReader.LENGTHS,
                    "lengths of %s tell how many steps each sample has, but its losses of " + input + " have none",
                    "Leave lengths out, or judge steps: of classes the scores are classes x steps.");
        }
    }

    /** Where steps are in what is judged: behind the classes, which come first as PyTorch has them. */
    private static int dimension(Loss loss) {
        return loss.targets() instanceof Targets.Classes || loss.targets() instanceof Targets.Probabilities ? 1 : 0;
    }

    @Override
    public int steps() {
        return whole.losses().size(0);
    }

    @Override
    public Loss everyStep() {
        return whole;
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public Shape target() {
        return whole.target();
    }

    @Override
    public Targets targets() {
        return whole.targets();
    }

    @Override
    public List<LossWeights> runTimeWeights() {
        return whole.runTimeWeights();
    }

    @Override
    public Shape losses() {
        return whole.losses();
    }

    @Override
    public String arguments() {
        return whole.arguments();
    }

    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        int last = judged.inputs().size() - 1;
        Value lengths = judged.inputs().get(last);
        Terms all = whole.lower(
                lowering,
                new Judged(judged.inputs().subList(0, last), judged.target(), judged.weights(), judged.factor()));
        int rank = all.losses().shape().rank();
        Shape one = new Shape(Collections.nCopies(rank, 1));
        Value mask = StepReader.mask(lowering, lowering.reshape(lengths, one), dimension(whole), steps());
        // what is not counted may be NaN, so it is not multiplied by 0
        Expr within = Expr.select(Expr.Comparison.GT, arg(1), constant(0), arg(0), constant(0));
        return new Terms(
                lowering.map(".within", within, all.losses(), mask),
                all.gradients().stream()
                        .map(gradient -> lowering.map(".within.grad", within, gradient, mask))
                        .toList());
    }
}
