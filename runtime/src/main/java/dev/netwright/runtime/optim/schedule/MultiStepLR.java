package dev.netwright.runtime.optim.schedule;

import java.util.Arrays;

/** Multiplies the rate by gamma at given epochs, as {@code torch.optim.lr_scheduler.MultiStepLR}. */
public final class MultiStepLR extends LRScheduler {
    private final int[] milestones;
    private double gamma = 0.1;

    private MultiStepLR(int[] milestones) {
        this.milestones = milestones;
    }

    /**
     * A tenth of the rate at every milestone.
     *
     * @param milestones the numbers of steps after which the rate changes; one that is given twice counts twice
     * @return a new schedule
     */
    public static MultiStepLR of(int... milestones) {
        return new MultiStepLR(milestones.clone());
    }

    /**
     * The factor of each change.
     *
     * @param value 0 or more; the default is 0.1
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public MultiStepLR gamma(double value) {
        requireDetached();
        gamma = notNegative("gamma", value);
        return this;
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        long times = Arrays.stream(milestones)
                .filter(milestone -> milestone == epoch)
                .count();
        return times == 0 ? previous : previous * StrictMath.pow(gamma, times);
    }
}
