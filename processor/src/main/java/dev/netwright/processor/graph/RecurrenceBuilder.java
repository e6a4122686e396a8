package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Recurrence.Assign;
import dev.netwright.processor.graph.Recurrence.Multiply;
import dev.netwright.processor.graph.Recurrence.Part;
import java.util.List;

/**
 * Writes a {@link Recurrence} action by action. What an action makes has a row for each step where a backward may read it,
 * else one place for all.
 */
public final class RecurrenceBuilder {
    private final Lowering lowering;
    private final int steps;
    private final boolean descending;
    private final ScanDraft draft = new ScanDraft();

    public RecurrenceBuilder(Lowering lowering, int steps, boolean descending) {
        this.lowering = lowering;
        this.steps = steps;
        this.descending = descending;
    }

    /** A state: what a step reads, and what it makes. */
    public record State(Value value, Part previous, Part made) {}

    /** Rows that were computed before, or what is the same at each step. */
    public Part given(Value value) {
        return whole(draft.input(value), value, 0);
    }

    /**
     * A state of some features.
     *
     * @param initial of so many features; null for zeros
     */
    public State state(String suffix, int features, Value initial) {
        Value value = lowering.value(suffix, Shape.of(steps + 1, features), true);
        int number = draft.output(value);
        int next = descending ? 0 : 1;
        State state = new State(value, whole(number, value, 1 - next), whole(number, value, next));
        List<Part> read = initial == null ? List.of() : List.of(given(initial));
        Dual formula = initial == null ? Dual.fixed(0) : Dual.variable(0);
        draft.before(new Assign(name(suffix) + "First", state.previous, formula, read));
        return state;
    }

    /** Elements of a formula of the arguments, which have as many features, or one. */
    public Part elements(String suffix, Dual formula, Part... arguments) {
        int features = 1;
        for (Part argument : arguments) {
            features = Math.max(features, argument.size());
        }
        Part to = step(suffix, features);
        draft.add(new Assign(name(suffix), to, formula, List.of(arguments)));
        return to;
    }

    /** As {@link #elements}, with a row for each step, of which something else is made. */
    public Value sequence(String suffix, Dual formula, Part... arguments) {
        Value value = lowering.value(suffix, Shape.of(steps, arguments[0].size()), true);
        draft.add(new Assign(name(suffix), whole(draft.output(value), value, 0), formula, List.of(arguments)));
        return value;
    }

    /** A state's elements. */
    public void assign(String suffix, State state, Dual formula, Part... arguments) {
        draft.add(new Assign(name(suffix), state.made, formula, List.of(arguments)));
    }

    /**
     * A product of a whole row with a weight.
     *
     * @param bias null for none
     * @param addends whole rows that are added
     */
    public Part product(String suffix, Part x, Value weight, Value bias, Part... addends) {
        Part to = step(suffix, weight.shape().size(0));
        multiply(suffix, to, x, weight, bias, addends);
        return to;
    }

    /** A product that is a state. */
    public void product(String suffix, State state, Part x, Value weight) {
        multiply(suffix, state.made, x, weight, null);
    }

    private void multiply(String suffix, Part to, Part x, Value weight, Value bias, Part... addends) {
        int biasNumber = bias == null ? Multiply.NONE : draft.input(bias);
        draft.add(new Multiply(name(suffix), to, x, draft.input(weight), biasNumber, false, List.of(addends)));
    }

    /** Cuts gradients of the states that a step reads where the rows, of one element each, are above 0. */
    public void cut(Value rows) {
        draft.cut(given(rows));
    }

    /** Writes the loop; what was made of it is in the states' values. */
    public void write() {
        draft.write(lowering, steps, descending);
    }

    private Part step(String suffix, int features) {
        Shape shape = lowering.differentiates() ? Shape.of(steps, features) : Shape.of(features);
        Value value = lowering.value(suffix, shape, true);
        return whole(draft.output(value), value, 0);
    }

    private static Part whole(int number, Value value, int row) {
        return new Part(number, row, 0, value.shape().size(value.shape().rank() - 1));
    }

    private static String name(String suffix) {
        String last = suffix.substring(suffix.lastIndexOf('.') + 1);
        return Character.toUpperCase(last.charAt(0)) + last.substring(1);
    }
}
