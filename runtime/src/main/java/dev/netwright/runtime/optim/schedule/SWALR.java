package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.optim.AveragedModel;
import dev.netwright.runtime.optim.Optimizer;
import java.util.Arrays;
import java.util.Objects;

/**
 * From the rate in force to a constant one, as {@code torch.optim.swa_utils.SWALR}: for the end of a training whose
 * weights are averaged by an {@link AveragedModel}. Attach it when the averaging begins, or let a {@link SequentialLR}
 * begin it.
 */
public final class SWALR extends LRScheduler {
    private final double[] swaLr;
    private int annealEpochs = 10;
    private Anneal annealStrategy = Anneal.COS;

    private SWALR(double[] swaLr) {
        this.swaLr = swaLr;
    }

    /**
     * To a constant rate in ten steps along half a cosine wave.
     *
     * @param swaLr the rate at the end, 0 or more; one for all groups or one for each, the optimiser's own options
     * first
     * @return a new schedule
     * @throws IllegalArgumentException if a rate is negative or not finite
     */
    public static SWALR of(double... swaLr) {
        Arrays.stream(swaLr).forEach(rate -> notNegative("swaLr", rate));
        return new SWALR(swaLr.clone());
    }

    /**
     * The number of steps to the constant rate.
     *
     * @param value 0 or more; the default is 10
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public SWALR annealEpochs(int value) {
        requireDetached();
        annealEpochs = atLeast(0, "annealEpochs", value);
        return this;
    }

    /**
     * The form of the way.
     *
     * @param value the default is {@link Anneal#COS}
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public SWALR annealStrategy(Anneal value) {
        requireDetached();
        annealStrategy = Objects.requireNonNull(value, "annealStrategy");
        return this;
    }

    @Override
    void check(Optimizer scheduled) {
        requireForGroups("Rates", swaLr.length, scheduled);
    }

    private double alpha(int epoch) {
        double part = Math.max(0, Math.min(1, (double) epoch / Math.max(1, annealEpochs)));
        return annealStrategy == Anneal.COS ? (1 - StrictMath.cos(Math.PI * part)) / 2 : part;
    }

    /** What the rate would be without this schedule follows from the one before, which others may have changed. */
    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        int step = annealEpochs == 0 ? Math.max(1, epoch) : epoch;
        double target = swaLr[Math.min(group, swaLr.length - 1)];
        double before = alpha(step - 1);
        double own = before == 1 ? target : (previous - before * target) / (1 - before);
        double now = alpha(step);
        return target * now + own * (1 - now);
    }

    @Override
    double restarted(int group, double initial, double present) {
        return learningRate(group, 0, initial, present);
    }
}
