package dev.netwright.processor.emit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is known of the members of a source's classes. */
final class SourceMembers {
    /** Digits of a number that is an int for certain. */
    private static final int MOST_DIGITS = 9;

    private final Set<String> statics = new HashSet<>();
    private final Map<String, Integer> constants = new HashMap<>();

    void addStatic(String name) {
        statics.add(name);
    }

    /** @param literal what a static int is set to */
    void addConstant(String name, String literal) {
        Integer value = value(literal);
        if (value != null) {
            constants.put(name, value);
        }
    }

    boolean isStatic(String name) {
        return statics.contains(name);
    }

    /** What a name stands for, or null. */
    Integer constant(String name) {
        return constants.get(name);
    }

    /** What digits or a name stand for, or null. */
    Integer number(String token) {
        Integer value = value(token);
        return value == null ? constant(token) : value;
    }

    /** Of decimal digits, or null. */
    private static Integer value(String literal) {
        boolean decimal = !literal.isEmpty()
                && literal.length() <= MOST_DIGITS
                && literal.chars().allMatch(c -> c >= '0' && c <= '9');
        return decimal ? Integer.valueOf(literal) : null;
    }
}
