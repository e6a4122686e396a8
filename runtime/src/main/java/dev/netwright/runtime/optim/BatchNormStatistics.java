package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Trainable;
import dev.netwright.runtime.generated.RunningStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Running statistics computed anew, as {@code torch.optim.swa_utils.update_bn}: for weights that no training step has
 * seen, such as those of an {@link AveragedModel}.
 */
public final class BatchNormStatistics {
    private static final String COUNTER = "num_batches_tracked";

    private BatchNormStatistics() {}

    /**
     * Resets the running statistics of all batch normalisations, and averages those of the batches of one pass with
     * equal weight, whatever the momentum of the layers.
     *
     * <pre>{@code
     * average.swap();
     * BatchNormStatistics.update(net, () -> {
     *     for (Batch batch : loader) {
     *         net.forward(batch.inputs(), batch.size());
     *     }
     * });
     * }</pre>
     *
     * @param model the model
     * @param pass computes each batch in training mode, by {@code forward} or {@code loss}; no training steps
     * @throws IllegalStateException if the pass computed no batch in training mode; the statistics are as before
     * @throws RuntimeException what the pass throws; the statistics are as before
     */
    public static void update(Trainable model, Runnable pass) {
        Parameters parameters = model.parameters();
        List<ParameterSpec> counters = counters(parameters);
        if (counters.isEmpty()) {
            return;
        }
        float[] oldBuffers = parameters.buffers().clone();
        long[] oldCounters = parameters.counters().clone();
        boolean complete = false;
        try {
            reset(parameters, counters);
            pass.run();
            for (ParameterSpec spec : counters) {
                parameters.counters()[spec.offset()] -= Long.MIN_VALUE;
            }
            complete = parameters.counters()[counters.get(0).offset()] > 0;
        } finally {
            if (!complete) {
                System.arraycopy(oldBuffers, 0, parameters.buffers(), 0, oldBuffers.length);
                System.arraycopy(oldCounters, 0, parameters.counters(), 0, oldCounters.length);
            }
            parameters.markChanged();
        }
        if (!complete) {
            throw new IllegalStateException("The pass computed no batch in training mode, so there are no statistics."
                    + " Call net.forward(...) with net.mode(Mode.TRAINING), or net.loss(...), for every batch.");
        }
    }

    private static List<ParameterSpec> counters(Parameters parameters) {
        List<ParameterSpec> counters = new ArrayList<>();
        for (ParameterSpec spec : parameters.specs()) {
            if (spec.kind() == ParameterSpec.Kind.COUNTER && spec.key().endsWith(COUNTER)) {
                counters.add(spec);
            }
        }
        return counters;
    }

    /** A counter below 0 says that every batch counts the same: see {@link RunningStatistics#update}. */
    private static void reset(Parameters parameters, List<ParameterSpec> counters) {
        Set<String> statistics = new HashSet<>();
        for (ParameterSpec spec : counters) {
            parameters.counters()[spec.offset()] = Long.MIN_VALUE;
            String layer = spec.key().substring(0, spec.key().length() - COUNTER.length());
            statistics.add(layer + "running_mean");
            statistics.add(layer + "running_var");
        }
        for (ParameterSpec spec : parameters.specs()) {
            if (statistics.contains(spec.key())) {
                parameters.resetBuffer(spec);
            }
        }
    }
}
