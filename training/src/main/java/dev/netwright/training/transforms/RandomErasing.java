package dev.netwright.training.transforms;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Erases a random rectangle of some pictures (Zhong et al. 2017). Works on bytes and on floats: behind
 * {@link Normalize} a value of 0 is the mean.
 */
public final class RandomErasing implements Transform {

    private static final int TRIES = 10;

    private final double p;
    private final double[] scale;
    private final double[] ratio;
    private final float value;

    private RandomErasing(double p, double[] scale, double[] ratio, float value) {
        this.p = Sizes.probability("RandomErasing", p);
        Sizes.range("The scale of RandomErasing", scale[0], scale[1], 0);
        Sizes.range("The ratio of RandomErasing", ratio[0], ratio[1], Double.MIN_NORMAL);
        this.scale = scale;
        this.ratio = ratio;
        this.value = value;
    }

    /**
     * Erases in every second picture 2 to 33 % of the area, of proportions 0.3 to 3.3, to 0.
     *
     * @return the transform
     */
    public static RandomErasing of() {
        return of(0.5);
    }

    /**
     * Erases in a share of the pictures.
     *
     * @param p the probability of each, 0 to 1
     * @return the transform
     */
    public static RandomErasing of(double p) {
        return new RandomErasing(p, new double[] {0.02, 0.33}, new double[] {0.3, 3.3}, 0);
    }

    /**
     * Chooses the share of the area that is erased.
     *
     * @param least 0.02 unless set
     * @param most 0.33 unless set
     * @return a new transform
     */
    public RandomErasing scale(double least, double most) {
        return new RandomErasing(p, new double[] {least, most}, ratio, value);
    }

    /**
     * Chooses the proportions, height by width.
     *
     * @param least 0.3 unless set
     * @param most 3.3 unless set
     * @return a new transform
     */
    public RandomErasing ratio(double least, double most) {
        return new RandomErasing(p, scale, new double[] {least, most}, value);
    }

    /**
     * Chooses what is put there.
     *
     * @param value 0 unless set; on bytes a whole number from 0 to 255
     * @return a new transform
     */
    public RandomErasing value(float value) {
        return new RandomErasing(p, scale, ratio, value);
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        if (!input.floats() && !(value >= 0 && value <= 255 && value == (int) value)) {
            throw new IllegalArgumentException("RandomErasing stands before ToTensor, where values are bytes from 0 to"
                    + " 255, but erases to " + value + ".");
        }
        return input;
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        if (random.nextDouble() >= p) {
            return;
        }
        int h = image.height();
        int w = image.width();
        for (int i = 0; i < TRIES; i++) {
            double area = (double) h * w * Draw.uniform(random, scale[0], scale[1]);
            double proportion = Draw.logUniform(random, ratio[0], ratio[1]);
            long rows = Math.round(Math.sqrt(area * proportion));
            long columns = Math.round(Math.sqrt(area / proportion));
            if (rows < h && columns < w) {
                erase(
                        image,
                        random.nextInt(h - (int) rows + 1),
                        (int) rows,
                        random.nextInt(w - (int) columns + 1),
                        (int) columns);
                return;
            }
        }
    }

    private void erase(Image image, int top, int rows, int left, int columns) {
        boolean floats = image.isFloat();
        if (!floats) {
            byte[] from = image.bytes();
            int first = image.offset();
            byte[] to = image.replace(image.channels(), image.height(), image.width());
            System.arraycopy(from, first, to, 0, image.size());
        }
        for (int c = 0; c < image.channels(); c++) {
            for (int y = top; y < top + rows; y++) {
                int begin = image.offset() + (c * image.height() + y) * image.width() + left;
                if (floats) {
                    Arrays.fill(image.floats(), begin, begin + columns, value);
                } else {
                    Arrays.fill(image.bytes(), begin, begin + columns, (byte) (int) value);
                }
            }
        }
    }
}
