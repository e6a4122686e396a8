package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.CrossEntropy;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Negative log likelihood of log-probabilities in dimension 0 of the sample.
 *
 * @param input shape of one sample's log-probabilities
 * @param weights per class
 * @param ignoreIndex the target that counts nothing
 * @param reduction how losses are combined
 */
public record NLLLoss(Shape input, LossWeights weights, int ignoreIndex, Reduction reduction) implements Loss {
    static NLLLoss create(Attributes a, Shape input) {
        Classes.check(input);
        return new NLLLoss(input, Classes.weights(a, input.size(0)), a.integer("ignoreIndex"), Classes.reduction(a));
    }

    @Override
    public String name() {
        return "NLLLoss";
    }

    @Override
    public Shape target() {
        return Classes.places(input);
    }

    @Override
    public Targets targets() {
        return new Targets.Classes(input.size(0), ignoreIndex, true);
    }

    @Override
    public List<LossWeights> runTimeWeights() {
        return List.of(weights);
    }

    @Override
    public Terms lower(Lowering lowering, Judged judged) {
        return Classes.lower(lowering, judged, new CrossEntropy(true, false, 0, ignoreIndex, isApart()));
    }
}
