package dev.netwright.annotations;

/** What one value of a network's input is, and so which array its methods take. */
public enum InputType {
    /** A {@code float}, in a {@code float[]}. */
    FLOAT32,
    /** An unsigned byte, 0 to 255, in a {@code byte[]}: the pixels of an image as files hold them. */
    UINT8,
    /** An {@code int}, in an {@code int[]}: indices. */
    INT32
}
