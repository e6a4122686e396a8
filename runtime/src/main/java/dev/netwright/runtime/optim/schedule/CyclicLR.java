package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.optim.Optimizer;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * Up and down between two rates, as {@code torch.optim.lr_scheduler.CyclicLR} (Smith, 2017), usually with a step for
 * every batch. The momentum, or Adam's first beta, moves down and up. The optimiser's own rates do not matter.
 */
public final class CyclicLR extends LRScheduler {
    /** How the height of the cycles changes. */
    public enum Mode {
        /** Not at all. */
        TRIANGULAR,
        /** Half of it in every cycle. */
        TRIANGULAR2,
        /** By gamma in every step. */
        EXP_RANGE
    }

    private final double baseLr;
    private final double maxLr;
    private int stepSizeUp = 2000;
    private int stepSizeDown;
    private Mode mode = Mode.TRIANGULAR;
    private double gamma = 1;
    private DoubleUnaryOperator scaleFn;
    private boolean scaleByCycle;
    private boolean cycleMomentum = true;
    private double baseMomentum = 0.8;
    private double maxMomentum = 0.9;

    private CyclicLR(double baseLr, double maxLr) {
        this.baseLr = baseLr;
        this.maxLr = maxLr;
    }

    /**
     * 2000 steps up, 2000 steps down, and again.
     *
     * @param baseLr the lowest rate, 0 or more
     * @param maxLr the highest rate, 0 or more
     * @return a new schedule
     * @throws IllegalArgumentException if a rate is negative or not finite
     */
    public static CyclicLR of(double baseLr, double maxLr) {
        return new CyclicLR(notNegative("baseLr", baseLr), notNegative("maxLr", maxLr));
    }

    /**
     * The number of steps from the lowest to the highest rate.
     *
     * @param value 1 or more; the default is 2000
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CyclicLR stepSizeUp(int value) {
        requireDetached();
        stepSizeUp = atLeast(1, "stepSizeUp", value);
        return this;
    }

    /**
     * The number of steps from the highest to the lowest rate.
     *
     * @param value 1 or more; the default is as many as up
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CyclicLR stepSizeDown(int value) {
        requireDetached();
        stepSizeDown = atLeast(1, "stepSizeDown", value);
        return this;
    }

    /**
     * How the height of the cycles changes.
     *
     * @param value the default is {@link Mode#TRIANGULAR}
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CyclicLR mode(Mode value) {
        requireDetached();
        mode = Objects.requireNonNull(value, "mode");
        return this;
    }

    /**
     * The factor of {@link Mode#EXP_RANGE}.
     *
     * @param value 0 or more; the default is 1
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CyclicLR gamma(double value) {
        requireDetached();
        gamma = notNegative("gamma", value);
        return this;
    }

    /**
     * A height of your own instead of a mode's.
     *
     * @param scale the part of the height
     * @param byCycle whether it is called with the number of the cycle, from 1 on, or with the number of steps made
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CyclicLR scaleFn(DoubleUnaryOperator scale, boolean byCycle) {
        requireDetached();
        scaleFn = Objects.requireNonNull(scale, "scaleFn");
        scaleByCycle = byCycle;
        return this;
    }

    /**
     * Whether the momentum, or Adam's first beta, moves against the rate.
     *
     * @param value the default is true; false is needed for optimisers that have neither
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CyclicLR cycleMomentum(boolean value) {
        requireDetached();
        cycleMomentum = value;
        return this;
    }

    /**
     * The momentum at the highest rate.
     *
     * @param value 0 to below 1; the default is 0.8
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CyclicLR baseMomentum(double value) {
        requireDetached();
        baseMomentum = belowOne("baseMomentum", value);
        return this;
    }

    /**
     * The momentum at the lowest rate.
     *
     * @param value 0 to below 1; the default is 0.9
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public CyclicLR maxMomentum(double value) {
        requireDetached();
        maxMomentum = belowOne("maxMomentum", value);
        return this;
    }

    static double belowOne(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be at least 0 and below 1, but is " + value + ".");
        }
        return value;
    }

    @Override
    void check(Optimizer scheduled) {
        if (cycleMomentum) {
            requireMomentum(scheduled);
        }
    }

    private int down() {
        return stepSizeDown == 0 ? stepSizeUp : stepSizeDown;
    }

    /** 0 at the lowest rate, 1 at the highest of a full cycle. */
    private double height(int epoch) {
        double total = (double) stepSizeUp + down();
        double up = stepSizeUp / total;
        double cycle = Math.floor(1 + epoch / total);
        double x = 1 + epoch / total - cycle;
        double height = x <= up ? x / up : (x - 1) / (up - 1);
        return height * scale(cycle, epoch);
    }

    private double scale(double cycle, int epoch) {
        if (scaleFn != null) {
            return scaleFn.applyAsDouble(scaleByCycle ? cycle : epoch);
        }
        return switch (mode) {
            case TRIANGULAR -> 1;
            case TRIANGULAR2 -> 1 / StrictMath.pow(2, cycle - 1);
            case EXP_RANGE -> StrictMath.pow(gamma, epoch);
        };
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        return baseLr + (maxLr - baseLr) * height(epoch);
    }

    @Override
    protected double momentum(int group, int epoch) {
        return cycleMomentum ? maxMomentum - (maxMomentum - baseMomentum) * height(epoch) : Double.NaN;
    }
}
