package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * Normalises each channel, {@code (value - mean) / std}, bit for bit as torchvision does. Works on floats.
 *
 * <p>The layer {@code dev.netwright.annotations.Normalize} does the same within a network and has the same simple name: a
 * file that holds a declaration with it and a pipeline writes one of the two names in full.
 */
public final class Normalize implements Transform {

    private final float[] mean;
    private final float[] std;

    private Normalize(float[] mean, float[] std) {
        this.mean = mean;
        this.std = std;
    }

    /**
     * The transform for given means and deviations.
     *
     * @param mean one mean per channel, on the scale from 0 to 1
     * @param std one standard deviation per channel, not 0
     * @return the transform
     * @throws IllegalArgumentException unless there are as many usable deviations as means
     */
    public static Normalize of(float[] mean, float[] std) {
        if (mean.length == 0 || mean.length != std.length) {
            throw new IllegalArgumentException("Normalize needs a mean and a deviation per channel, but there are "
                    + mean.length + " and " + std.length + ".");
        }
        for (int c = 0; c < mean.length; c++) {
            if (!(Math.abs(std[c]) > 0) || Float.isInfinite(std[c]) || !Float.isFinite(mean[c])) {
                throw new IllegalArgumentException("Channel " + c + " cannot be normalised with the mean " + mean[c]
                        + " and the deviation " + std[c] + ": both must be finite, the deviation not 0.");
            }
        }
        return new Normalize(mean.clone(), std.clone());
    }

    int channels() {
        return mean.length;
    }

    void apply(float[] values, int from, int count, int channel) {
        float m = mean[channel];
        float s = std[channel];
        for (int i = from; i < from + count; i++) {
            values[i] = (values[i] - m) / s;
        }
    }

    static IllegalArgumentException channels(int given, int channels) {
        return new IllegalArgumentException(
                "Normalize has means and deviations of " + given + " channels, but the picture has " + channels + ".");
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        if (input.requireFloats("Normalize").channels() != mean.length) {
            throw channels(mean.length, input.channels());
        }
        return input;
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        int plane = image.height() * image.width();
        for (int c = 0; c < mean.length; c++) {
            apply(image.floats(), image.offset() + c * plane, plane, c);
        }
    }
}
