package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * Widens pictures on all sides; a fill of 0 unless chosen. Works on bytes.
 *
 * <p>The layer {@code dev.netwright.annotations.Pad} has the same simple name: a file that holds a declaration with it and a
 * pipeline writes one of the two names in full.
 */
public final class Pad implements Transform {

    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private final Window window;

    private Pad(int left, int top, int right, int bottom, Window window) {
        this.left = left;
        this.top = top;
        this.right = right;
        this.bottom = bottom;
        this.window = window;
        if (left < 0 || top < 0 || right < 0 || bottom < 0) {
            throw new IllegalArgumentException("A padding is at least 0, not " + left + ", " + top + ", " + right + ", "
                    + bottom + ": to make pictures smaller, crop them.");
        }
    }

    /**
     * The same padding on all sides.
     *
     * @param padding pixels, at least 0
     * @return the transform
     */
    public static Pad of(int padding) {
        return of(padding, padding, padding, padding);
    }

    /**
     * A padding for each side, in torchvision's order.
     *
     * @param left columns
     * @param top rows
     * @param right columns
     * @param bottom rows
     * @return the transform
     */
    public static Pad of(int left, int top, int right, int bottom) {
        return new Pad(left, top, right, bottom, Window.BLACK);
    }

    /**
     * Chooses the constant.
     *
     * @param fill 0 to 255, one value or one per channel
     * @return a new transform
     */
    public Pad fill(int... fill) {
        return new Pad(left, top, right, bottom, Window.of(window.mode(), fill));
    }

    /**
     * Chooses what the border consists of.
     *
     * @param mode constant unless set
     * @return a new transform
     */
    public Pad mode(PaddingMode mode) {
        return new Pad(left, top, right, bottom, Window.of(mode, window.fill()));
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        window.requireFillFor(input.requireBytes("Pad").channels(), "Pad");
        return input.size(
                input.height() == ImageSpec.UNKNOWN ? ImageSpec.UNKNOWN : input.height() + top + bottom,
                input.width() == ImageSpec.UNKNOWN ? ImageSpec.UNKNOWN : input.width() + left + right);
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        window.cut(image, -top, -left, image.height() + top + bottom, image.width() + left + right);
    }
}
