package dev.netwright.processor.drawn;

import java.util.Set;

/**
 * What was found of a network.
 *
 * @param kind in a word
 * @param message what was wrong
 * @param reached which algorithms it was computed by
 */
record Verdict(Kind kind, String message, Set<Reach> reached) {
    enum Kind {
        RIGHT,
        /** Other numbers than the reference's, or than its own a moment ago. */
        WRONG,
        /** The compiler, javac, or the model threw something. */
        CRASH,
        /** A drawing that the compiler refuses is a mistake of the drawing. */
        REFUSED,
        /** Rounding alone decides which side of a kink some number lies on. */
        KINK
    }

    static Verdict of(Kind kind, String message) {
        return new Verdict(kind, message, Set.of());
    }

    boolean isFailure() {
        return kind == Kind.WRONG || kind == Kind.CRASH || kind == Kind.REFUSED;
    }
}
