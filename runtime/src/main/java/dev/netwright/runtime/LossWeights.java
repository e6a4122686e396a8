package dev.netwright.runtime;

import java.util.Arrays;

/**
 * Weights of a loss that may be given to a model at run time. Immutable; made by generated code.
 */
public final class LossWeights {
    /** What weights weigh. */
    public enum Kind {
        /** Each class. */
        CLASS("classWeights"),
        /** Positive targets. */
        POSITIVE("posWeight");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        /**
         * The method that sets them.
         *
         * @return such as {@code classWeights}
         */
        public String method() {
            return method;
        }
    }

    private final Kind kind;
    private final String of;
    private final int offset;
    private final float[] start;

    private LossWeights(Kind kind, String of, int offset, float[] start) {
        this.kind = kind;
        this.of = of;
        this.offset = offset;
        this.start = start;
    }

    /**
     * Weights that are declared.
     *
     * @param kind what they weigh
     * @param of the output that the loss judges, the first if it judges several
     * @param offset where they lie among all weights of the model's losses
     * @param start what they are until others are given
     * @return the weights
     */
    public static LossWeights of(Kind kind, String of, int offset, float[] start) {
        return new LossWeights(kind, of, offset, start.clone());
    }

    /**
     * Weights that are 1 until others are given.
     *
     * @param kind what they weigh
     * @param of the output that the loss judges, the first if it judges several
     * @param offset where they lie among all weights of the model's losses
     * @param count how many
     * @return the weights
     */
    public static LossWeights ones(Kind kind, String of, int offset, int count) {
        float[] start = new float[count];
        Arrays.fill(start, 1);
        return new LossWeights(kind, of, offset, start);
    }

    /**
     * What they weigh.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The output that the loss judges.
     *
     * @return its name
     */
    public String of() {
        return of;
    }

    /**
     * Where they lie among all weights of the model's losses.
     *
     * @return the first one's index
     */
    public int offset() {
        return offset;
    }

    /**
     * How many there are.
     *
     * @return 1 if all are weighed alike
     */
    public int count() {
        return start.length;
    }

    /**
     * What they are until others are given.
     *
     * @return a copy
     */
    public float[] start() {
        return start.clone();
    }
}
