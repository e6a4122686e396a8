package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Optimizer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Lowers the rate when a metric stops getting better, as {@code torch.optim.lr_scheduler.ReduceLROnPlateau}: after
 * patience epochs that were not better than the best, the rate is multiplied by the factor.
 */
public final class ReduceLROnPlateau extends LRScheduler {
    /** Which metric is better. */
    public enum Mode {
        /** The lower, such as a loss. */
        MIN,
        /** The higher, such as an accuracy. */
        MAX
    }

    /** What the threshold is measured by. */
    public enum ThresholdMode {
        /** By the best so far. */
        REL,
        /** In units of the metric. */
        ABS
    }

    private Mode mode = Mode.MIN;
    private double factor = 0.1;
    private int patience = 10;
    private double threshold = 1e-4;
    private ThresholdMode thresholdMode = ThresholdMode.REL;
    private int cooldown;
    private double[] minLr = {0};
    private double eps = 1e-8;
    /** NaN before the first metric. */
    private double best = Double.NaN;

    private int badEpochs;
    private int cooling;
    private boolean lower;

    private ReduceLROnPlateau() {}

    /**
     * A tenth of the rate after more than ten epochs without a lower loss.
     *
     * @return a new schedule
     */
    public static ReduceLROnPlateau of() {
        return new ReduceLROnPlateau();
    }

    /**
     * Which metric is better.
     *
     * @param value the default is {@link Mode#MIN}
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ReduceLROnPlateau mode(Mode value) {
        requireDetached();
        mode = Objects.requireNonNull(value, "mode");
        return this;
    }

    /**
     * What the rate is multiplied by.
     *
     * @param value at least 0 and below 1; the default is 0.1
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ReduceLROnPlateau factor(double value) {
        requireDetached();
        factor = CyclicLR.belowOne("factor", value);
        return this;
    }

    /**
     * The number of epochs without a better metric that are borne.
     *
     * @param value 0 or more; the default is 10
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ReduceLROnPlateau patience(int value) {
        requireDetached();
        patience = atLeast(0, "patience", value);
        return this;
    }

    /**
     * By how much a metric must be better to count.
     *
     * @param value 0 or more; the default is 1e-4
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ReduceLROnPlateau threshold(double value) {
        requireDetached();
        threshold = notNegative("threshold", value);
        return this;
    }

    /**
     * What the threshold is measured by.
     *
     * @param value the default is {@link ThresholdMode#REL}
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ReduceLROnPlateau thresholdMode(ThresholdMode value) {
        requireDetached();
        thresholdMode = Objects.requireNonNull(value, "thresholdMode");
        return this;
    }

    /**
     * The number of epochs after a change that are not judged.
     *
     * @param value 0 or more; the default is 0
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ReduceLROnPlateau cooldown(int value) {
        requireDetached();
        cooldown = atLeast(0, "cooldown", value);
        return this;
    }

    /**
     * The lowest rate.
     *
     * @param values 0 or more; one for all groups or one for each, the optimiser's own options first; the default is 0
     * @return this
     * @throws IllegalArgumentException if a value is negative or not finite
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ReduceLROnPlateau minLr(double... values) {
        requireDetached();
        Arrays.stream(values).forEach(value -> notNegative("minLr", value));
        minLr = values.clone();
        return this;
    }

    /**
     * The smallest change of the rate that is made.
     *
     * @param value 0 or more; the default is 1e-8
     * @return this
     * @throws IllegalArgumentException if the value is outside of this range
     * @throws IllegalStateException if the schedule has an optimiser already
     */
    public ReduceLROnPlateau eps(double value) {
        requireDetached();
        eps = notNegative("eps", value);
        return this;
    }

    /**
     * Judges an epoch and goes on to the next.
     *
     * @param metric the epoch's; NaN is not better than anything
     * @throws IllegalStateException if there is no optimiser yet
     */
    public void step(double metric) {
        boolean better = Double.isNaN(best) ? !Double.isNaN(metric) : better(metric);
        boolean rest = cooling > 0;
        int bad = better || rest ? 0 : badEpochs + 1;
        lower = bad > patience;
        super.step();
        best = better ? metric : best;
        badEpochs = lower ? 0 : bad;
        cooling = lower ? cooldown : rest ? cooling - 1 : 0;
    }

    /**
     * Refused: this schedule needs a metric.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void step() {
        throw new UnsupportedOperationException(
                "ReduceLROnPlateau judges a metric, such as the loss of the validation. Call step(metric).");
    }

    private boolean better(double metric) {
        if (thresholdMode == ThresholdMode.ABS) {
            return mode == Mode.MIN ? metric < best - threshold : metric > best + threshold;
        }
        return mode == Mode.MIN ? metric < best * (1 - threshold) : metric > best * (1 + threshold);
    }

    @Override
    void check(Optimizer scheduled) {
        requireForGroups("Lowest rates", minLr.length, scheduled);
    }

    @Override
    void requireSteps(String whole) {
        throw new IllegalArgumentException(
                "ReduceLROnPlateau judges a metric, so it cannot be a part of " + whole + ".");
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        double changed = Math.max(previous * factor, minLr[Math.min(group, minLr.length - 1)]);
        return lower && epoch > 0 && previous - changed > eps ? changed : previous;
    }

    @Override
    protected Map<String, Tensor> ruleState() {
        return new StateWriter()
                .put("best", new double[] {best})
                .put("num_bad_epochs", badEpochs)
                .put("cooldown_counter", cooling)
                .stateDict();
    }

    @Override
    protected Runnable prepareRule(StateReader state) {
        double readBest = state.reals("best", 1)[0];
        int readBad = (int) state.integer("num_bad_epochs", 0, Integer.MAX_VALUE);
        int readCooling = (int) state.integer("cooldown_counter", 0, Integer.MAX_VALUE);
        return () -> {
            best = readBest;
            badEpochs = readBad;
            cooling = readCooling;
        };
    }
}
