package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * Changes brightness, contrast, saturation and hue by random factors, in random order. On grey pictures saturation and
 * hue change nothing. Works on bytes.
 */
public final class ColorJitter implements Transform {

    private static final int KINDS = 4;

    /** Least and greatest factor of brightness, contrast, saturation and hue; null where nothing is to change. */
    private final double[][] ranges;

    private ColorJitter(double[]... ranges) {
        this.ranges = ranges;
    }

    /**
     * Each factor is drawn from [max(0, 1 - x), 1 + x], the hue's from [-x, x].
     *
     * @param brightness at least 0; 0 changes nothing
     * @param contrast at least 0
     * @param saturation at least 0
     * @param hue 0 to 0.5, in turns of the colour circle
     * @return the transform
     * @throws IllegalArgumentException if a value is out of range
     */
    public static ColorJitter of(double brightness, double contrast, double saturation, double hue) {
        if (!(hue >= 0 && hue <= 0.5)) {
            throw new IllegalArgumentException("The hue of ColorJitter is 0 to 0.5, not " + hue + ".");
        }
        return new ColorJitter(
                range("brightness", brightness),
                range("contrast", contrast),
                range("saturation", saturation),
                hue == 0 ? null : new double[] {-hue, hue});
    }

    private static double[] range(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The " + name + " of ColorJitter is a finite number of at least 0, not " + value + ".");
        }
        return value == 0 ? null : new double[] {Math.max(0, 1 - value), 1 + value};
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        Colors.requireColors(input.requireBytes("ColorJitter").channels(), "ColorJitter");
        return input;
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        int left = (1 << KINDS) - 1;
        for (int i = KINDS; i > 0; i--) {
            int kind = nth(left, random.nextInt(i));
            left &= ~(1 << kind);
            if (ranges[kind] != null) {
                change(image, kind, Draw.uniform(random, ranges[kind][0], ranges[kind][1]));
            }
        }
    }

    /** The position of the n-th bit that is set. */
    private static int nth(int bits, int n) {
        int rest = bits;
        for (int i = 0; i < n; i++) {
            rest &= rest - 1;
        }
        return Integer.numberOfTrailingZeros(rest);
    }

    private static void change(Image image, int kind, double factor) {
        switch (kind) {
            case 0 -> Colors.brightness(image, (float) factor);
            case 1 -> Colors.contrast(image, (float) factor);
            case 2 -> Colors.saturation(image, (float) factor);
            default -> Colors.hue(image, factor);
        }
    }
}
