package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One schedule after the other, as {@code torch.optim.lr_scheduler.SequentialLR}: at each milestone the next begins,
 * from the initial rate, as if it had just been attached.
 */
public final class SequentialLR extends LRScheduler {
    private final LRScheduler[] parts;
    private final int[] milestones;

    private SequentialLR(LRScheduler[] parts, int[] milestones) {
        this.parts = parts;
        this.milestones = milestones;
    }

    /**
     * The schedules in their order. They belong to the sequence from now on.
     *
     * @param schedulers at least one, without optimisers
     * @param milestones the numbers of steps after which the next begins, rising, one less than schedules
     * @return a new schedule
     * @throws IllegalArgumentException if a schedule needs a metric, or the milestones do not rise or are too few or
     * many
     * @throws IllegalStateException if a schedule has an optimiser or is a part of another
     */
    public static SequentialLR of(List<? extends LRScheduler> schedulers, int... milestones) {
        boolean rising = milestones.length == schedulers.size() - 1;
        for (int i = 0; i < milestones.length; i++) {
            rising &= milestones[i] > (i == 0 ? 0 : milestones[i - 1]);
        }
        if (!rising) {
            throw new IllegalArgumentException(schedulers.size() + " schedules need " + (schedulers.size() - 1)
                    + " rising milestones above 0, but have " + Arrays.toString(milestones) + ".");
        }
        LRScheduler[] parts = ScheduleParts.claim(schedulers.toArray(new LRScheduler[0]), "SequentialLR");
        return new SequentialLR(parts, milestones.clone());
    }

    private int index(int epoch) {
        int index = 0;
        while (index < milestones.length && milestones[index] <= epoch) {
            index++;
        }
        return index;
    }

    private int start(int index) {
        return index == 0 ? 0 : milestones[index - 1];
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        int index = index(epoch);
        int own = epoch - start(index);
        return own == 0 && index > 0
                ? parts[index].restarted(group, initial, previous)
                : parts[index].learningRate(group, own, initial, previous);
    }

    @Override
    double chained(int group, int epoch, double initial, double present) {
        int index = index(epoch);
        int own = epoch - start(index);
        return own == 0 && index > 0
                ? parts[index].restarted(group, initial, present)
                : parts[index].chained(group, own, initial, present);
    }

    @Override
    protected double momentum(int group, int epoch) {
        int index = index(epoch);
        return parts[index].momentum(group, epoch - start(index));
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
