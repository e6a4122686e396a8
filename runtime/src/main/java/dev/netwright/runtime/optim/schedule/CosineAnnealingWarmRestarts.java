package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Tensor;
import java.util.Map;

/**
 * Half cosine waves that start again, as {@code torch.optim.lr_scheduler.CosineAnnealingWarmRestarts} (Loshchilov and
 * Hutter, 2017): etaMin + (initial - etaMin) (1 + cos(pi t / T)) / 2, where t counts from the last restart, and T is t0
 * at first and tMult times as long after each restart.
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
    private final int t0;
    private int tMult = 1;
    private double etaMin;
    /** What {@link #step(double)} passed beyond whole epochs. */
    private double fraction;

    private CosineAnnealingWarmRestarts(int t0) {
        this.t0 = t0;
    }

    /**
     * Waves of equal length to 0.
     *
     * @param t0 the number of steps to the first restart, at least 1
     * @return a new schedule
     * @throws IllegalArgumentException if t0 is below 1
     */
    public static CosineAnnealingWarmRestarts of(int t0) {
        return new CosineAnnealingWarmRestarts(atLeast(1, "t0", t0));
    }

    /**
     * How many times as long each wave is as the one before.
     *
     * @param value 1 or more; the default is 1
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CosineAnnealingWarmRestarts tMult(int value) {
        requireDetached();
        tMult = atLeast(1, "tMult", value);
        return this;
    }

    /**
     * The lowest rate.
     *
     * @param value 0 or more; the default is 0
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CosineAnnealingWarmRestarts etaMin(double value) {
        requireDetached();
        etaMin = notNegative("etaMin", value);
        return this;
    }

    /**
     * Goes to any time, such as epoch + batch / batches: the rate then falls within epochs too. A {@link #step()} goes
     * on by 1 from there.
     *
     * @param epoch the time in epochs, 0 or more
     * @throws IllegalArgumentException if the time is negative or beyond {@link Integer#MAX_VALUE}
     * @throws IllegalStateException if there is no optimiser yet
     */
    public void step(double epoch) {
        if (!(epoch >= 0 && epoch <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "An epoch must be from 0 to " + Integer.MAX_VALUE + ", but is " + epoch + ".");
        }
        double before = fraction;
        fraction = epoch - Math.floor(epoch);
        try {
            goTo((int) epoch);
        } catch (RuntimeException refused) {
            fraction = before;
            throw refused;
        }
    }

    @Override
    protected Map<String, Tensor> ruleState() {
        return new StateWriter().put("fraction", new double[] {fraction}).stateDict();
    }

    @Override
    protected Runnable prepareRule(StateReader state) {
        double read = state.reals("fraction", 1)[0];
        if (!(read >= 0 && read < 1)) {
            throw new IllegalArgumentException(
                    "The schedule's state has \"fraction\" from 0 to below 1, but this one has " + read + ".");
        }
        return () -> fraction = read;
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        long start = 0;
        long length = t0;
        if (tMult == 1) {
            start = epoch - epoch % t0;
        } else {
            while (start + length <= epoch) {
                start += length;
                length *= tMult;
            }
        }
        double t = epoch - start + fraction;
        return etaMin + (initial - etaMin) * ((1 + StrictMath.cos(Math.PI * t / length)) / 2);
    }
}
