package dev.netwright.runtime;

import dev.netwright.runtime.check.ArrayChecks;
import dev.netwright.runtime.check.Shapes;
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
        NONE
    }

    private enum Target {
        INDICES,
        PROBABILITIES,
        ELEMENTS
    }

    private final String name;
    /** How messages name the target; made once, as checks run in every step. */
    private final String what;

    private final Target target;
    private final int classes;
    private final int[] targetShape;
    private final int targetSize;
    private final float scale;
    private final Reduction reduction;
    private final int ignoreIndex;
    private final float[] classWeights;

    private LossDefinition(
            String name,
            Target target,
            int classes,
            int[] targetShape,
            float scale,
            Reduction reduction,
            int ignoreIndex,
            float[] classWeights) {
        this.name = Objects.requireNonNull(name, "name");
        this.what = "The target of " + name;
        this.target = target;
        this.classes = classes;
        this.targetShape = targetShape.clone();
        this.targetSize = Shapes.elements(targetShape);
        this.scale = scale;
        this.reduction = Objects.requireNonNull(reduction, "reduction");
        this.ignoreIndex = ignoreIndex;
        this.classWeights = classWeights.clone();
    }

    /**
     * A loss whose targets are class indices, {@code int[]}.
     *
     * @param name the loss's name for messages, such as {@code CrossEntropyLoss}
     * @param classes number of classes
     * @param targetShape one sample's targets; none for one label per sample
     * @param scale the weight of this loss in the sum of all
     * @param reduction how losses are combined
     * @param ignoreIndex the label that counts nothing
     * @param classWeights the weight of each class, or none
     * @return the loss
     */
    public static LossDefinition indices(
            String name,
            int classes,
            int[] targetShape,
            float scale,
            Reduction reduction,
            int ignoreIndex,
            float[] classWeights) {
        if (classWeights.length != 0 && classWeights.length != classes) {
            throw new IllegalArgumentException(
                    name + " has " + classes + " classes, but " + classWeights.length + " class weights.");
        }
        return new LossDefinition(
                name, Target.INDICES, classes, targetShape, scale, reduction, ignoreIndex, classWeights);
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
        return new LossDefinition(name, Target.PROBABILITIES, classes, targetShape, scale, reduction, 0, new float[0]);
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
        return new LossDefinition(name, Target.ELEMENTS, 0, targetShape, scale, reduction, 0, new float[0]);
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
        return target == Target.INDICES;
    }

    /**
     * The number of classes.
     *
     * @return 0 for a loss that compares element by element
     */
    public int classes() {
        return classes;
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
        return reduction == Reduction.NONE ? places() : 1;
    }

    private int places() {
        return target == Target.PROBABILITIES ? targetSize / classes : targetSize;
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
        if (hasIndices()) {
            ArrayChecks.length(what, labels == null ? -1 : labels.length, "int", n, targetShape);
            checkLabels((int) ((long) n * targetSize), labels);
        } else {
            ArrayChecks.floats(what, numbers, n, targetShape);
        }
    }

    private void checkLabels(int count, int[] labels) {
        for (int i = 0; i < count; i++) {
            int label = labels[i];
            if ((label < 0 || label >= classes) && label != ignoreIndex) {
                throw new IllegalArgumentException("The label " + label + " at position " + i + " of the target of "
                        + name + " is not one of the " + classes + " classes, 0 to " + (classes - 1) + "."
                        + (ignoreIndex < 0 ? " Write " + ignoreIndex + " for a label to be ignored." : ""));
            }
        }
    }

    /**
     * What the sum of a batch's losses is divided by: to join batches, weigh each one's loss with it.
     *
     * @param n number of samples
     * @param labels the batch's class indices, all of them valid; null for a loss without
     * @return 1 unless the reduction is MEAN
     */
    public double divisor(int n, int[] labels) {
        if (reduction != Reduction.MEAN) {
            return 1;
        }
        if (!hasIndices()) {
            return (double) n * places();
        }
        double counted = 0;
        int count = n * targetSize;
        for (int i = 0; i < count; i++) {
            if (labels[i] != ignoreIndex) {
                counted += classWeights.length == 0 ? 1 : classWeights[labels[i]];
            }
        }
        return counted;
    }
}
