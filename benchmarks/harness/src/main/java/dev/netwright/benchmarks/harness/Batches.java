package dev.netwright.benchmarks.harness;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The batches that all contestants of a row compute with: {@code x} the inputs, {@code y} the labels, {@code g} the
 * gradients by a single layer's output.
 *
 * @param x inputs by batch
 * @param y labels by batch; empty without labels
 * @param g gradients by batch; empty for networks
 */
public record Batches(float[][] x, int[][] y, float[][] g) {
    private static final long SEED = 20260101;

    /** Draws a row's batches and writes them. */
    static void write(Row row, Path file) throws IOException {
        Random random = new Random(SEED);
        int samples = row.pool() * row.batch();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        boolean indices = row.module() != null && row.module().rows() > 0;
        tensors.put(
                "x",
                indices
                        ? indices(
                                random, samples, row.inElements(), row.module().rows())
                        : normal(random, samples, row.inElements()));
        if (row.classes() > 0) {
            long[] labels = random.longs(samples, 0, row.classes()).toArray();
            tensors.put("y", Tensor.ofLongs(labels, samples));
        }
        if (row.isLayer()) {
            tensors.put("g", normal(random, samples, row.outElements()));
        }
        Safetensors.write(file, tensors, Map.of());
    }

    /** As floats, like all inputs: they hold each index as it is. */
    private static Tensor indices(Random random, int samples, int elements, int rows) {
        float[] values = new float[samples * elements];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(rows);
        }
        return Tensor.of(values, samples, elements);
    }

    private static Tensor normal(Random random, int samples, int elements) {
        float[] values = new float[samples * elements];
        // Large arrays repeat a drawn stretch of a prime length: drawing hundreds of megabytes takes longer than
        // timing.
        int drawn = Math.min(values.length, 1_000_003);
        for (int i = 0; i < drawn; i++) {
            values[i] = (float) random.nextGaussian();
        }
        for (int i = drawn; i < values.length; i++) {
            values[i] = values[i - drawn];
        }
        return Tensor.of(values, samples, elements);
    }

    /**
     * Reads the file that the driver wrote.
     *
     * @param request names it, with the number of batches
     * @return one array for each batch
     * @throws IOException if it cannot be read
     */
    public static Batches read(Request request) throws IOException {
        Map<String, Tensor> tensors =
                Safetensors.read(Path.of(request.get("data"))).tensors();
        int pool = request.integer("pool");
        Tensor y = tensors.get("y");
        int[] labels = y == null
                ? null
                : Arrays.stream(y.toLongArray()).mapToInt(Math::toIntExact).toArray();
        float[][] x = split(tensors.get("x"), pool);
        float[][] g = tensors.containsKey("g") ? split(tensors.get("g"), pool) : new float[0][];
        int[][] parts = new int[labels == null ? 0 : pool][];
        for (int i = 0; i < parts.length; i++) {
            int size = labels.length / pool;
            parts[i] = Arrays.copyOfRange(labels, i * size, (i + 1) * size);
        }
        return new Batches(x, parts, g);
    }

    private static float[][] split(Tensor tensor, int pool) {
        float[] values = tensor.toArray();
        int size = values.length / pool;
        float[][] parts = new float[pool][];
        for (int i = 0; i < pool; i++) {
            parts[i] = Arrays.copyOfRange(values, i * size, (i + 1) * size);
        }
        return parts;
    }

    /**
     * The number of batches.
     *
     * @return at least two
     */
    public int pool() {
        return x.length;
    }
}
