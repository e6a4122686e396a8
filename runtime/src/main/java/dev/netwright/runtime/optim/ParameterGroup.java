package dev.netwright.runtime.optim;

import dev.netwright.runtime.files.torch.PickledTuple;
import dev.netwright.runtime.optim.schedule.LRScheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final GroupOption weightDecay;
    private final GroupFlag maximize;
    private float firstRate = Float.NaN;
    private float learningRate = Float.NaN;
    /** The rate that a schedule has set; NaN without one, or after a rate was set by hand. */
    private float scheduledRate = Float.NaN;

    /** All options that a subclass declared, in the order of declaration, the same for all of its groups. */
    private final List<GroupOption> options = new ArrayList<>();

    private final List<GroupFlag> flags = new ArrayList<>();
    private final List<GroupScalar> scalars = new ArrayList<>();
    /** How PyTorch names them: a single one, or several in a tuple. */
    private final Map<String, List<GroupOption>> torchNames = new LinkedHashMap<>();

    /** What a gradient is multiplied by. */
    float stepSign;
    /** How much of a parameter is added to its gradient. */
    float stepDecay;

    /**
     * The options of the parameters that a pattern matches.
     *
     * @param parent null for the options of the optimiser itself, which then need a learning rate
     */
    ParameterGroup(String pattern, G parent) {
        this.pattern = pattern;
        this.parent = parent;
        ParameterGroup<?> from = parent;
        weightDecay = new GroupOption(
                "weight_decay", "The weight decay", Range.NOT_NEGATIVE, from == null ? null : from.weightDecay);
        maximize = new GroupFlag("maximize", false, from == null ? null : from.maximize);
        if (from == null) {
            weightDecay.restore(0);
        }
    }

    /** The rate that the optimiser is made with. */
    final void firstRate(float value) {
        learningRate(value);
        firstRate = value;
    }

    @SuppressWarnings("unchecked")
    final G self() {
        return (G) this;
    }

    /** Declares an option, by a field's initializer; the value is the default, and a group's own unset. */
    final GroupOption option(String name, Range range, float value) {
        return option(name, name, range, value);
    }

    /** Declares an option that messages call by another name than PyTorch's. */
    final GroupOption option(String name, String label, Range range, float value) {
        GroupOption option = declare(name, label, range, value);
        torchNames.put(name, List.of(option));
        return option;
    }

    private GroupOption declare(String name, String label, Range range, float value) {
        ParameterGroup<?> from = parent;
        GroupOption option =
                new GroupOption(name, label, range, from == null ? null : from.options.get(options.size()));
        if (from == null) {
            option.restore(value);
        }
        options.add(option);
        return option;
    }

    /** Declares options that PyTorch keeps in one tuple. */
    final GroupOption[] tuple(String name, Range range, float... values) {
        Range[] ranges = new Range[values.length];
        Arrays.fill(ranges, range);
        return tuple(name, ranges, values);
    }

    final GroupOption[] tuple(String name, Range[] ranges, float[] values) {
        GroupOption[] elements = new GroupOption[values.length];
        for (int i = 0; i < values.length; i++) {
            elements[i] = declare(name + "[" + i + "]", name + "[" + i + "]", ranges[i], values[i]);
        }
        torchNames.put(name, List.of(elements));
        return elements;
    }

    /** Declares a switch. */
    final GroupFlag flag(String name, boolean value) {
        ParameterGroup<?> from = parent;
        GroupFlag flag = new GroupFlag(name, value, from == null ? null : from.flags.get(flags.size()));
        flags.add(flag);
        return flag;
    }

    /** Declares a number that the steps of every group change for itself. */
    final GroupScalar scalar(String name, float value) {
        GroupScalar scalar = new GroupScalar(name, value);
        scalars.add(scalar);
        return scalar;
    }

    /** Computes the factors of a coming step; refuses options that contradict each other. */
    void prepare(long step) {
        stepSign = maximize() ? -1 : 1;
        stepDecay = weightDecay();
    }

    /** Takes over, once nothing can fail any more, what {@link #prepare} found for the steps after it. */
    void commit() {
        for (int i = 0; i < scalars.size(); i++) {
            scalars.get(i).value = scalars.get(i).next;
        }
    }

    /** The momentum, or first beta, that schedules move against the rate; null where there is none. */
    private GroupOption momentumOption() {
        List<GroupOption> found = torchNames.getOrDefault("momentum", torchNames.get("betas"));
        return found == null ? null : found.get(0);
    }

    /**
     * Whether schedules can set a momentum: {@code momentum}, or the first of the betas.
     *
     * @return false if this kind of optimiser has none
     */
    public boolean hasMomentum() {
        return momentumOption() != null;
    }

    /**
     * Sets the momentum, as schedules do.
     *
     * @param value from 0 to below 1
     */
    public void scheduledMomentum(float value) {
        momentumOption().set(value);
    }

    /** Those of the {@link #numbers()} that PyTorch keeps with every parameter, as scalars. */
    final List<String> torchScalars() {
        return scalars.stream().map(GroupScalar::name).toList();
    }

    /** Writes the values of {@link #torchScalars()}. */
    final void writeScalars(float[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = scalars.get(i).value;
        }
    }

    /** Takes them over. */
    final void readScalars(float[] source) {
        for (int i = 0; i < source.length; i++) {
            scalars.get(i).value = source[i];
        }
    }

    /**
     * The learning rate. In a group beside the optimiser's own it follows rates set by hand in proportion: it is the
     * rate given here times the optimiser's rate now divided by the rate the optimiser was made with. An
     * {@link LRScheduler} computes the rate of every group for itself.
     *
     * @param value 0 or more
     * @return this
     */
    public G learningRate(float value) {
        learningRate = Range.NOT_NEGATIVE.checked("The learning rate", value);
        scheduledRate = Float.NaN;
        return self();
    }

    /**
     * Sets the rate as schedules do: the one that the user wrote stays what it follows.
     *
     * @param value 0 or more
     */
    public final void scheduledRate(float value) {
        scheduledRate = Range.NOT_NEGATIVE.checked("The scheduled learning rate", value);
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
        weightDecay.set(value);
        return self();
    }

    /**
     * Whether to go up the gradient instead of down.
     *
     * @param value PyTorch's default is false
     * @return this
     */
    public G maximize(boolean value) {
        maximize.set(value);
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
        return weightDecay.get();
    }

    boolean maximize() {
        return maximize.get();
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
        if (momentumOption() != null) {
            numbers.put(momentumName(), momentumOption().saved());
        }
        scalars.forEach(scalar -> numbers.put(scalar.name(), scalar.value));
        return numbers;
    }

    private String momentumName() {
        return momentumOption().name().equals("momentum") ? "momentum" : "beta1";
    }

    /** Takes over one of the {@link #numbers()}, which has been checked. */
    void number(String name, float value) {
        switch (name) {
            case "initial_lr" -> firstRate = value;
            case "lr" -> learningRate = value;
            case "scheduled_lr" -> scheduledRate = value;
            case "momentum", "beta1" -> momentumOption().restore(value);
            default -> scalars.get(torchScalars().indexOf(name)).value = value;
        }
    }

    /** The options in force by PyTorch's names, also those of PyTorch's that have no meaning here. */
    Map<String, Object> torchOptions() {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("lr", learningRate());
        written.put(weightDecay.name(), weightDecay());
        written.put(maximize.name(), maximize());
        written.put("foreach", null);
        written.put("differentiable", false);
        written.put("fused", null);
        torchNames.forEach((name, values) -> written.put(name, torchValue(values)));
        flags.forEach(flag -> written.put(flag.name(), flag.get()));
        return written;
    }

    private static Object torchValue(List<GroupOption> values) {
        if (values.size() == 1) {
            return values.get(0).get();
        }
        return new PickledTuple(values.stream().<Object>map(GroupOption::get).toList());
    }

    /** Checks PyTorch's options, and gives what takes them over. */
    Runnable prepareTorchOptions(TorchOptions read) {
        float rate = read.number("lr", Range.NOT_NEGATIVE);
        float first = read.number("initial_lr", Range.NOT_NEGATIVE, rate);
        // LBFGS and Rprop have none.
        float decay = read.number(weightDecay.name(), weightDecay.range(), 0);
        List<Runnable> declared = new ArrayList<>();
        declared.add(maximize.prepare(read));
        torchNames.forEach((name, values) -> declared.add(read.prepare(name, values)));
        flags.forEach(flag -> declared.add(flag.prepare(read)));
        return () -> {
            declared.forEach(Runnable::run);
            firstRate = first;
            learningRate = first;
            scheduledRate = rate;
            weightDecay.restore(decay);
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

    /**
     * The double that reads like the float: 0.999 for 0.999f. PyTorch computes with the double a user wrote, and
     * 1 - 0.999f differs from 1 - 0.999 in the fifth digit.
     */
    static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    /**
     * A power with the same bits on every CPU. {@code StrictMath.pow} allocates three arrays in every call of JDK 17.
     *
     * @param base 0 or more
     */
    static double power(double base, double exponent) {
        return StrictMath.exp(exponent * StrictMath.log(base));
    }
}
