package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/** Cuts out the middle; a smaller picture is padded with zeros first, as torchvision does. Works on bytes. */
public final class CenterCrop implements Transform {

    private final int height;
    private final int width;

    private CenterCrop(int height, int width) {
        this.height = Sizes.positive("The height of CenterCrop", height);
        this.width = Sizes.positive("The width of CenterCrop", width);
    }

    /**
     * A square.
     *
     * @param size rows and columns
     * @return the transform
     */
    public static CenterCrop of(int size) {
        return new CenterCrop(size, size);
    }

    /**
     * A rectangle.
     *
     * @param height rows
     * @param width columns
     * @return the transform
     */
    public static CenterCrop of(int height, int width) {
        return new CenterCrop(height, width);
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        return input.requireBytes("CenterCrop").size(height, width);
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        Window.BLACK.cut(image, first(image.height(), height), first(image.width(), width), height, width);
    }

    /** Half to even where the crop is smaller, and the larger half of the padding behind, as torchvision has it. */
    private static int first(int size, int crop) {
        return crop <= size ? (int) Math.rint((size - crop) / 2.0) : -((crop - size) / 2);
    }
}
