package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.CrossEntropy;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Cross entropy of class scores in dimension 0 of the sample.
 *
 * @param input shape of one sample's scores
 * @param weights per class
 * @param ignoreIndex the target that counts nothing
 * @param labelSmoothing share of the target spread over all classes
 * @param probabilities whether targets are probabilities of classes
 * @param reduction how losses are combined
 */
public record CrossEntropyLoss(
        Shape input,
        LossWeights weights,
        int ignoreIndex,
        double labelSmoothing,
        boolean probabilities,
        Reduction reduction)
        implements Loss {
    static CrossEntropyLoss create(Attributes a, Shape input) {
        Classes.check(input);
        double smoothing = Reals.probability(a, "labelSmoothing");
        if (a.flag("probabilities") && a.isWritten("ignoreIndex")) {
            throw LayerException.ofValue(
                    "ignoreIndex",
                    "ignoreIndex of %s is " + a.integer("ignoreIndex") + ", but its targets are probabilities",
                    "Leave ignoreIndex out, or probabilities.");
        }
        return new CrossEntropyLoss(
                input,
                Classes.weights(a, input.size(0)),
                a.integer("ignoreIndex"),
                smoothing,
                a.flag("probabilities"),
                Classes.reduction(a));
    }

    @Override
    public String name() {
        return "CrossEntropyLoss";
    }

    @Override
    public Shape target() {
        return probabilities ? input : losses();
    }

    @Override
    public Shape losses() {
        return Classes.places(input);
    }

    @Override
    public Targets targets() {
        return probabilities
                ? new Targets.Probabilities(input.size(0))
                : new Targets.Classes(input.size(0), ignoreIndex, true);
    }

    @Override
    public List<LossWeights> runTimeWeights() {
        return List.of(weights);
    }

    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        return Classes.lower(
                lowering, judged, new CrossEntropy(false, probabilities, labelSmoothing, ignoreIndex, isApart()));
    }
}
