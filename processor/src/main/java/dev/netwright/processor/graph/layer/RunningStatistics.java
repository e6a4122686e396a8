package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive.UpdateStatistics;
import dev.netwright.processor.graph.Value;
import java.util.List;

/** Mean and variance that a normalisation keeps of what it was trained on, for its evaluation. */
final class RunningStatistics {
    private static final String MEAN = "running_mean";
    private static final String VARIANCE = "running_var";
    private static final String COUNTER = "num_batches_tracked";

    private RunningStatistics() {}

    static List<ParameterDeclaration> declarations(int channels) {
        return List.of(
                ParameterDeclaration.constant(MEAN, Kind.BUFFER, channels, 0),
                ParameterDeclaration.constant(VARIANCE, Kind.BUFFER, channels, 1),
                ParameterDeclaration.counter(COUNTER));
    }

    static Value mean(Lowering l) {
        return l.parameter(MEAN);
    }

    static Value variance(Lowering l) {
        return l.parameter(VARIANCE);
    }

    /** Takes the statistics of a batch into account. */
    static void update(Lowering l, UpdateStatistics update, Value mean, Value variance) {
        l.commit(update, List.of(mean, variance, mean(l), variance(l), l.parameter(COUNTER)));
    }
}
