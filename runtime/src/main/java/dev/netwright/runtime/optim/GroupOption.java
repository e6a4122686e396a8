package dev.netwright.runtime.optim;

/**
 * A number that a group of parameters sets for itself, or has from the optimiser's own options whenever it is set there.
 */
final class GroupOption {
    /** Which values make sense. */
    enum Range {
        FINITE("finite"),
        NOT_NEGATIVE("finite and not negative"),
        NOT_POSITIVE("finite and not above 0"),
        POSITIVE("finite and above 0"),
        AT_LEAST_ONE("finite and at least 1"),
        ABOVE_ONE("finite and above 1"),
        BELOW_ONE("at least 0 and below 1"),
        UP_TO_ONE("from 0 to 1"),
        INSIDE_ONE("above 0 and below 1");

        final String text;

        Range(String text) {
            this.text = text;
        }

        boolean holds(float value) {
            return switch (this) {
                case FINITE -> Float.isFinite(value);
                case NOT_NEGATIVE -> value >= 0 && value < Float.POSITIVE_INFINITY;
                case NOT_POSITIVE -> value <= 0 && value > Float.NEGATIVE_INFINITY;
                case POSITIVE -> value > 0 && value < Float.POSITIVE_INFINITY;
                case AT_LEAST_ONE -> value >= 1 && value < Float.POSITIVE_INFINITY;
                case ABOVE_ONE -> value > 1 && value < Float.POSITIVE_INFINITY;
                case BELOW_ONE -> value >= 0 && value < 1;
                case UP_TO_ONE -> value >= 0 && value <= 1;
                case INSIDE_ONE -> value > 0 && value < 1;
            };
        }
    }

    /** PyTorch's name, of a number in a tuple with its place. */
    private final String name;

    private final Range range;
    private final GroupOption parent;
    private float value = Float.NaN;
    /** The double of the value, kept because the conversion allocates. */
    private double decimal = Double.NaN;

    GroupOption(String name, Range range, GroupOption parent) {
        this.name = name;
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

    private GroupOption own() {
        return Float.isNaN(value) && parent != null ? parent : this;
    }

    void set(float newValue) {
        restore(checked(newValue));
    }

    /** Sets all elements of a tuple, or none. */
    static void set(GroupOption[] tuple, float... newValues) {
        for (int i = 0; i < tuple.length; i++) {
            tuple[i].checked(newValues[i]);
        }
        for (int i = 0; i < tuple.length; i++) {
            tuple[i].restore(newValues[i]);
        }
    }

    private float checked(float newValue) {
        if (!range.holds(newValue)) {
            throw new IllegalArgumentException(name + " must be " + range.text + ", but is " + newValue + ".");
        }
        return newValue;
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
