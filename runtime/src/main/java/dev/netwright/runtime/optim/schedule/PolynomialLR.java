package dev.netwright.runtime.optim.schedule;

/**
 * To 0 along a power, as {@code torch.optim.lr_scheduler.PolynomialLR}: initial (1 - epoch / totalIters)^power.
 */
public final class PolynomialLR extends LRScheduler {
    private final int totalIters;
    private double power = 1;

    private PolynomialLR(int totalIters) {
        this.totalIters = totalIters;
    }

    /**
     * To 0 along a line.
     *
     * @param totalIters the number of steps to 0, at least 1; PyTorch's default is 5
     * @return a new schedule
     * @throws IllegalArgumentException if totalIters is below 1
     */
    public static PolynomialLR of(int totalIters) {
        return new PolynomialLR(atLeast(1, "totalIters", totalIters));
    }

    /**
     * The power.
     *
     * @param value 0 or more; the default is 1
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public PolynomialLR power(double value) {
        requireDetached();
        power = notNegative("power", value);
        return this;
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        if (epoch == 0 || epoch > totalIters) {
            return previous;
        }
        double left = (1 - (double) epoch / totalIters) / (1 - (double) (epoch - 1) / totalIters);
        return StrictMath.pow(left, power) * previous;
    }
}
