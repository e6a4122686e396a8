package dev.netwright.runtime.optim.schedule;

/** Multiplies the rate by gamma in every step, as {@code torch.optim.lr_scheduler.ExponentialLR}. */
public final class ExponentialLR extends LRScheduler {
    private final double gamma;

    private ExponentialLR(double gamma) {
        this.gamma = gamma;
    }

    /**
     * A geometric decay.
     *
     * @param gamma the factor of each step, 0 or more
     * @return a new schedule
     * @throws IllegalArgumentException if gamma is negative or not finite
     */
    public static ExponentialLR of(double gamma) {
        return new ExponentialLR(notNegative("gamma", gamma));
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        return epoch == 0 ? previous : previous * gamma;
    }
}
