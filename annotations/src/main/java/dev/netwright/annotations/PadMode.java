package dev.netwright.annotations;

/** What the cells added by {@link Pad} hold. */
public enum PadMode {
    /** {@link Pad#value}. */
    CONSTANT,
    /**
     * The values mirrored at the border, the border itself not repeated: {@code c b | a b c | b a}. Pads the last two
     * dimensions.
     */
    REFLECT,
    /** The border repeated: {@code a a | a b c | c c}. Pads the last two dimensions. */
    REPLICATE,
    /** The opposite side: {@code b c | a b c | a b}. Pads the last two dimensions. */
    CIRCULAR
}
