package dev.netwright.annotations;

/** What the cells added by {@link Pad} hold. */
public enum PadMode {
    /** {@link Pad#value}. */
    CONSTANT,
    /**
     * The values mirrored at the border, the border itself not repeated: {@code c b | a b c | b a}. Pads up to three
     * dimensions.
     */
    REFLECT,
    /** The border repeated: {@code a a | a b c | c c}. Pads up to three dimensions. */
    REPLICATE,
    /** The opposite side: {@code b c | a b c | a b}. Pads up to three dimensions. */
    CIRCULAR
}
