package dev.netwright.runtime;

import dev.netwright.runtime.check.ArrayChecks;
import dev.netwright.runtime.check.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One loss of a network: what its targets must be, and what its sum is divided by. Immutable; made by generated code.
 */
public final class LossDefinition {
    /** How the losses of a batch are combined. */
    public enum Reduction {
        /** Divided by their number; with class weights by the sum of the weights of the targets that count. */
        MEAN,
        /** Summed. */
        SUM,
        /** Kept apart. */
        NONE,
        /** Divided by the number of samples. */
        BATCHMEAN
    }

    private enum Target {
        NONE,
        INDICES,
        LABELS,
        SEQUENCE,
        PROBABILITIES,
        ELEMENTS
    }

    /** As the class that is no label: each is one. */
    private static final int NO_BLANK = -1;

    /** As the index to be ignored: there is none. */
    private static final int NONE_IGNORED = Integer.MIN_VALUE;

    private final String name;
    /** How messages name the target; made once, as checks run in every step. */
    private final String what;

    private final Target target;
    private final int classes;
    private final int[] targetShape;
    private final int targetSize;
    private final int places;
    private final float scale;
    private final Reduction reduction;
    private final int ignoreIndex;
    /** Whether a mean is divided by the classes' weights. */
    private final boolean weighted;

    private final List<LossWeights> weights;
    /** The class that is no label. */
    private final int blank;
    /** Null where all steps count. */
    private final StepLengths lengths;

    private LossDefinition(
            String name,
            Target target,
            int classes,
            int[] targetShape,
            int places,
            float scale,
            Reduction reduction,
            int ignoreIndex,
            boolean weighted,
            List<LossWeights> weights,
            int blank,
            StepLengths lengths) {
        this.name = Objects.requireNonNull(name, "name");
        this.what = "The target of " + name;
        this.target = target;
        this.classes = classes;
        this.targetShape = targetShape.clone();
        this.targetSize = Shapes.elements(targetShape);
        this.places = places;
        this.scale = scale;
        this.reduction = Objects.requireNonNull(reduction, "reduction");
        this.ignoreIndex = ignoreIndex;
        this.weighted = weighted;
        this.weights = List.copyOf(weights);
        this.blank = blank;
        this.lengths = lengths;
    }

    /** One that ignores no label and weighs nothing. */
    private static LossDefinition of(
            String name, Target target, int classes, int[] shape, int places, float scale, Reduction reduction) {
        return new LossDefinition(
                name, target, classes, shape, places, scale, reduction, NONE_IGNORED, false, List.of(), NO_BLANK, null);
    }

    /**
     * A loss whose targets are class indices, {@code int[]}.
     *
     * @param name the loss's name for messages, such as {@code CrossEntropyLoss}
     * @param classes number of classes
     * @param targetShape one sample's targets; none for one label per sample
     * @param scale the weight of this loss in the sum of all
     * @param reduction how losses are combined
     * @param ignoreIndex the label that counts nothing; {@link Integer#MIN_VALUE} if each counts
     * @param weighted whether a mean is divided by the weights of the targets' classes, not by their number
     * @return the loss
     */
    public static LossDefinition indices(
            String name,
            int classes,
            int[] targetShape,
            float scale,
            Reduction reduction,
            int ignoreIndex,
            boolean weighted) {
        int places = Shapes.elements(targetShape);
        return new LossDefinition(
                name,
                Target.INDICES,
                classes,
                targetShape,
                places,
                scale,
                reduction,
                ignoreIndex,
                weighted,
                List.of(),
                NO_BLANK,
                null);
    }

    /**
     * A loss whose targets are the classes that each sample is of, {@code int[]}: as many as there are classes, or fewer
     * and -1 behind the last.
     *
     * @param name the loss's name for messages
     * @param classes number of classes
     * @param scale the weight of this loss in the sum of all
     * @param reduction how losses are combined
     * @return the loss
     */
    public static LossDefinition labels(String name, int classes, float scale, Reduction reduction) {
        int[] shape = {classes};
        return of(name, Target.LABELS, classes, shape, 1, scale, reduction);
    }

    /**
     * A loss whose targets are the labels that each sample says one after the other, {@code int[]}, with -1 behind the last
     * where they are fewer than there is room for.
     *
     * @param name the loss's name for messages
     * @param classes number of classes
     * @param blank the class that is no label
     * @param most labels that a target has room for
     * @param scale the weight of this loss in the sum of all
     * @param reduction how losses are combined
     * @return the loss
     */
    public static LossDefinition sequence(
            String name, int classes, int blank, int most, float scale, Reduction reduction) {
        return new LossDefinition(
                name,
                Target.SEQUENCE,
                classes,
                new int[] {most},
                1,
                scale,
                reduction,
                NONE_IGNORED,
                false,
                List.of(),
                blank,
                null);
    }

    /**
     * A loss whose targets are the probabilities of the classes, {@code float[]}.
     *
     * @param name the loss's name for messages
     * @param classes number of classes
     * @param targetShape one sample's targets; the classes come first
     * @param scale the weight of this loss in the sum of all
     * @param reduction how losses are combined
     * @return the loss
     */
    public static LossDefinition probabilities(
            String name, int classes, int[] targetShape, float scale, Reduction reduction) {
        int places = Shapes.elements(targetShape) / classes;
        return of(name, Target.PROBABILITIES, classes, targetShape, places, scale, reduction);
    }

    /**
     * A loss that compares element by element, with {@code float[]} targets.
     *
     * @param name the loss's name for messages
     * @param targetShape one sample's targets
     * @param scale the weight of this loss in the sum of all
     * @param reduction how losses are combined
     * @return the loss
     */
    public static LossDefinition elements(String name, int[] targetShape, float scale, Reduction reduction) {
        return elements(name, targetShape, Shapes.elements(targetShape), scale, reduction);
    }

    /**
     * A loss with {@code float[]} targets, of which it may compare several at a time.
     *
     * @param name the loss's name for messages
     * @param targetShape one sample's targets
     * @param losses how many losses a sample has
     * @param scale the weight of this loss in the sum of all
     * @param reduction how losses are combined
     * @return the loss
     */
    public static LossDefinition elements(
            String name, int[] targetShape, int losses, float scale, Reduction reduction) {
        return of(name, Target.ELEMENTS, 0, targetShape, losses, scale, reduction);
    }

    /**
     * A loss that compares outputs with each other and takes no target.
     *
     * @param name the loss's name for messages
     * @param losses how many losses a sample has
     * @param scale the weight of this loss in the sum of all
     * @param reduction how losses are combined
     * @return the loss
     */
    public static LossDefinition withoutTarget(String name, int losses, float scale, Reduction reduction) {
        return of(name, Target.NONE, 0, new int[0], losses, scale, reduction);
    }

    /**
     * The loss with weights that may be given at run time.
     *
     * @param more of a kind that it does not have yet
     * @return another definition
     */
    public LossDefinition weights(LossWeights more) {
        List<LossWeights> all = new ArrayList<>(weights);
        all.add(more);
        return with(all, lengths);
    }

    /**
     * The loss of the steps that each sample has.
     *
     * @param input the input that tells how many, in declared order
     * @param steps how many there are at most
     * @return another definition
     */
    public LossDefinition lengths(int input, int steps) {
        return with(weights, new StepLengths(name, input, steps));
    }

    private LossDefinition with(List<LossWeights> all, StepLengths told) {
        return new LossDefinition(
                name, target, classes, targetShape, places, scale, reduction, ignoreIndex, weighted, all, blank, told);
    }

    /**
     * Which input tells how many steps of each sample count.
     *
     * @return null where all do
     */
    public StepLengths lengths() {
        return lengths;
    }

    /**
     * The weights that may be given at run time.
     *
     * @return at most one of each kind
     */
    public List<LossWeights> weights() {
        return weights;
    }

    /**
     * Whether there are targets at all.
     *
     * @return false for a loss that compares outputs with each other
     */
    public boolean hasTarget() {
        return target != Target.NONE;
    }

    /**
     * The loss's name.
     *
     * @return such as {@code CrossEntropyLoss}
     */
    public String name() {
        return name;
    }

    /**
     * One sample's targets.
     *
     * @return a copy of the shape; empty for one label per sample
     */
    public int[] targetShape() {
        return targetShape.clone();
    }

    /**
     * The weight in the sum of all losses.
     *
     * @return 1 unless declared
     */
    public float scale() {
        return scale;
    }

    /**
     * How the losses of a batch are combined.
     *
     * @return the reduction
     */
    public Reduction reduction() {
        return reduction;
    }

    /**
     * Whether the targets are class indices.
     *
     * @return true for an {@code int[]}, false for a {@code float[]}
     */
    public boolean hasIndices() {
        return target == Target.INDICES || target == Target.LABELS || target == Target.SEQUENCE;
    }

    /**
     * The number of classes.
     *
     * @return 0 for a loss whose targets are not one class, or the probabilities of classes, for each place
     */
    public int classes() {
        return target == Target.LABELS || target == Target.SEQUENCE ? 0 : classes;
    }

    /**
     * The class index that counts nothing.
     *
     * @return the index; without meaning unless {@link #hasIndices()}
     */
    public int ignoreIndex() {
        return ignoreIndex;
    }

    /**
     * Refuses an array of other elements.
     *
     * @param array the caller's targets
     * @throws IllegalArgumentException if it is null or of another type than {@link #hasIndices()} tells
     */
    public void checkType(Object array) {
        boolean fits = hasIndices() ? array instanceof int[] : array instanceof float[];
        if (!fits) {
            throw ArrayChecks.otherType(what, hasIndices() ? "int" : "float", array);
        }
    }

    /**
     * How many losses a sample keeps.
     *
     * @return 1, or one for each target where the reduction is NONE
     */
    public int lossesPerSample() {
        return reduction == Reduction.NONE ? places : 1;
    }

    /**
     * Refuses targets that are too few or out of range.
     *
     * @param n number of samples
     * @param numbers the targets, where they are numbers
     * @param labels the targets, where they are class indices
     * @throws IllegalArgumentException if the array is null or too short, or a label is none of the classes
     */
    public void check(int n, float[] numbers, int[] labels) {
        if (target == Target.NONE) {
            return;
        }
        if (target == Target.LABELS || target == Target.SEQUENCE) {
            ArrayChecks.length(what, labels == null ? -1 : labels.length, "int", n, targetShape);
            for (int s = 0; s < n; s++) {
                checkEnded(s * targetSize, labels);
            }
        } else if (hasIndices()) {
            ArrayChecks.length(what, labels == null ? -1 : labels.length, "int", n, targetShape);
            checkLabels((int) ((long) n * targetSize), labels);
        } else {
            ArrayChecks.floats(what, numbers, n, targetShape);
        }
    }

    /**
     * Refuses numbers of steps that are out of range.
     *
     * @param n number of samples
     * @param inputs the network's inputs that are ints, in declared order of all inputs
     * @throws IllegalArgumentException if a sample has no step, or more than there are
     */
    public void checkLengths(int n, int[][] inputs) {
        if (lengths != null) {
            lengths.check(n, inputs);
        }
    }

    private void checkEnded(int from, int[] labels) {
        for (int i = from; i < from + targetSize && labels[i] != -1; i++) {
            int label = labels[i];
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("The label " + label + " at position " + i + " of the target of "
                        + name + " is not one of the " + classes + " classes, 0 to " + (classes - 1)
                        + ". Write -1 behind the last label of a sample.");
            }
            if (label == blank) {
                throw new IllegalArgumentException("The label " + label + " at position " + i + " of the target of "
                        + name + " is the blank, which no target has. Leave it out.");
            }
        }
    }

    private void checkLabels(int count, int[] labels) {
        for (int i = 0; i < count; i++) {
            int label = labels[i];
            if ((label < 0 || label >= classes) && label != ignoreIndex) {
                throw new IllegalArgumentException("The label " + label + " at position " + i + " of the target of "
                        + name + " is not one of the " + classes + " classes, 0 to " + (classes - 1) + "."
                        + (ignoreIndex < 0 && ignoreIndex != NONE_IGNORED
                                ? " Write " + ignoreIndex + " for a label to be ignored."
                                : ""));
            }
        }
    }

    /**
     * What the sum of a batch's losses is divided by: to join batches, weigh each one's loss with it.
     *
     * @param n number of samples
     * @param labels the batch's class indices, all of them valid; null for a loss without
     * @param lossWeights those of all losses of the model, each where its definition says
     * @param stepsOf how many steps of each sample count; null for a loss without {@link #lengths()}
     * @return 1 unless the reduction is MEAN
     */
    public double divisor(int n, int[] labels, float[] lossWeights, int[] stepsOf) {
        if (reduction == Reduction.BATCHMEAN) {
            return n;
        }
        if (reduction != Reduction.MEAN) {
            return 1;
        }
        double counted = 0;
        int first = weighted ? weights.get(0).offset() : 0;
        for (int s = 0; s < n; s++) {
            int count = counting(s, stepsOf);
            if (target != Target.INDICES) {
                counted += count;
                continue;
            }
            for (int i = s * targetSize; i < s * targetSize + count; i++) {
                if (labels[i] != ignoreIndex) {
                    counted += weighted ? lossWeights[first + labels[i]] : 1;
                }
            }
        }
        return counted;
    }

    /**
     * How many places of a sample count, with those that are to be ignored: all, or those of its first steps.
     *
     * @param sample the sample's number
     * @param stepsOf how many steps of each sample count; null for a loss without {@link #lengths()}
     * @return that many of the first places
     */
    public int counting(int sample, int[] stepsOf) {
        boolean whole = lengths == null || target == Target.SEQUENCE;
        return whole ? places : places / lengths.steps() * stepsOf[sample];
    }
}
