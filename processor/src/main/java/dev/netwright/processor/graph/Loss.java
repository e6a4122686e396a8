package dev.netwright.processor.graph;

import java.util.List;

/** A loss with all its attributes and shapes known; made like a {@link Layer}, from a class annotation. */
public interface Loss {
    /** PyTorch's name of its type. */
    String name();

    /** What a target can be made of. */
    sealed interface Targets {
        /** There are no targets. */
        record None() implements Targets {}

        /** Numbers, of whatever meaning. */
        record Numbers() implements Targets {}

        /**
         * A class for each place.
         *
         * @param count of the classes
         * @param ignoreIndex the target that counts nothing, or {@link #NONE_IGNORED}
         * @param weighted whether a mean is divided by the classes' weights; else each target counts 1
         */
        record Classes(int count, int ignoreIndex, boolean weighted) implements Targets {
            public static final int NONE_IGNORED = Integer.MIN_VALUE;
        }

        /**
         * The classes that a sample is of, ended by -1 where they are fewer than there are.
         *
         * @param classes their number
         */
        record Labels(int classes) implements Targets {}

        /**
         * The labels that a sample says one after the other, ended by -1 where they are fewer than there is room for.
         *
         * @param classes their number
         * @param blank the class that is no label
         * @param steps most steps in which they are said
         */
        record Sequence(int classes, int blank, int steps) implements Targets {}

        /**
         * The probability of each class.
         *
         * @param classes their number, which is the size of the target's first dimension
         */
        record Probabilities(int classes) implements Targets {}
    }

    /** How a loss combines its elements. */
    enum Reduction {
        MEAN,
        SUM,
        NONE,
        /** The sum divided by the number of samples. */
        BATCHMEAN
    }

    /** Shape of one sample's target. */
    Shape target();

    /** What targets are made of. */
    default Targets targets() {
        return new Targets.Numbers();
    }

    /** Whether the loss takes targets at all. */
    default boolean hasTarget() {
        return !(targets() instanceof Targets.None);
    }

    /** Whether targets are class indices ({@code int[]}) instead of numbers ({@code float[]}). */
    default boolean indices() {
        return targets() instanceof Targets.Classes
                || targets() instanceof Targets.Labels
                || targets() instanceof Targets.Sequence;
    }

    /** Number of classes where targets are indices, else 0. */
    default int classes() {
        return targets() instanceof Targets.Classes classes ? classes.count() : 0;
    }

    /** Weights that may be given at run time; at most one of each kind. */
    default List<LossWeights> runTimeWeights() {
        return List.of();
    }

    Reduction reduction();

    /** Whether the losses of a sample stay apart. */
    default boolean isApart() {
        return reduction() == Reduction.NONE;
    }

    /** Shape of one sample's losses where they stay apart: one for each target, unless a target has several numbers. */
    default Shape losses() {
        return target();
    }

    /** Most steps of a sample where the last of what is judged tells how many each has; 0 where all of it is judged. */
    default int steps() {
        return 0;
    }

    /** The loss as it is without lengths. */
    default Loss everyStep() {
        return this;
    }

    /** Writes the losses of a sample and, where the program trains, their gradients. */
    Terms lower(Lowering lowering, Judged judged);

    /** What PyTorch prints between the brackets. */
    default String arguments() {
        return "";
    }

    /**
     * What a loss is written of.
     *
     * @param inputs what it judges, in the order of its annotation
     * @param target what that is judged by; null where there is none
     * @param weights those of {@link #runTimeWeights()}, in their order
     * @param factor what gradients are multiplied by, a number known at the step; null where none are asked for
     */
    record Judged(List<Value> inputs, Value target, List<Value> weights, Value factor) {
        public Judged {
            inputs = List.copyOf(inputs);
            weights = List.copyOf(weights);
        }

        public boolean trains() {
            return factor != null;
        }
    }

    /**
     * What a loss wrote.
     *
     * @param losses those of a sample; all of them where they stay apart, else to be summed, where there are several. A
     *     gradient can be multiplied with them, as sizes of 1 stand where dimensions were combined
     * @param gradients of the sum of the losses by each input, multiplied by the factor; none where none are asked for.
     *     Where one element of an input meets several of another, there is one for each of these, to be summed
     */
    record Terms(Value losses, List<Value> gradients) {
        public Terms {
            gradients = List.copyOf(gradients);
        }
    }
}
