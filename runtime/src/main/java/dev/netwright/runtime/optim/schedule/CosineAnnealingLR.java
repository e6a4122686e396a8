package dev.netwright.runtime.optim.schedule;

/**
 * Half a cosine wave, as {@code torch.optim.lr_scheduler.CosineAnnealingLR} (Loshchilov and Hutter, 2017):
 * etaMin + (initial - etaMin) (1 + cos(pi epoch / tMax)) / 2, which rises again after {@code tMax} steps.
 */
public final class CosineAnnealingLR extends LRScheduler {
    private final int tMax;
    private double etaMin;

    private CosineAnnealingLR(int tMax) {
        this.tMax = tMax;
    }

    /**
     * From the initial rate to 0.
     *
     * @param tMax the number of steps to the lowest rate, at least 1
     * @return a new schedule
     * @throws IllegalArgumentException if tMax is below 1
     */
    public static CosineAnnealingLR of(int tMax) {
        if (tMax < 1) {
            throw new IllegalArgumentException("tMax must be at least 1, but is " + tMax + ".");
        }
        return new CosineAnnealingLR(tMax);
    }

    /**
     * The lowest rate.
     *
     * @param value 0 or more; the default is 0
     * @return this
     * @throws IllegalArgumentException if the value is negative or not finite
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CosineAnnealingLR etaMin(double value) {
        requireDetached();
        etaMin = notNegative("etaMin", value);
        return this;
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        // StrictMath, because a resumed run may be on another JVM. Written so that the lowest rate is exactly etaMin.
        return etaMin + (initial - etaMin) * ((1 + StrictMath.cos(Math.PI * epoch / tMax)) / 2);
    }

    /** By the change from one epoch to the next, which other changes leave in place. */
    @Override
    double chained(int group, int epoch, double initial, double present) {
        if (epoch == 0) {
            return present;
        }
        double before = 1 + StrictMath.cos(Math.PI * (epoch - 1) / tMax);
        double now = 1 + StrictMath.cos(Math.PI * epoch / tMax);
        return before == 0 ? present + (initial - etaMin) * now / 2 : now / before * (present - etaMin) + etaMin;
    }
}
