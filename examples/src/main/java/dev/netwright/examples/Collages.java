package dev.netwright.examples;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.ImageDataset;
import dev.netwright.training.data.TensorDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures of 56 x 56 grey pixels, each made of three small ones of 28 x 28 at random places: one of a wanted class, two of
 * others.
 *
 * @param pictures bytes divided by 255
 * @param places column and row of the middle of the wanted one, from -1 to 1 across the picture
 */
record Collages(float[] pictures, float[] places) {
    static final int SIDE = 56;
    static final int PATCH = 28;

    private static final int PIXELS = PATCH * PATCH;

    /** Small pictures by their class. */
    record Patches(float[] pixels, int[] labels) {
        /** The pictures of a data set. */
        static Patches of(ImageDataset images) {
            List<float[]> parts = new ArrayList<>();
            int[] labels = new int[images.size()];
            int at = 0;
            for (Batch batch : DataLoader.of(images).batchSize(256)) {
                parts.add(Arrays.copyOf(batch.inputs(), batch.size() * PIXELS));
                System.arraycopy(batch.labels(), 0, labels, at, batch.size());
                at += batch.size();
            }
            float[] all = new float[at * PIXELS];
            int place = 0;
            for (float[] part : parts) {
                System.arraycopy(part, 0, all, place, part.length);
                place += part.length;
            }
            return new Patches(all, labels);
        }

        /** Figures, white on black. */
        static Patches drawn(int count, long seed) {
            MersenneTwister random = new MersenneTwister(seed);
            Figure[] figures = Figure.values();
            float[] pixels = new float[count * PIXELS];
            int[] labels = new int[count];
            byte[] bytes = new byte[3 * PIXELS];
            for (int i = 0; i < count; i++) {
                Figure figure = figures[i % figures.length];
                labels[i] = figure.ordinal();
                double radius = 8 + 4 * random.nextDouble();
                double angle = 0.6 * random.nextDouble() - 0.3;
                double cos = StrictMath.cos(angle) / radius;
                double sin = StrictMath.sin(angle) / radius;
                Canvas canvas = new Canvas(PATCH);
                canvas.paint(
                        (x, y) -> figure.covers(
                                cos * (x - PATCH / 2.0) + sin * (PATCH / 2.0 - y),
                                cos * (PATCH / 2.0 - y) - sin * (x - PATCH / 2.0)),
                        PATCH / 2.0,
                        PATCH / 2.0,
                        radius,
                        new float[] {1, 1, 1});
                canvas.write(bytes, 0, () -> 0);
                for (int k = 0; k < PIXELS; k++) {
                    pixels[i * PIXELS + k] = (bytes[k] & 0xff) / 255f;
                }
            }
            return new Patches(pixels, labels);
        }
    }

    /** So many, of which each shows one of the wanted class. */
    static Collages of(Patches patches, int wanted, int count, long seed) {
        MersenneTwister random = new MersenneTwister(seed);
        float[] pictures = new float[count * SIDE * SIDE];
        float[] places = new float[2 * count];
        for (int i = 0; i < count; i++) {
            for (int part = 0; part < 3; part++) {
                int patch;
                do {
                    patch = random.nextInt(patches.labels.length);
                } while ((patches.labels[patch] == wanted) != (part == 0));
                int left = random.nextInt(SIDE - PATCH + 1);
                int top = random.nextInt(SIDE - PATCH + 1);
                paste(patches.pixels, patch * PIXELS, pictures, i * SIDE * SIDE + top * SIDE + left);
                if (part == 0) {
                    places[2 * i] = place(left);
                    places[2 * i + 1] = place(top);
                }
            }
        }
        return new Collages(pictures, places);
    }

    /** The brighter of both, so that nothing is hidden. */
    private static void paste(float[] from, int first, float[] to, int at) {
        for (int k = 0; k < PIXELS; k++) {
            int pixel = at + k / PATCH * SIDE + k % PATCH;
            to[pixel] = Math.max(to[pixel], from[first + k]);
        }
    }

    private static float place(int before) {
        return 2 * (before + (PATCH - 1) / 2f) / (SIDE - 1) - 1;
    }

    int size() {
        return places.length / 2;
    }

    TensorDataset dataset() {
        return TensorDataset.of(Tensor.of(pictures, size(), 1, SIDE, SIDE), Tensor.of(places, size(), 2));
    }
}
