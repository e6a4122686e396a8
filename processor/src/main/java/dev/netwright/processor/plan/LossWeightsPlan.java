package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LossWeights;
import java.util.ArrayList;
import java.util.List;

/** Where the weights of a network's losses lie in the model's array of them: each from a whole vector on. */
public final class LossWeightsPlan {
    private LossWeightsPlan() {}

    /** For each loss, in declared order, where each of its weights begins. */
    public static List<List<Integer>> offsets(List<LossTerm> losses) {
        List<List<Integer>> offsets = new ArrayList<>();
        int next = 0;
        for (LossTerm term : losses) {
            List<Integer> own = new ArrayList<>();
            for (LossWeights weights : term.loss().runTimeWeights()) {
                own.add(next);
                next = Math.addExact(next, Layout.roundUp(weights.count()));
            }
            offsets.add(own);
        }
        return offsets;
    }
}
