package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * Cuts out a rectangle at a random place, each equally likely, optionally after padding. Works on bytes, and pads and
 * crops in one pass.
 */
public final class RandomCrop implements Transform {

    private final int height;
    private final int width;
    private final int padding;
    private final boolean padIfNeeded;
    private final Window window;

    private RandomCrop(int height, int width, int padding, boolean padIfNeeded, Window window) {
        this.height = Sizes.positive("The height of RandomCrop", height);
        this.width = Sizes.positive("The width of RandomCrop", width);
        if (padding < 0) {
            throw new IllegalArgumentException("The padding of RandomCrop is at least 0, not " + padding + ".");
        }
        this.padding = padding;
        this.padIfNeeded = padIfNeeded;
        this.window = window;
    }

    /**
     * A square.
     *
     * @param size rows and columns
     * @return the transform, without padding
     */
    public static RandomCrop of(int size) {
        return of(size, size);
    }

    /**
     * A rectangle.
     *
     * @param height rows
     * @param width columns
     * @return the transform, without padding
     */
    public static RandomCrop of(int height, int width) {
        return new RandomCrop(height, width, 0, false, Window.BLACK);
    }

    /**
     * Pads all sides before cropping.
     *
     * @param padding pixels, 0 unless set
     * @return a new transform
     */
    public RandomCrop padding(int padding) {
        return new RandomCrop(height, width, padding, padIfNeeded, window);
    }

    /**
     * Chooses whether smaller pictures are padded, on both sides by what they lack, instead of refused.
     *
     * @param padIfNeeded false unless set
     * @return a new transform
     */
    public RandomCrop padIfNeeded(boolean padIfNeeded) {
        return new RandomCrop(height, width, padding, padIfNeeded, window);
    }

    /**
     * Chooses the constant of the padding.
     *
     * @param fill 0 to 255, one value or one per channel; 0 unless set
     * @return a new transform
     */
    public RandomCrop fill(int... fill) {
        return new RandomCrop(height, width, padding, padIfNeeded, Window.of(window.mode(), fill));
    }

    /**
     * Chooses what the padding consists of.
     *
     * @param mode constant unless set
     * @return a new transform
     */
    public RandomCrop paddingMode(PaddingMode mode) {
        return new RandomCrop(height, width, padding, padIfNeeded, Window.of(mode, window.fill()));
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        window.requireFillFor(input.requireBytes("RandomCrop").channels(), "RandomCrop");
        if (input.height() != ImageSpec.UNKNOWN) {
            border("rows", input.height(), height);
        }
        if (input.width() != ImageSpec.UNKNOWN) {
            border("columns", input.width(), width);
        }
        return input.size(height, width);
    }

    /** What is padded on each side. */
    private int border(String what, int size, int crop) {
        int padded = size + 2 * padding;
        if (padded >= crop) {
            return padding;
        }
        if (padIfNeeded) {
            return padding + crop - padded;
        }
        throw new IllegalArgumentException("RandomCrop cuts out " + crop + " " + what + ", but the picture has " + size
                + (padding > 0 ? " and a padding of " + padding : "")
                + ": crop less, or set a padding or padIfNeeded(true).");
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        int rows = border("rows", image.height(), height);
        int columns = border("columns", image.width(), width);
        int top = random.nextInt(image.height() + 2 * rows - height + 1) - rows;
        int left = random.nextInt(image.width() + 2 * columns - width + 1) - columns;
        window.cut(image, top, left, height, width);
    }
}
