package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.subject.LayerSource.Declaration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** Layers of the sweep of one and three axes, transposed ones, and those that move more than they compute. */
final class DrawnModules {
    /** So many rows or more has each table. */
    static final int LEAST_ROWS = 1_000;

    private static final int OF_EACH_CONVOLUTION = 6;
    private static final int OF_EACH_OTHER = 4;
    private static final int TEXTS = 64;
    private static final String MODE = "dev.netwright.annotations.Upsample.Mode.";

    private DrawnModules() {}

    /** Thirty, the same for the same seed. */
    static List<DrawnLayer> draw(long seed) {
        Random random = new Random(seed);
        List<DrawnLayer> layers = new ArrayList<>();
        for (int i = 0; i < OF_EACH_CONVOLUTION; i++) {
            layers.add(convolution(random, 1, false));
        }
        for (int i = 0; i < OF_EACH_CONVOLUTION; i++) {
            layers.add(convolution(random, 3, false));
        }
        for (int i = 0; i < OF_EACH_CONVOLUTION; i++) {
            layers.add(convolution(random, 1 + i % 3, true));
        }
        for (int i = 0; i < OF_EACH_OTHER; i++) {
            layers.add(layerNorm(random));
        }
        List<String> modes = List.of("NEAREST", "BILINEAR", "BICUBIC", "TRILINEAR");
        for (int i = 0; i < OF_EACH_OTHER; i++) {
            layers.add(upsample(random, modes.get(i)));
        }
        for (int i = 0; i < OF_EACH_OTHER; i++) {
            layers.add(embedding(random));
        }
        return layers;
    }

    /** Keeps or halves the size, or doubles it where it is transposed. */
    private static DrawnLayer convolution(Random random, int axes, boolean transposed) {
        while (true) {
            int channels = DrawnLayer.spread(random, 3, 256);
            int outChannels = DrawnLayer.spread(random, 8, 256);
            int size = DrawnLayer.spread(random, axes == 1 ? 64 : 6, axes == 1 ? 4_096 : axes == 2 ? 56 : 32);
            int stride = transposed ? 2 : 1 + random.nextInt(4) / 3;
            int kernel = transposed ? 2 + 2 * random.nextInt(2) : 3 + 2 * (random.nextInt(4) / 3);
            int outSize = transposed ? 2 * size : (size - 1) / stride + 1;
            long in = channels * power(size, axes);
            long out = outChannels * power(outSize, axes);
            long products = (transposed ? in * outChannels : out * channels) * power(kernel, axes);
            if (2 * products < DrawnLayer.LEAST
                    || 2 * products > DrawnLayer.MOST
                    || Math.max(in, out) > DrawnLayer.LARGEST_PICTURE) {
                continue;
            }
            int padding = transposed ? (kernel - 2) / 2 : kernel / 2;
            String annotation = (transposed ? "ConvTranspose" : "Conv") + axes + "d(outChannels = " + outChannels
                    + ", kernelSize = " + kernel + ", stride = " + stride + ", padding = " + padding + ")";
            String title = (transposed ? "transposed " : "conv ") + times(kernel, axes)
                    + (stride > 1 ? " stride " + stride : "") + ", " + channels + " to " + outChannels + ", "
                    + times(size, axes);
            return new DrawnLayer(
                    title + ", batch " + DrawnLayer.BATCH,
                    new Declaration(channels + ", " + sizes(size, axes), annotation),
                    DrawnLayer.BATCH,
                    Math.toIntExact(in),
                    Math.toIntExact(out),
                    (long) channels * outChannels * power(kernel, axes),
                    2 * products);
        }
    }

    private static DrawnLayer layerNorm(Random random) {
        int rows = DrawnLayer.spread(random, 16, 512);
        int length = DrawnLayer.spread(random, 64, 1_024);
        return moving(
                "LayerNorm " + length + ", " + rows + " rows",
                new Declaration(rows + ", " + length, "LayerNorm(normalizedShape = " + length + ")"),
                DrawnLayer.BATCH,
                rows * length,
                rows * length,
                // what is normalised is read again
                3 * rows * length);
    }

    private static DrawnLayer upsample(Random random, String mode) {
        int axes = mode.equals("TRILINEAR") ? 3 : 2;
        int channels = DrawnLayer.spread(random, 8, axes == 3 ? 32 : 128);
        int size = DrawnLayer.spread(random, 7, axes == 3 ? 16 : 40);
        int in = Math.toIntExact(channels * power(size, axes));
        int out = Math.toIntExact(channels * power(2 * size, axes));
        return moving(
                "Upsample " + mode.toLowerCase(Locale.ROOT) + " by 2, " + channels + ", " + times(size, axes),
                new Declaration(
                        channels + ", " + sizes(size, axes), "Upsample(scaleFactor = 2, mode = " + MODE + mode + ")"),
                DrawnLayer.BATCH,
                in,
                out,
                in + out);
    }

    private static DrawnLayer embedding(Random random) {
        int rows = DrawnLayer.spread(random, LEAST_ROWS, 50_000);
        int length = DrawnLayer.spread(random, 16, 256);
        int words = DrawnLayer.spread(random, 8, 128);
        int elements = words * length;
        return new DrawnLayer(
                "Embedding " + rows + " x " + length + ", " + words + " words, batch " + TEXTS,
                new Declaration(
                        "" + words,
                        "Embedding(numEmbeddings = " + rows + ", embeddingDim = " + length + ")",
                        true,
                        false),
                TEXTS,
                words,
                elements,
                // rows are read and handed on; gradients are read and added to
                (long) TEXTS * elements,
                0,
                0,
                (double) Float.BYTES * TEXTS * 2 * elements);
    }

    private static DrawnLayer moving(String title, Declaration declaration, int batch, int in, int out, int movedBack) {
        return new DrawnLayer(
                title + ", batch " + batch,
                declaration,
                batch,
                in,
                out,
                0,
                0,
                0,
                (double) Float.BYTES * batch * movedBack);
    }

    private static long power(int size, int axes) {
        long power = 1;
        for (int i = 0; i < axes; i++) {
            power *= size;
        }
        return power;
    }

    private static String times(int size, int axes) {
        return String.join("x", Collections.nCopies(axes, Integer.toString(size)));
    }

    private static String sizes(int size, int axes) {
        int[] sizes = new int[axes];
        Arrays.fill(sizes, size);
        return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }
}
