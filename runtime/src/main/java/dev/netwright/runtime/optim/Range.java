package dev.netwright.runtime.optim;

/** Which values of an option make sense, from the least to the most. */
enum Range {
    FINITE("finite", -Float.MAX_VALUE, Float.MAX_VALUE),
    NOT_NEGATIVE("finite and not negative", 0, Float.MAX_VALUE),
    NOT_POSITIVE("finite and not above 0", -Float.MAX_VALUE, 0),
    POSITIVE("finite and above 0", Float.MIN_VALUE, Float.MAX_VALUE),
    AT_LEAST_ONE("finite and at least 1", 1, Float.MAX_VALUE),
    ABOVE_ONE("finite and above 1", Math.nextUp(1f), Float.MAX_VALUE),
    BELOW_ONE("at least 0 and below 1", 0, Math.nextDown(1f)),
    UP_TO_ONE("from 0 to 1", 0, 1),
    INSIDE_ONE("above 0 and below 1", Float.MIN_VALUE, Math.nextDown(1f));

    private final String text;
    private final float least;
    private final float most;

    Range(String text, float least, float most) {
        this.text = text;
        this.least = least;
        this.most = most;
    }

    /** As in "must be finite". */
    String text() {
        return text;
    }

    boolean holds(float value) {
        return value >= least && value <= most;
    }

    /** The value, which a message calls by a name if it is refused. */
    float checked(String name, float value) {
        if (!holds(value)) {
            throw new IllegalArgumentException(name + " must be " + text + ", but is " + value + ".");
        }
        return value;
    }
}
