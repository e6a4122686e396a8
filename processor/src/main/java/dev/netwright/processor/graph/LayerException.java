package dev.netwright.processor.graph;

import dev.netwright.processor.diagnostic.Problem;

/** Thrown by a layer's factory: what is wrong with its attributes or its inputs, and what to write instead. */
public final class LayerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String attribute;
    private final String fix;

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
        super(message);
        this.problem = problem;
        this.attribute = attribute;
        this.fix = fix;
    }

    /** Shapes that do not go together. */
    public static LayerException shape(String attribute, String message, String fix) {
        return new LayerException(Problem.SHAPE, attribute, message, fix);
    }

    public Problem problem() {
        return problem;
    }

    public String attribute() {
        return attribute;
    }

    public String fix() {
        return fix;
    }
}
