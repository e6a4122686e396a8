package dev.netwright.runtime.optim.schedule;

/** Multiplies the rate by gamma every few steps, as {@code torch.optim.lr_scheduler.StepLR}. */
public final class StepLR extends LRScheduler {
    private final int stepSize;
    private double gamma = 0.1;

    private StepLR(int stepSize) {
        this.stepSize = stepSize;
    }

    /**
     * A tenth of the rate every few steps.
     *
     * @param stepSize the number of steps between two changes, at least 1
     * @return a new schedule
     * @throws IllegalArgumentException if stepSize is below 1
     */
    public static StepLR of(int stepSize) {
        if (stepSize < 1) {
            throw new IllegalArgumentException("stepSize must be at least 1, but is " + stepSize + ".");
        }
        return new StepLR(stepSize);
    }

    /**
     * The factor of each change.
     *
     * @param value 0 or more; the default is 0.1
     * @return this
     * @throws IllegalArgumentException if the value is negative or not finite
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public StepLR gamma(double value) {
        requireDetached();
        gamma = notNegative("gamma", value);
        return this;
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        return epoch > 0 && epoch % stepSize == 0 ? previous * gamma : previous;
    }
}
