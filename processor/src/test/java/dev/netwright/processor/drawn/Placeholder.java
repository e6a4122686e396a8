package dev.netwright.processor.drawn;

import java.util.Map;

/**
 * What an attribute in a block's body is computed from.
 *
 * @param parameter the block's attribute
 * @param factor by which it is multiplied
 * @param divisor by which it is divided; one of the two is 1
 */
record Placeholder(String parameter, int factor, int divisor) {
    /** The name of the constant that stands for an attribute. */
    static String constant(String parameter) {
        return parameter.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
    }

    Object value(Map<String, Object> arguments) {
        Object value = arguments.get(parameter);
        if (!(value instanceof Integer number)) {
            return value;
        }
        if (number % divisor != 0) {
            throw new IllegalArgumentException(this + " of " + number);
        }
        return number * factor / divisor;
    }

    @Override
    public String toString() {
        String constant = constant(parameter);
        return factor > 1 ? factor + " * " + constant : divisor > 1 ? constant + " / " + divisor : constant;
    }
}
