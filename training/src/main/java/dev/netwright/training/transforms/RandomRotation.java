package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * Turns pictures about their middle by a random angle, counter-clockwise, to the nearest pixel; the size stays, and
 * what was outside is filled. Works on bytes.
 */
public final class RandomRotation implements Transform {

    private final double least;
    private final double most;
    private final Window window;

    private RandomRotation(double least, double most, Window window) {
        Sizes.range("The angle of RandomRotation", least, most, -Double.MAX_VALUE);
        this.least = least;
        this.most = most;
        this.window = window;
    }

    /**
     * An angle from -degrees to degrees.
     *
     * @param degrees at least 0
     * @return the transform
     */
    public static RandomRotation of(double degrees) {
        return of(-degrees, degrees);
    }

    /**
     * An angle between two.
     *
     * @param least in degrees
     * @param most in degrees
     * @return the transform
     */
    public static RandomRotation of(double least, double most) {
        return new RandomRotation(least, most, Window.BLACK);
    }

    /**
     * Chooses what is put where the picture was not.
     *
     * @param fill 0 to 255, one value or one per channel; 0 unless set
     * @return a new transform
     */
    public RandomRotation fill(int... fill) {
        return new RandomRotation(least, most, Window.of(PaddingMode.CONSTANT, fill));
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        window.requireFillFor(input.requireBytes("RandomRotation").channels(), "RandomRotation");
        return input;
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        rotate(image, Draw.uniform(random, least, most));
    }

    private void rotate(Image image, double degrees) {
        double angle = ((degrees % 360) + 360) % 360;
        if (angle == 0) {
            return;
        }
        double radians = -Math.toRadians(angle);
        double cos = rounded(StrictMath.cos(radians));
        double sin = rounded(StrictMath.sin(radians));
        double x = image.width() / 2.0;
        double y = image.height() / 2.0;
        double acrossAtZero = x - cos * x - sin * y;
        double downAtZero = y + sin * x - cos * y;
        // Pillow's 16 bits of fraction, so that the same pixels are the nearest.
        copy(image, new int[] {fixed(cos), fixed(sin), fixed(acrossAtZero + (cos + sin) * 0.5)}, new int[] {
            fixed(-sin), fixed(cos), fixed(downAtZero + (cos - sin) * 0.5)
        });
    }

    private void copy(Image image, int[] across, int[] down) {
        byte[] from = image.bytes();
        int first = image.offset();
        int height = image.height();
        int width = image.width();
        int plane = height * width;
        byte[] to = image.replace(image.channels(), height, width);
        for (int y = 0; y < height; y++) {
            int sourceX = across[2] + y * across[1];
            int sourceY = down[2] + y * down[1];
            for (int x = 0; x < width; x++, sourceX += across[0], sourceY += down[0]) {
                int column = sourceX >> 16;
                int row = sourceY >> 16;
                boolean inside = column >= 0 && column < width && row >= 0 && row < height;
                for (int c = 0; c < image.channels(); c++) {
                    to[c * plane + y * width + x] =
                            inside ? from[first + c * plane + row * width + column] : window.fill(c);
                }
            }
        }
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e15) / 1e15;
    }

    private static int fixed(double value) {
        return (int) Math.floor(value * 65536 + 0.5);
    }
}
