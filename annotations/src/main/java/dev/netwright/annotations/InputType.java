package dev.netwright.annotations;

/**
 * What one value of a network's input is, and so which array its methods take. Networks compute in floats: values become
 * floats while they are read, without a copy of the array.
 */
public enum InputType {
    /** A {@code float}, in a {@code float[]}. */
    FLOAT32,
    /**
     * An unsigned byte, 0 to 255, in a {@code byte[]}: the pixels of an image as files hold them. {@link Normalize} as
     * the first layer scales them; another layer reads the values as they are, which a warning points out.
     */
    UINT8,
    /** An {@code int}, in an {@code int[]}: indices. Up to 2^24 every value is exact as a float. */
    INT32
}
