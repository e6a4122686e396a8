package dev.netwright.processor.graph;

/** A loss with all its attributes and shapes known; made like a {@link Layer}, from a class annotation. */
public interface Loss {
    /** PyTorch's name of its type. */
    String name();

    /** How a loss combines its elements. */
    enum Reduction {
        MEAN,
        SUM,
        NONE
    }

    /** Shape of one sample's target. */
    Shape target();

    /** Whether targets are class indices ({@code int[]}) instead of numbers ({@code float[]}). */
    boolean indices();

    /** Number of classes where targets are indices, else 0. */
    default int classes() {
        return 0;
    }

    Reduction reduction();

    /** Shape of one sample's losses where they stay apart: one for each target, unless a target has several numbers. */
    default Shape losses() {
        return target();
    }

    /**
     * The primitive that computes, for each sample, the loss and its gradient by the input, before the division that
     * the reduction asks for.
     */
    Primitive.LossPrimitive primitive();

    /** What PyTorch prints between the brackets. */
    default String arguments() {
        return "";
    }
}
