package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/** Mirrors some pictures, left to right. Works on bytes. */
public final class RandomHorizontalFlip implements Transform {

    private final double p;

    private RandomHorizontalFlip(double p) {
        this.p = Sizes.probability("RandomHorizontalFlip", p);
    }

    /**
     * Mirrors every second picture.
     *
     * @return the transform
     */
    public static RandomHorizontalFlip of() {
        return of(0.5);
    }

    /**
     * Mirrors a share of the pictures.
     *
     * @param p the probability of each, 0 to 1
     * @return the transform
     */
    public static RandomHorizontalFlip of(double p) {
        return new RandomHorizontalFlip(p);
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        return input.requireBytes("RandomHorizontalFlip");
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        if (random.nextDouble() >= p) {
            return;
        }
        byte[] from = image.bytes();
        int source = image.offset();
        int width = image.width();
        int rows = image.channels() * image.height();
        byte[] to = image.replace(image.channels(), image.height(), width);
        for (int y = 0; y < rows; y++, source += width) {
            int last = (y + 1) * width - 1;
            for (int x = 0; x < width; x++) {
                to[last - x] = from[source + x];
            }
        }
    }
}
