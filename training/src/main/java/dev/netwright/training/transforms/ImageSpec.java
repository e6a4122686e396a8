package dev.netwright.training.transforms;

/**
 * What is known of a picture before it is loaded.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows, or {@link #UNKNOWN}
 * @param width columns, or {@link #UNKNOWN}
 * @param floats whether its values are floats; otherwise they are unsigned bytes
 */
public record ImageSpec(int channels, int height, int width, boolean floats) {

    /** The height or width of pictures that differ in it. */
    public static final int UNKNOWN = -1;

    /**
     * Checks the sizes.
     *
     * @param channels 1 for grey, 3 for red, green and blue
     * @param height rows, or {@link #UNKNOWN}
     * @param width columns, or {@link #UNKNOWN}
     * @param floats whether its values are floats
     * @throws IllegalArgumentException if one is neither at least 1 nor unknown
     */
    public ImageSpec {
        if (channels < 1 || height < 1 && height != UNKNOWN || width < 1 && width != UNKNOWN) {
            throw new IllegalArgumentException("A picture has at least 1 channel, row and column, not " + channels
                    + " x " + height + " x " + width + ".");
        }
    }

    /**
     * The same with another size.
     *
     * @param newHeight rows, or unknown
     * @param newWidth columns, or unknown
     * @return channels and type of this one
     */
    public ImageSpec size(int newHeight, int newWidth) {
        return new ImageSpec(channels, newHeight, newWidth, floats);
    }

    /**
     * Whether all pictures have one size.
     *
     * @return false if the height or the width is unknown
     */
    public boolean fixed() {
        return height != UNKNOWN && width != UNKNOWN;
    }

    /** Refuses floats for a transform that works on bytes alone. */
    ImageSpec requireBytes(String transform) {
        if (floats) {
            throw new IllegalArgumentException(
                    transform + " works on bytes, but stands behind ToTensor: write it before ToTensor.");
        }
        return this;
    }

    /** Refuses bytes for a transform that works on floats alone. */
    ImageSpec requireFloats(String transform) {
        if (!floats) {
            throw new IllegalArgumentException(
                    transform + " works on floats, but ToTensor does not stand before it: write ToTensor.of() first.");
        }
        return this;
    }

    /**
     * As a sentence needs it.
     *
     * @return such as {@code 3 x 32 x ? bytes}
     */
    @Override
    public String toString() {
        return channels + " x " + text(height) + " x " + text(width) + (floats ? " floats" : " bytes");
    }

    private static String text(int size) {
        return size == UNKNOWN ? "?" : Integer.toString(size);
    }
}
