package dev.netwright.runtime.optim.schedule;

/** From one part of the rate to another along a line, as {@code torch.optim.lr_scheduler.LinearLR}: a warm-up. */
public final class LinearLR extends LRScheduler {
    private double startFactor = 1 / 3.0;
    private double endFactor = 1;
    private int totalIters = 5;

    private LinearLR() {}

    /**
     * From a third of the rate to the rate in five steps.
     *
     * @return a new schedule
     */
    public static LinearLR of() {
        return new LinearLR();
    }

    /**
     * The part of the rate at first.
     *
     * @param value above 0, at most 1; the default is 1/3
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public LinearLR startFactor(double value) {
        requireDetached();
        startFactor = part("startFactor", value);
        return this;
    }

    /**
     * The part of the rate at the end.
     *
     * @param value 0 to 1; the default is 1
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public LinearLR endFactor(double value) {
        requireDetached();
        endFactor = value == 0 ? 0 : part("endFactor", value);
        return this;
    }

    /**
     * The number of steps to the end.
     *
     * @param value 1 or more; the default is 5
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public LinearLR totalIters(int value) {
        requireDetached();
        totalIters = atLeast(1, "totalIters", value);
        return this;
    }

    static double part(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and at most 1, but is " + value + ".");
        }
        return value;
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        if (epoch == 0) {
            return previous * startFactor;
        }
        if (epoch > totalIters) {
            return previous;
        }
        double rise = endFactor - startFactor;
        return previous * (1 + rise / (totalIters * startFactor + (epoch - 1) * rise));
    }
}
