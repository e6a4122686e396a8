package dev.netwright.training.picture;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;

/** Draws the kernels of a convolution: for the first layer, what it looks for in an image. */
public final class Filters {
    private static final int SIDE = 48;

    private Filters() {}

    /**
     * A grid with a tile for each filter, normalised by itself: mid-grey is 0, black and white are minus and plus its
     * largest magnitude. With 3 input channels tiles are coloured: each channel has its own mid-level at 0.
     *
     * @param model the network
     * @param key the convolution's key, such as {@code conv1} or {@code features.0}, or that of its weight in the state
     *     dict
     * @return the grid, of tiles about 48 pixels wide, 8 in a row
     * @throws IllegalArgumentException if there is no such weight, or its shape is not {@code [out, 1 or 3, height,
     *     width]}
     */
    public static ImageGrid of(Model model, String key) {
        Tensor weight = weight(model, key);
        int[] shape = weight.shape();
        if (shape.length != 4 || shape[1] != 1 && shape[1] != 3) {
            throw new IllegalArgumentException("Filters are drawn of a weight with the shape [out, 1 or 3, height,"
                    + " width], but that of " + key + " is " + Arrays.toString(shape) + ".");
        }
        float[] values = weight.toArray();
        int size = values.length / shape[0];
        for (int filter = 0; filter < shape[0]; filter++) {
            normalize(values, filter * size, size);
        }
        return ImageGrid.of(values, shape).zoom(Math.max(1, SIDE / Math.max(shape[2], shape[3])));
    }

    private static Tensor weight(Model model, String key) {
        for (String name : new String[] {key, key + ".weight"}) {
            for (ParameterSpec spec : model.parameters().specs()) {
                if (spec.key().equals(name)) {
                    return model.parameters().get(name);
                }
            }
        }
        throw new IllegalArgumentException(model.definition().name() + " has neither " + key + " nor " + key
                + ".weight. Write the key of a convolution, such as one of "
                + model.parameters().specs().stream()
                        .filter(spec -> spec.shape().length == 4)
                        .map(ParameterSpec::key)
                        .limit(5)
                        .toList()
                + ".");
    }

    private static void normalize(float[] values, int from, int size) {
        float largest = 0;
        for (int i = from; i < from + size; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        for (int i = from; i < from + size; i++) {
            values[i] = largest == 0 ? 0.5f : 0.5f + values[i] / (2 * largest);
        }
    }
}
