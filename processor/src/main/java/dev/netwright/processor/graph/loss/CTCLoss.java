package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Ctc;
import dev.netwright.processor.graph.Primitive.Table;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.StepReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Connectionist temporal classification of log-probabilities, steps by classes.
 *
 * @param input shape of one sample
 * @param blank the class that is no label
 * @param maxTarget labels that a target has room for
 * @param zeroInfinity whether an infinite loss is 0
 * @param told whether an input tells how many steps count
 * @param reduction how losses are combined
 */
public record CTCLoss(Shape input, int blank, int maxTarget, boolean zeroInfinity, boolean told, Reduction reduction)
        implements Loss {
    /** Beside the scores, an input may tell how many steps count. */
    static CTCLoss create(Attributes a, List<Shape> inputs) {
        Shape input = inputs.get(0);
        if (input.rank() != 2) {
            throw LayerException.shape(
                    "of",
                    "%s needs the log-probabilities of T x C, steps and classes, but receives the shape " + input,
                    "Reshape or permute it first.");
        }
        int blank = a.integer("blank");
        if (blank < 0 || blank >= input.size(1)) {
            throw LayerException.shape(
                    "blank",
                    "blank of %s is " + blank + ", but there are " + input.size(1) + " classes, from 0",
                    "Write blank = 0, say.");
        }
        int most = a.integer("maxTarget");
        if (most < 1) {
            throw LayerException.ofValue(
                    "maxTarget",
                    "maxTarget of %s is " + most + ", but must be at least 1",
                    "Write the labels of the longest target.");
        }
        return new CTCLoss(
                input, blank, most, a.flag("zeroInfinity"), a.isWritten(StepReader.LENGTHS), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "CTCLoss";
    }

    @Override
    public Shape target() {
        return Shape.of(maxTarget);
    }

    @Override
    public Targets targets() {
        return new Targets.Sequence(input.size(1), blank, input.size(0));
    }

    @Override
    public int steps() {
        return told ? input.size(0) : 0;
    }

    @Override
    public Shape losses() {
        return Shape.of(1, 1);
    }

    /** Labels with blanks around each, and what was taken off a row. */
    private int width() {
        return Math.addExact(Math.multiplyExact(2, maxTarget), 2);
    }

    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        Value x = judged.inputs().get(0);
        int steps = input.size(0);
        Value lengths = told ? judged.inputs().get(1) : lowering.table(new Table(List.of((float) steps)));
        Ctc ctc = new Ctc(blank, zeroInfinity, reduction == Reduction.MEAN);
        List<Value> inputs = new ArrayList<>(List.of(x, judged.target(), lengths));
        Value losses = lowering.value("", isApart() ? losses() : Shape.of(), true);
        if (!judged.trains()) {
            Value paths = lowering.value(".paths", Shape.of(2, width()), true);
            lowering.node(ctc, inputs, List.of(losses, paths));
            return new Terms(losses, List.of());
        }
        inputs.add(judged.factor());
        Value paths = lowering.value(".paths", Shape.of(steps + 2, width()), true);
        Value gradient = lowering.value(".grad", input, true);
        lowering.node(ctc, inputs, List.of(losses, paths, gradient));
        return new Terms(losses, List.of(gradient));
    }
}
