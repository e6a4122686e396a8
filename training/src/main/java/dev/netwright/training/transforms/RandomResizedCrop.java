package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * Cuts out a random rectangle of random area and proportion and brings it to one size: the usual augmentation for
 * pictures of different sizes. Bilinear with antialiasing unless chosen otherwise. Works on bytes.
 */
public final class RandomResizedCrop implements Transform {

    private static final int TRIES = 10;

    private final int height;
    private final int width;
    private final double[] scale;
    private final double[] ratio;
    private final Interpolation interpolation;
    private final Resampler resampler;

    private RandomResizedCrop(int height, int width, double[] scale, double[] ratio, Interpolation interpolation) {
        this.height = Sizes.positive("The height of RandomResizedCrop", height);
        this.width = Sizes.positive("The width of RandomResizedCrop", width);
        Sizes.range("The scale of RandomResizedCrop", scale[0], scale[1], 0);
        Sizes.range("The ratio of RandomResizedCrop", ratio[0], ratio[1], Double.MIN_NORMAL);
        this.scale = scale;
        this.ratio = ratio;
        this.interpolation = interpolation;
        this.resampler = new Resampler(interpolation);
    }

    /**
     * A square, of 8 % to all of the area and of proportions 3:4 to 4:3.
     *
     * @param size rows and columns
     * @return the transform
     */
    public static RandomResizedCrop of(int size) {
        return of(size, size);
    }

    /**
     * A rectangle, of 8 % to all of the area and of proportions 3:4 to 4:3.
     *
     * @param height rows
     * @param width columns
     * @return the transform
     */
    public static RandomResizedCrop of(int height, int width) {
        double[] proportions = {3.0 / 4, 4.0 / 3};
        return new RandomResizedCrop(height, width, new double[] {0.08, 1}, proportions, Interpolation.BILINEAR);
    }

    /**
     * Chooses the share of the area that is cut out.
     *
     * @param least 0.08 unless set
     * @param most 1 unless set
     * @return a new transform
     */
    public RandomResizedCrop scale(double least, double most) {
        return new RandomResizedCrop(height, width, new double[] {least, most}, ratio, interpolation);
    }

    /**
     * Chooses the proportions, width by height, before resizing.
     *
     * @param least 3/4 unless set
     * @param most 4/3 unless set
     * @return a new transform
     */
    public RandomResizedCrop ratio(double least, double most) {
        return new RandomResizedCrop(height, width, scale, new double[] {least, most}, interpolation);
    }

    /**
     * Chooses how pixels are computed.
     *
     * @param interpolation bilinear unless set
     * @return a new transform
     */
    public RandomResizedCrop interpolation(Interpolation interpolation) {
        return new RandomResizedCrop(height, width, scale, ratio, interpolation);
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        return input.requireBytes("RandomResizedCrop").size(height, width);
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        cut(image, random);
        resampler.resize(image, height, width);
    }

    private void cut(Image image, RandomGenerator random) {
        int h = image.height();
        int w = image.width();
        double area = (double) h * w;
        for (int i = 0; i < TRIES; i++) {
            double target = area * Draw.uniform(random, scale[0], scale[1]);
            double proportion = Draw.logUniform(random, ratio[0], ratio[1]);
            long cropWidth = Math.round(Math.sqrt(target * proportion));
            long cropHeight = Math.round(Math.sqrt(target / proportion));
            if (cropWidth > 0 && cropWidth <= w && cropHeight > 0 && cropHeight <= h) {
                int top = random.nextInt(h - (int) cropHeight + 1);
                int left = random.nextInt(w - (int) cropWidth + 1);
                Window.BLACK.cut(image, top, left, (int) cropHeight, (int) cropWidth);
                return;
            }
        }
        double proportion = (double) w / h;
        int cropHeight = h;
        int cropWidth = w;
        if (proportion < ratio[0]) {
            cropHeight = Math.max(1, (int) Math.rint(w / ratio[0]));
        } else if (proportion > ratio[1]) {
            cropWidth = Math.max(1, (int) Math.rint(h * ratio[1]));
        }
        Window.BLACK.cut(image, (h - cropHeight) / 2, (w - cropWidth) / 2, cropHeight, cropWidth);
    }
}
