package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Optimizer;
import java.util.Map;

/**
 * Several schedules at once, as {@code torch.optim.lr_scheduler.ChainedScheduler}: each changes the rate that the one
 * before it gave, so that their factors multiply. Schedules that compute the rate from the initial one alone, such as
 * {@link LambdaLR} and {@link OneCycleLR}, must come first.
 */
public final class ChainedScheduler extends LRScheduler {
    private final LRScheduler[] parts;

    private ChainedScheduler(LRScheduler[] parts) {
        this.parts = parts;
    }

    /**
     * The schedules, in the order of their changes. They belong to the chain from now on.
     *
     * @param schedulers at least one, without optimisers
     * @return a new schedule
     * @throws IllegalArgumentException if there is none, or one needs a metric
     * @throws IllegalStateException if one has an optimiser or is a part of another
     */
    public static ChainedScheduler of(LRScheduler... schedulers) {
        return new ChainedScheduler(ScheduleParts.claim(schedulers, "ChainedScheduler"));
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        double rate = previous;
        for (LRScheduler part : parts) {
            rate = part.chained(group, epoch, initial, rate);
        }
        return rate;
    }

    @Override
    protected double momentum(int group, int epoch) {
        double momentum = Double.NaN;
        for (LRScheduler part : parts) {
            double own = part.momentum(group, epoch);
            momentum = Double.isNaN(own) ? momentum : own;
        }
        return momentum;
    }

    @Override
    protected Map<String, Tensor> ruleState() {
        return ScheduleParts.state(parts);
    }

    @Override
    protected Runnable prepareRule(StateReader state) {
        return ScheduleParts.prepare(parts, state);
    }

    @Override
    void check(Optimizer scheduled) {
        for (LRScheduler part : parts) {
            part.check(scheduled);
        }
    }
}
