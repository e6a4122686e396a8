package dev.netwright.processor.graph;

import java.util.Collections;
import java.util.List;

/**
 * Weights of a loss that the model holds, as they may be given at run time.
 *
 * @param kind what they weigh
 * @param start what they are until then; one of all is a single number
 */
public record LossWeights(Kind kind, List<Float> start) {
    /** What weights weigh, with PyTorch's names in camelCase for the model's methods. */
    public enum Kind {
        /** Each class. */
        CLASS("classWeights"),
        /** Positive targets. */
        POSITIVE("posWeight");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        /** The model's method that sets them. */
        public String method() {
            return method;
        }
    }

    public LossWeights {
        start = List.copyOf(start);
    }

    /** Those that are declared, or ones. */
    public static LossWeights of(Kind kind, List<Float> declared, int count) {
        return new LossWeights(kind, declared.size() == count ? declared : same(count, declared));
    }

    private static List<Float> same(int count, List<Float> declared) {
        return Collections.nCopies(count, declared.isEmpty() ? Float.valueOf(1) : declared.get(0));
    }

    public int count() {
        return start.size();
    }

    /** Whether nothing is weighed until weights are given. */
    public boolean areOnes() {
        return start.stream().allMatch(weight -> weight == 1);
    }

    /** As a value: a vector, or a number. */
    public Shape shape() {
        return count() == 1 ? Shape.of() : Shape.of(count());
    }
}
