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

    /** Whether another network fails for what seems to be the same reason. */
    boolean isLike(Verdict other) {
        return kind == other.kind && (kind != Kind.CRASH || signature().equals(other.signature()));
    }

    /** The exception's class and where it was thrown. */
    private String signature() {
        String frame = message.contains(" at ")
                ? message.split(" at ")[1].replaceAll(":.*", "").strip()
                : "";
        return message.replaceAll("(?s)[:\\s]+(\\d|[A-Z]|\\[|The |channels|cannot|axes|dimension).*", "") + frame;
    }

    boolean isFailure() {
        return kind == Kind.WRONG || kind == Kind.CRASH || kind == Kind.REFUSED;
    }
}
