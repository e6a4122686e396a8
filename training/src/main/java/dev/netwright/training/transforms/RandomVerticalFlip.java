package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/** Mirrors some pictures, upside down. Works on bytes. */
public final class RandomVerticalFlip implements Transform {

    private final double p;

    private RandomVerticalFlip(double p) {
        this.p = Sizes.probability("RandomVerticalFlip", p);
    }

    /**
     * Mirrors every second picture.
     *
     * @return the transform
     */
    public static RandomVerticalFlip of() {
        return of(0.5);
    }

    /**
     * Mirrors a share of the pictures.
     *
     * @param p the probability of each, 0 to 1
     * @return the transform
     */
    public static RandomVerticalFlip of(double p) {
        return new RandomVerticalFlip(p);
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        return input.requireBytes("RandomVerticalFlip");
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        if (random.nextDouble() >= p) {
            return;
        }
        byte[] from = image.bytes();
        int first = image.offset();
        int height = image.height();
        int width = image.width();
        byte[] to = image.replace(image.channels(), height, width);
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < height; y++) {
                int source = first + (c * height + height - 1 - y) * width;
                System.arraycopy(from, source, to, (c * height + y) * width, width);
            }
        }
    }
}
