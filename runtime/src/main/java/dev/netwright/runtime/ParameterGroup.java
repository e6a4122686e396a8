package dev.netwright.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options of an optimiser for some of the parameters. What is not set here is as in the optimiser, whenever it is set
 * there.
 *
 * @param <G> the kind of group, for chaining
 */
public abstract class ParameterGroup<G extends ParameterGroup<G>> {
    private final String pattern;
    private final G parent;
    private float firstRate;
    private float learningRate = Float.NaN;
    /** The rate that a schedule has set; NaN without one, or after a rate was set by hand. */
    private float scheduledRate = Float.NaN;

    private float weightDecay = Float.NaN;
    private Boolean maximize;

    /** The options of the optimiser itself. */
    ParameterGroup(float learningRate, float weightDecay) {
        this.pattern = "*";
        this.parent = null;
        this.learningRate = notNegative("The learning rate", learningRate);
        this.firstRate = learningRate;
        this.weightDecay = weightDecay;
        this.maximize = false;
    }

    /** The options of the parameters that a pattern matches. */
    ParameterGroup(String pattern, G parent) {
        this.pattern = pattern;
        this.parent = parent;
        this.firstRate = Float.NaN;
    }

    abstract G self();

    /**
     * The learning rate. In a group beside the optimiser's own it follows rates set by hand in proportion: it is the
     * rate given here times the optimiser's rate now divided by the rate the optimiser was made with. An
     * {@link LRScheduler} computes the rate of every group for itself.
     *
     * @param value 0 or more
     * @return this
     */
    public G learningRate(float value) {
        learningRate = notNegative("The learning rate", value);
        scheduledRate = Float.NaN;
        return self();
    }

    final void scheduledRate(float value) {
        scheduledRate = notNegative("The scheduled learning rate", value);
    }

    final void unschedule() {
        scheduledRate = Float.NaN;
    }

    /**
     * The weight decay.
     *
     * @param value 0 or more
     * @return this
     */
    public G weightDecay(float value) {
        weightDecay = notNegative("The weight decay", value);
        return self();
    }

    /**
     * Whether to go up the gradient instead of down.
     *
     * @param value PyTorch's default is false
     * @return this
     */
    public G maximize(boolean value) {
        maximize = value;
        return self();
    }

    /**
     * The learning rate in force.
     *
     * @return the rate of the next step
     */
    public float learningRate() {
        if (!Float.isNaN(scheduledRate)) {
            return scheduledRate;
        }
        if (parent == null) {
            return learningRate;
        }
        if (Float.isNaN(learningRate)) {
            return parent.learningRate();
        }
        float first = ((ParameterGroup<?>) parent).firstRate;
        return first == 0 ? learningRate : (float) (learningRate * ((double) parent.learningRate() / first));
    }

    /**
     * The weight decay in force.
     *
     * @return 0 or more
     */
    public float weightDecay() {
        return Float.isNaN(weightDecay) ? parent.weightDecay() : weightDecay;
    }

    boolean maximize() {
        return maximize == null ? parent.maximize() : maximize;
    }

    G parent() {
        return parent;
    }

    /** The numbers that may change while training, by their names in a state dict; NaN for what is not set. */
    Map<String, Float> numbers() {
        Map<String, Float> numbers = new LinkedHashMap<>();
        numbers.put("initial_lr", firstRate);
        numbers.put("lr", learningRate);
        numbers.put("scheduled_lr", scheduledRate);
        return numbers;
    }

    /** Takes over one of the {@link #numbers()}, which has been checked. */
    void number(String name, float value) {
        switch (name) {
            case "initial_lr" -> firstRate = value;
            case "lr" -> learningRate = value;
            case "scheduled_lr" -> scheduledRate = value;
            default -> throw new AssertionError(name);
        }
    }

    /** The options in force by PyTorch's names, also those of PyTorch's that have no meaning here. */
    Map<String, Object> torchOptions() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("lr", learningRate());
        options.put("weight_decay", weightDecay());
        options.put("maximize", maximize());
        options.put("foreach", null);
        options.put("differentiable", false);
        options.put("fused", null);
        return options;
    }

    /** Checks PyTorch's options, and gives what takes them over. */
    Runnable prepareTorchOptions(TorchOptions options) {
        float rate = options.required("lr");
        float first = options.notNegative("initial_lr", rate);
        float decay = options.notNegative("weight_decay", 0);
        boolean up = options.flag("maximize", false);
        return () -> {
            firstRate = first;
            learningRate = first;
            scheduledRate = rate;
            weightDecay = decay;
            maximize = up;
            if (parent == null) {
                learningRate = rate;
                scheduledRate = Float.NaN;
            }
        };
    }

    /**
     * Which parameters the group holds.
     *
     * @return a glob over state-dict keys
     */
    public String pattern() {
        return pattern;
    }

    static float notNegative(String name, float value) {
        if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and not negative, but is " + value + ".");
        }
        return value;
    }

    /**
     * The double that reads like the float: 0.999 for 0.999f. PyTorch computes with the double a user wrote, and
     * 1 - 0.999f differs from 1 - 0.999 in the fifth digit.
     */
    static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }
}
