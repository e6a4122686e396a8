package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.ParameterGroup;
import java.util.Map;

/**
 * Changes an optimiser's learning rates with time, as PyTorch's {@code torch.optim.lr_scheduler}. A schedule is made
 * without an optimiser and attached to one, whose rates then become the initial ones; every {@link #step()}, usually one
 * per epoch, sets the rates of all its groups anew. Rates are computed in double precision, each group's for itself.
 */
public abstract class LRScheduler implements Stateful {
    private Optimizer optimizer;
    private double[] initial;
    private double[] rates;
    /** Those of the coming epoch, computed before anything is changed. */
    private double[] next;

    private int lastEpoch;
    /** The state at the attachment. */
    private Map<String, Tensor> beginning;
    /** Whether this is a part of another schedule, which steps it. */
    private boolean part;

    /** A schedule that belongs to no optimiser yet. */
    protected LRScheduler() {}

    /**
     * The rule. It is called once for each group and epoch, in order, so it may give the rate by the initial one or by
     * the previous one.
     *
     * @param group the group of the optimiser, 0 for its own options
     * @param epoch the number of {@link #step()} calls; 0 at the attachment
     * @param initial the group's rate at the attachment
     * @param previous the rate that this rule gave for the epoch before; for epoch 0 the initial one
     * @return the group's rate from now on
     */
    protected abstract double learningRate(int group, int epoch, double initial, double previous);

    /**
     * The rule of the momentum, or of Adam's first beta, for schedules that move it with the rate.
     *
     * @param group the group of the optimiser, 0 for its own options
     * @param epoch the number of {@link #step()} calls; 0 at the attachment
     * @return NaN unless overridden: the momentum stays as it is
     */
    protected double momentum(int group, int epoch) {
        return Double.NaN;
    }

    /** The rule where other schedules changed the rate as well, the last of them to the present one. */
    double chained(int group, int epoch, double initial, double present) {
        return learningRate(group, epoch, initial, present);
    }

    /** The rate of a schedule that begins after another one, which left the present rate. */
    double restarted(int group, double initial, double present) {
        return learningRate(group, 0, initial, initial);
    }

    /** Refuses to be a part of a schedule, which steps its parts, if a step of this one needs more. */
    void requireSteps(String whole) {}

    /** Refuses optimisers that this rule does not fit. */
    void check(Optimizer scheduled) {}

    /**
     * State of a rule that keeps more than the epoch and the rates.
     *
     * @return tensors by name; none unless overridden
     */
    protected Map<String, Tensor> ruleState() {
        return Map.of();
    }

    /**
     * Checks the state of a rule, and changes nothing yet.
     *
     * @param state what {@link #ruleState()} gave
     * @return takes the state over
     * @throws IllegalArgumentException if it does not fit
     */
    protected Runnable prepareRule(StateReader state) {
        return () -> {};
    }

    /**
     * Gives the schedule its optimiser and sets the rates of epoch 0. The optimiser's groups are fixed from now on.
     *
     * @param scheduled the optimiser, with all its groups
     * @return this
     * @throws IllegalStateException if the schedule has an optimiser already, or is a part of another schedule
     * @throws IllegalArgumentException if the schedule does not fit the optimiser
     */
    public final LRScheduler attach(Optimizer scheduled) {
        requireDetached();
        check(scheduled);
        initial = scheduled.scheduledFrom();
        rates = initial.clone();
        next = initial.clone();
        advance(scheduled, 0);
        optimizer = scheduled;
        beginning = stateDict();
        return this;
    }

    /**
     * Attaches the schedule, or brings one that this optimiser has already back to the state and the rates of its
     * attachment, for another training.
     *
     * @param scheduled the optimiser, with all its groups
     * @return this
     * @throws IllegalStateException if the schedule has another optimiser, or is a part of another schedule
     * @throws IllegalArgumentException if the schedule does not fit the optimiser
     */
    public final LRScheduler begin(Optimizer scheduled) {
        if (optimizer == null || optimizer != scheduled) {
            return attach(scheduled);
        }
        prepareLoad(beginning).run();
        for (int group = 0; group < rates.length; group++) {
            apply(scheduled.groups().get(group), group);
        }
        return this;
    }

    /**
     * Goes on to the next epoch: call it after the optimiser's steps of the epoch before.
     *
     * @throws IllegalStateException if there is no optimiser yet, or the rule gives no rate: nothing is changed then
     */
    public void step() {
        requireAttached();
        advance(optimizer, lastEpoch + 1);
    }

    /** Goes to an epoch, as rules may that give the rate by the initial one alone. */
    final void goTo(int epoch) {
        requireAttached();
        advance(optimizer, epoch);
    }

    private void advance(Optimizer scheduled, int epoch) {
        for (int group = 0; group < rates.length; group++) {
            next[group] = learningRate(group, epoch, initial[group], rates[group]);
            if (!(next[group] >= 0 && next[group] <= Float.MAX_VALUE)) {
                throw new IllegalStateException(
                        "A learning rate must be finite and not negative, but the schedule gives " + next[group]
                                + " for group " + group + " in epoch " + epoch + ".");
            }
        }
        double[] previous = rates;
        rates = next;
        next = previous;
        lastEpoch = epoch;
        for (int group = 0; group < rates.length; group++) {
            apply(scheduled.groups().get(group), group);
        }
    }

    private void apply(ParameterGroup<?> target, int group) {
        target.scheduledRate((float) rates[group]);
        double momentum = momentum(group, lastEpoch);
        if (!Double.isNaN(momentum)) {
            target.scheduledMomentum((float) momentum);
        }
    }

    /**
     * The number of steps made.
     *
     * @return 0 at first
     */
    public final int lastEpoch() {
        return lastEpoch;
    }

    /**
     * The rates that are in force, before they are rounded to the optimiser's floats.
     *
     * @return one for each of the optimiser's groups
     * @throws IllegalStateException if there is no optimiser yet
     */
    public final double[] lastLearningRates() {
        requireAttached();
        return rates.clone();
    }

    @Override
    public final Map<String, Tensor> stateDict() {
        requireAttached();
        return new StateWriter()
                .put("last_epoch", lastEpoch)
                .put("initial_lr", initial)
                .put("last_lr", rates)
                .putAll(ruleState())
                .stateDict();
    }

    /**
     * Checks the state of a schedule of this kind. It brings the initial and the present rates with it; the options of
     * the rule stay those of this object. The optimiser's own state holds the rate that is in force.
     *
     * @param state what {@link #stateDict()} gave
     * @return takes the state over
     * @throws IllegalArgumentException if the state is another schedule's, or of another number of groups
     * @throws IllegalStateException if there is no optimiser yet
     */
    @Override
    public final Runnable prepareLoad(Map<String, Tensor> state) {
        requireAttached();
        StateReader reader = new StateReader("The schedule", state);
        int epoch = (int) reader.integer("last_epoch", 0, Integer.MAX_VALUE);
        double[] first = reader.reals("initial_lr", initial.length);
        double[] last = reader.reals("last_lr", initial.length);
        StateReader ofRule = new StateReader("The schedule", reader.rest());
        Runnable rule = prepareRule(ofRule);
        ofRule.end();
        return () -> {
            lastEpoch = epoch;
            initial = first;
            rates = last;
            rule.run();
        };
    }

    /** Options of the rule are fixed by the attachment, which has used them. */
    final void requireDetached() {
        if (part) {
            throw new IllegalStateException("This schedule is a part of another one, which steps it. Attach that one.");
        }
        if (optimizer != null) {
            throw new IllegalStateException(
                    "This schedule has an optimiser already, and its options are fixed. Make another schedule.");
        }
    }

    /** Makes this a part of another schedule. */
    final LRScheduler claim() {
        requireDetached();
        part = true;
        return this;
    }

    static double notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and not negative, but is " + value + ".");
        }
        return value;
    }

    static int atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value + ".");
        }
        return value;
    }

    /** One value for all groups, or one for each. */
    static void requireForGroups(String name, int values, Optimizer scheduled) {
        int groups = scheduled.groups().size();
        if (values != 1 && values != groups) {
            throw new IllegalArgumentException(name + " must be one for all groups or one for each, but there are "
                    + values + " and the optimiser has " + groups + " groups, its own options included.");
        }
    }

    /** For rules that move the momentum. */
    static void requireMomentum(Optimizer scheduled) {
        for (ParameterGroup<?> group : scheduled.groups()) {
            if (!group.hasMomentum()) {
                throw new IllegalArgumentException(scheduled.getClass().getSimpleName()
                        + " has neither a momentum nor a first beta to move. Call cycleMomentum(false).");
            }
        }
    }

    private void requireAttached() {
        if (optimizer == null) {
            throw new IllegalStateException("This schedule has no optimiser yet. Call attach(optimizer) first.");
        }
    }
}
