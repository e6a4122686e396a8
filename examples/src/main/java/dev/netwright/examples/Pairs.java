package dev.netwright.examples;

import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.Dataset;
import dev.netwright.training.data.Field;
import dev.netwright.training.data.ImageDataset;
import dev.netwright.training.data.SampleContext;
import dev.netwright.training.data.SampleLayout;
import java.util.List;

/**
 * Pairs of grey pictures, half of them of one class. A data set of one's own says what a sample consists of, and writes
 * one into a batch; loaders and trainers take it like any other.
 */
final class Pairs implements Dataset {
    private static final Field PICTURE = Field.floats(1, 28, 28);
    /** Mean and deviation of Fashion-MNIST's training pictures. */
    private static final float MEAN = 0.2860f;

    private static final float STD = 0.3530f;
    private static final int PIXELS = 28 * 28;

    private final ImageDataset pictures;
    private final int[] left;
    private final int[] right;

    private Pairs(ImageDataset pictures, int count) {
        this.pictures = pictures;
        this.left = new int[count];
        this.right = new int[count];
    }

    /** The even pairs are of one class, the odd ones of two. */
    static Pairs of(ImageDataset pictures, int count, long seed) {
        Pairs pairs = new Pairs(pictures, count);
        MersenneTwister random = new MersenneTwister(seed);
        for (int i = 0; i < count; i++) {
            pairs.left[i] = random.nextInt(pictures.size());
            do {
                pairs.right[i] = random.nextInt(pictures.size());
            } while (pairs.left[i] == pairs.right[i] || pairs.isSame(i) != (i % 2 == 0));
        }
        return pairs;
    }

    private boolean isSame(int index) {
        return pictures.label(left[index]) == pictures.label(right[index]);
    }

    @Override
    public int size() {
        return left.length;
    }

    /** Two inputs, in the order in which the network declares them, and one target of its one loss. */
    @Override
    public SampleLayout layout() {
        return new SampleLayout(List.of(PICTURE, PICTURE), List.of(Field.floats(1)));
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) {
        copy(left[index], batch.inputs(0), position);
        copy(right[index], batch.inputs(1), position);
        batch.targets()[position] = isSame(index) ? 1 : 0;
    }

    private void copy(int picture, float[] to, int position) {
        for (int p = 0; p < PIXELS; p++) {
            to[position * PIXELS + p] = (pictures.pixel(picture, 0, p / 28, p % 28) / 255f - MEAN) / STD;
        }
    }
}
