package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * Makes floats from 0 to 1 out of bytes, {@code byte / 255}, bit for bit as torchvision does. A {@link Normalize} that
 * follows is fused into the same table of 256 floats per channel.
 */
public final class ToTensor implements Transform {

    private static final ToTensor PLAIN = new ToTensor(null);

    /** What each byte becomes, per channel; null for the same in all channels. */
    private final float[][] tables;

    private final float[] unit = unit();

    private ToTensor(float[][] tables) {
        this.tables = tables;
    }

    /**
     * The transform.
     *
     * @return the transform
     */
    public static ToTensor of() {
        return PLAIN;
    }

    private static float[] unit() {
        float[] unit = new float[256];
        for (int value = 0; value < 256; value++) {
            unit[value] = value / 255f;
        }
        return unit;
    }

    /** This and what follows, in one. */
    ToTensor then(Normalize next) {
        float[][] fused = new float[next.channels()][];
        for (int c = 0; c < fused.length; c++) {
            fused[c] = table(c).clone();
            next.apply(fused[c], 0, 256, c);
        }
        return new ToTensor(fused);
    }

    private float[] table(int channel) {
        return tables == null ? unit : tables[channel];
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        if (input.floats()) {
            throw new IllegalArgumentException("ToTensor stands behind another ToTensor: write it once.");
        }
        if (tables != null && tables.length != input.channels()) {
            throw Normalize.channels(tables.length, input.channels());
        }
        return new ImageSpec(input.channels(), input.height(), input.width(), true);
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        byte[] from = image.bytes();
        int source = image.offset();
        int plane = image.height() * image.width();
        float[] to = image.toFloats();
        int target = image.offset();
        for (int c = 0; c < image.channels(); c++, source += plane, target += plane) {
            convert(from, source, to, target, plane, table(c));
        }
    }

    private static void convert(byte[] from, int source, float[] to, int target, int count, float[] table) {
        for (int i = 0; i < count; i++) {
            to[target + i] = table[from[source + i] & 0xff];
        }
    }
}
