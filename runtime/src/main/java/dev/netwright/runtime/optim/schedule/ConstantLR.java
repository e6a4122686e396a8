package dev.netwright.runtime.optim.schedule;

/** A part of the rate for the first steps, then all of it, as {@code torch.optim.lr_scheduler.ConstantLR}. */
public final class ConstantLR extends LRScheduler {
    private double factor = 1 / 3.0;
    private int totalIters = 5;

    private ConstantLR() {}

    /**
     * A third of the rate for five steps.
     *
     * @return a new schedule
     */
    public static ConstantLR of() {
        return new ConstantLR();
    }

    /**
     * The part of the rate.
     *
     * @param value above 0, at most 1; the default is 1/3
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ConstantLR factor(double value) {
        requireDetached();
        factor = LinearLR.part("factor", value);
        return this;
    }

    /**
     * The number of steps after which the whole rate is in force.
     *
     * @param value 1 or more; the default is 5
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ConstantLR totalIters(int value) {
        requireDetached();
        totalIters = atLeast(1, "totalIters", value);
        return this;
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        if (epoch == 0) {
            return previous * factor;
        }
        return epoch == totalIters ? previous * (1 / factor) : previous;
    }
}
