package dev.netwright.runtime.optim;

/**
 * A number that a group of parameters sets for itself, or has from the optimiser's own options whenever it is set there.
 */
final class GroupOption {
    /** PyTorch's name, of a number in a tuple with its place. */
    private final String name;

    /** What messages call it. */
    private final String label;

    private final Range range;
    private final GroupOption parent;
    private float value = Float.NaN;
    /** The double of the value, kept because the conversion allocates. */
    private double decimal = Double.NaN;

    GroupOption(String name, String label, Range range, GroupOption parent) {
        this.name = name;
        this.label = label;
        this.range = range;
        this.parent = parent;
    }

    String name() {
        return name;
    }

    Range range() {
        return range;
    }

    /** The value in force. */
    float get() {
        return own().value;
    }

    /** The double that reads like the value in force. */
    double decimal() {
        return own().decimal;
    }

    /** The value in force, never 0: parameters without any gradient, padding among them, would become 0 / 0. */
    float divisor() {
        return Math.max(get(), Float.MIN_NORMAL);
    }

    private GroupOption own() {
        return Float.isNaN(value) && parent != null ? parent : this;
    }

    void set(float newValue) {
        restore(range.checked(label, newValue));
    }

    /** Sets all elements of a tuple, or none. */
    static void set(GroupOption[] tuple, float... newValues) {
        for (int i = 0; i < tuple.length; i++) {
            tuple[i].range.checked(tuple[i].label, newValues[i]);
        }
        for (int i = 0; i < tuple.length; i++) {
            tuple[i].restore(newValues[i]);
        }
    }

    /** What was set here; NaN if nothing was. */
    float saved() {
        return value;
    }

    /** Takes over a value that has been checked, or NaN for none. */
    void restore(float newValue) {
        value = newValue;
        decimal = Float.isNaN(newValue) ? Double.NaN : ParameterGroup.decimal(newValue);
    }
}
