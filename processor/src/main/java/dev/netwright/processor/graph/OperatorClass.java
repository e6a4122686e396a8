package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A class of the user's with an operator's methods, as the compiler sees it: an attribute's value.
 *
 * @param packageName empty for the unnamed one
 * @param names simple ones, of classes around it first
 * @param hidden why generated code cannot call it, in words; empty if it can
 * @param methods its own methods of the names that an operator's have, as they are declared:
 *     {@code public static void forward(float[], int, float[], int, int[])}
 */
public record OperatorClass(String packageName, List<String> names, String hidden, List<String> methods) {
    /** In place of one that could not be read. */
    static final OperatorClass UNKNOWN = new OperatorClass("", List.of("Unknown"), "", List.of());

    public static final String FORWARD = "forward";
    public static final String BACKWARD = "backward";
    public static final String OUTPUT_SHAPE = "outputShape";

    public OperatorClass {
        names = List.copyOf(names);
        methods = List.copyOf(methods);
    }

    /** The arrays that a method has, in order: what it reads, then what it writes. */
    public static List<String> arrays(String method, List<String> inputs) {
        List<String> arrays = new ArrayList<>(inputs);
        arrays.add("y");
        if (method.equals(BACKWARD)) {
            arrays.add("yGradient");
            inputs.forEach(input -> arrays.add(input + "Gradient"));
        }
        return arrays;
    }

    public boolean isKnown() {
        return this != UNKNOWN;
    }

    public String simpleName() {
        return names.get(names.size() - 1);
    }

    /** As it is written in source; its text as an attribute, so that what it has inside does not change a fingerprint. */
    @Override
    public String toString() {
        return (packageName.isEmpty() ? "" : packageName + ".") + String.join(".", names);
    }
}
