package dev.netwright.processor.graph;

import dev.netwright.processor.diagnostic.Problem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Thrown by a layer's factory: what is wrong with its attributes or its inputs, and what to write instead. */
public final class LayerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String attribute;
    private final String fix;
    private final boolean ofValue;
    private final String[] others;

    /** A wrong attribute. */
    public LayerException(String attribute, String message, String fix) {
        this(Problem.ATTRIBUTE, attribute, message, fix);
    }

    /**
     * @param problem the catalogue's entry
     * @param attribute the attribute at fault, or null for the annotation as a whole
     * @param message subject, both values; no full stop. {@code %s} at its beginning stands for the layer's name
     * @param fix a full sentence: what to write instead
     */
    public LayerException(Problem problem, String attribute, String message, String fix) {
        this(problem, attribute, message, fix, false);
    }

    private LayerException(
            Problem problem, String attribute, String message, String fix, boolean ofValue, String... others) {
        super(message);
        this.problem = problem;
        this.attribute = attribute;
        this.fix = fix;
        this.ofValue = ofValue;
        this.others = others;
    }

    /** An attribute whose value is wrong whatever the inputs are. */
    public static LayerException ofValue(String attribute, String message, String fix) {
        return new LayerException(Problem.ATTRIBUTE, attribute, message, fix, true);
    }

    /** The same, where it rests on other attributes besides the one at fault. */
    public LayerException besides(String... names) {
        return new LayerException(problem, attribute, getMessage(), fix, ofValue, names.clone());
    }

    /** Shapes that do not go together. */
    public static LayerException shape(String attribute, String message, String fix) {
        return new LayerException(Problem.SHAPE, attribute, message, fix);
    }

    /** The same with other advice. */
    public LayerException withFix(String other) {
        return new LayerException(problem, attribute, getMessage(), other, ofValue, others);
    }

    public Problem problem() {
        return problem;
    }

    public String attribute() {
        return attribute;
    }

    /** Whether it is wrong whatever the inputs are. */
    public boolean isOfValue() {
        return ofValue;
    }

    /** All attributes that it rests on: where one of them is not known, nor is whether this is wrong. */
    public Set<String> attributes() {
        Set<String> all = new HashSet<>(Arrays.asList(others));
        if (attribute != null) {
            all.add(attribute);
        }
        return all;
    }

    public String fix() {
        return fix;
    }
}
