package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * Gives pictures another size, bilinear and with antialiasing unless chosen otherwise; the pixels are those that
 * torchvision gets of decoded pictures. Works on bytes.
 */
public final class Resize implements Transform {

    private static final int NONE = 0;

    /** The short side, or {@link #NONE} if height and width are given. */
    private final int shortSide;

    private final int height;
    private final int width;
    private final int maxSize;
    private final Interpolation interpolation;
    private final Resampler resampler;

    private Resize(int shortSide, int height, int width, int maxSize, Interpolation interpolation) {
        this.shortSide = shortSide;
        this.height = height;
        this.width = width;
        this.maxSize = maxSize;
        this.interpolation = interpolation;
        this.resampler = new Resampler(interpolation);
    }

    /**
     * Brings the short side to a size and keeps the proportions. Pictures of different proportions still have different
     * sizes then: let a crop follow.
     *
     * @param size pixels of the short side
     * @return the transform
     */
    public static Resize of(int size) {
        return new Resize(Sizes.positive("The size of Resize", size), NONE, NONE, NONE, Interpolation.BILINEAR);
    }

    /**
     * Brings pictures to one size, whatever their proportions.
     *
     * @param height rows
     * @param width columns
     * @return the transform
     */
    public static Resize of(int height, int width) {
        return new Resize(
                NONE,
                Sizes.positive("The height of Resize", height),
                Sizes.positive("The width of Resize", width),
                NONE,
                Interpolation.BILINEAR);
    }

    /**
     * Chooses how pixels are computed.
     *
     * @param interpolation bilinear unless set
     * @return a new transform
     */
    public Resize interpolation(Interpolation interpolation) {
        return new Resize(shortSide, height, width, maxSize, interpolation);
    }

    /**
     * Bounds the long side; where it would be longer, the picture is made smaller as a whole.
     *
     * @param maxSize pixels, more than those of the short side
     * @return a new transform
     * @throws IllegalArgumentException if both sides are given, or the bound is not above the short side
     */
    public Resize maxSize(int maxSize) {
        if (shortSide == NONE || maxSize <= shortSide) {
            throw new IllegalArgumentException(
                    shortSide == NONE
                            ? "A largest size bounds the long side where only the short one is given: write"
                                    + " Resize.of(size).maxSize(" + maxSize + ")."
                            : "The largest size must be above the short side's " + shortSide + ", but is " + maxSize
                                    + ".");
        }
        return new Resize(shortSide, height, width, maxSize, interpolation);
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        input.requireBytes("Resize");
        if (shortSide == NONE) {
            return input.size(height, width);
        }
        return input.fixed()
                ? input.size(side(input.height(), input.width()), side(input.width(), input.height()))
                : input.size(ImageSpec.UNKNOWN, ImageSpec.UNKNOWN);
    }

    /** The new length of a side beside another one. */
    private int side(int side, int other) {
        int least = Math.min(side, other);
        int greatest = Math.max(side, other);
        int newLeast = shortSide;
        int newGreatest = (int) ((long) shortSide * greatest / least);
        if (maxSize != NONE && newGreatest > maxSize) {
            newLeast = Math.max(1, (int) ((long) maxSize * newLeast / newGreatest));
            newGreatest = maxSize;
        }
        return side == least ? newLeast : newGreatest;
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        if (shortSide == NONE) {
            resampler.resize(image, height, width);
        } else {
            resampler.resize(image, side(image.height(), image.width()), side(image.width(), image.height()));
        }
    }
}
