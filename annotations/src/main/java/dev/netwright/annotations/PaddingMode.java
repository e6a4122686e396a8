package dev.netwright.annotations;

/** What the padding of a convolution holds. */
public enum PaddingMode {
    /** Zeros. */
    ZEROS,
    /** The image mirrored at its border, the border itself not repeated: {@code c b | a b c | b a}. */
    REFLECT,
    /** The border repeated: {@code a a | a b c | c c}. */
    REPLICATE,
    /** The opposite side: {@code b c | a b c | a b}. */
    CIRCULAR
}
