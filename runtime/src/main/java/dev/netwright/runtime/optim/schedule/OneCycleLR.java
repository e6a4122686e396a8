package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.optim.Optimizer;
import java.util.Objects;

/**
 * Up once and down to almost nothing, as {@code torch.optim.lr_scheduler.OneCycleLR} (Smith and Topin, 2019), with a
 * step for every batch. The momentum, or Adam's first beta, moves down and up. The optimiser's own rates do not matter.
 */
public final class OneCycleLR extends LRScheduler {
    private final double maxLr;
    private final int totalSteps;
    private double pctStart = 0.3;
    private Anneal annealStrategy = Anneal.COS;
    private boolean cycleMomentum = true;
    private double baseMomentum = 0.85;
    private double maxMomentum = 0.95;
    private double divFactor = 25;
    private double finalDivFactor = 1e4;
    private boolean threePhase;

    private OneCycleLR(double maxLr, int totalSteps) {
        this.maxLr = maxLr;
        this.totalSteps = totalSteps;
    }

    /**
     * From a 25th of the highest rate up, for three tenths of the steps, and down to a 250,000th of it.
     *
     * @param maxLr the highest rate, 0 or more
     * @param totalSteps the number of steps of the whole training, at least 1
     * @return a new schedule
     * @throws IllegalArgumentException if the rate is negative or not finite, or totalSteps below 1
     */
    public static OneCycleLR of(double maxLr, int totalSteps) {
        return new OneCycleLR(notNegative("maxLr", maxLr), atLeast(1, "totalSteps", totalSteps));
    }

    /**
     * As {@link #of(double, int)}, for epochs * stepsPerEpoch steps.
     *
     * @param maxLr the highest rate, 0 or more
     * @param epochs the number of epochs, at least 1
     * @param stepsPerEpoch the number of batches of an epoch, at least 1
     * @return a new schedule
     * @throws IllegalArgumentException if the rate is negative or not finite, or a number is below 1
     */
    public static OneCycleLR of(double maxLr, int epochs, int stepsPerEpoch) {
        int steps = Math.multiplyExact(atLeast(1, "epochs", epochs), atLeast(1, "stepsPerEpoch", stepsPerEpoch));
        return of(maxLr, steps);
    }

    /**
     * The part of the steps in which the rate rises.
     *
     * @param value 0 to 1; the default is 0.3
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public OneCycleLR pctStart(double value) {
        requireDetached();
        pctStart = partOf("pctStart", value);
        return this;
    }

    /**
     * The form of the ways up and down.
     *
     * @param value the default is {@link Anneal#COS}
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public OneCycleLR annealStrategy(Anneal value) {
        requireDetached();
        annealStrategy = Objects.requireNonNull(value, "annealStrategy");
        return this;
    }

    /**
     * Whether the momentum, or Adam's first beta, moves against the rate.
     *
     * @param value the default is true; false is needed for optimisers that have neither
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public OneCycleLR cycleMomentum(boolean value) {
        requireDetached();
        cycleMomentum = value;
        return this;
    }

    /**
     * The momentum at the highest rate.
     *
     * @param value 0 to below 1; the default is 0.85
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public OneCycleLR baseMomentum(double value) {
        requireDetached();
        baseMomentum = CyclicLR.belowOne("baseMomentum", value);
        return this;
    }

    /**
     * The momentum at the lowest rate.
     *
     * @param value 0 to below 1; the default is 0.95
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public OneCycleLR maxMomentum(double value) {
        requireDetached();
        maxMomentum = CyclicLR.belowOne("maxMomentum", value);
        return this;
    }

    /**
     * How many times as high the highest rate is as the first.
     *
     * @param value above 0; the default is 25
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public OneCycleLR divFactor(double value) {
        requireDetached();
        divFactor = above("divFactor", value);
        return this;
    }

    /**
     * How many times as high the first rate is as the last.
     *
     * @param value above 0; the default is 10,000
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public OneCycleLR finalDivFactor(double value) {
        requireDetached();
        finalDivFactor = above("finalDivFactor", value);
        return this;
    }

    /**
     * Whether the rate goes back to the first one, as steeply as up, before it falls to the last.
     *
     * @param value the default is false
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public OneCycleLR threePhase(boolean value) {
        requireDetached();
        threePhase = value;
        return this;
    }

    private static double partOf(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but is " + value + ".");
        }
        return value;
    }

    private static double above(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and above 0, but is " + value + ".");
        }
        return value;
    }

    @Override
    void check(Optimizer scheduled) {
        if (cycleMomentum) {
            requireMomentum(scheduled);
        }
    }

    /** Between what a phase starts and ends with; the phases are from low to high, back, and to the end. */
    private double at(int epoch, double low, double high, double end) {
        double peak = pctStart * totalSteps - 1;
        double back = threePhase ? 2 * pctStart * totalSteps - 2 : peak;
        double last = totalSteps - 1;
        if (epoch <= peak) {
            return anneal(low, high, epoch, 0, peak);
        }
        if (epoch <= back) {
            return anneal(high, low, epoch, peak, back);
        }
        return anneal(threePhase ? low : high, end, epoch, back, last);
    }

    private double anneal(double from, double to, int epoch, double begin, double finish) {
        double part = finish > begin ? Math.min(1, (epoch - begin) / (finish - begin)) : 1;
        return annealStrategy == Anneal.COS
                ? to + (from - to) / 2 * (StrictMath.cos(Math.PI * part) + 1)
                : (to - from) * part + from;
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        if (epoch > totalSteps) {
            throw new IllegalStateException("OneCycleLR was made for " + totalSteps
                    + " steps, and they are over. Give it the number of all steps of the training.");
        }
        double first = maxLr / divFactor;
        return at(epoch, first, maxLr, first / finalDivFactor);
    }

    @Override
    protected double momentum(int group, int epoch) {
        return cycleMomentum ? at(epoch, maxMomentum, baseMomentum, maxMomentum) : Double.NaN;
    }
}
