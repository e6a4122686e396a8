package dev.netwright.runtime;

import java.util.Objects;

/**
 * What rows of a parameter a layer reads: those that an input of ints tells.
 *
 * @param layer the layer's name
 * @param key the parameter's
 * @param input the input's number
 * @param rows how many rows there are
 * @param padding the row whose gradient stays zero; -1 for none
 * @param scaled whether gradients of a row are divided by how often the batch names it
 */
public record RowReads(String layer, String key, int input, int rows, int padding, boolean scaled) {
    /**
     * Refuses a name that is null.
     *
     * @param layer the layer's name
     * @param key the parameter's
     * @param input the input's number
     * @param rows how many rows there are
     * @param padding the row whose gradient stays zero; -1 for none
     * @param scaled whether gradients of a row are divided by how often the batch names it
     */
    public RowReads {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(key, "key");
    }

    /**
     * Refuses an index that is none of a row.
     *
     * @param port the input
     * @param indices the caller's
     * @param n samples
     * @throws IllegalArgumentException if there is one; the message has its place and value
     */
    public void check(Port port, int[] indices, int n) {
        int each = port.elements();
        int least = 0;
        int most = 0;
        for (int i = 0; i < n * each; i++) {
            least = Math.min(least, indices[i]);
            most = Math.max(most, indices[i]);
        }
        if (least < 0 || most >= rows) {
            throw refusal(port, indices, n * each, each);
        }
    }

    /**
     * Counts how often each row is named. Rows that are not keep their count, so that large tables are not gone through.
     *
     * @param port the input
     * @param indices the caller's, which {@link #check} has let pass
     * @param n samples
     * @param counts by row
     */
    public void count(Port port, int[] indices, int n, float[] counts) {
        int length = n * port.elements();
        for (int i = 0; i < length; i++) {
            counts[indices[i]] = 0;
        }
        for (int i = 0; i < length; i++) {
            counts[indices[i]]++;
        }
    }

    private IllegalArgumentException refusal(Port port, int[] indices, int length, int each) {
        int wrong = 0;
        while (wrong < length && indices[wrong] >= 0 && indices[wrong] < rows) {
            wrong++;
        }
        StringBuilder place = new StringBuilder();
        int rest = wrong % each;
        int[] shape = port.dimensions();
        for (int d = shape.length - 1; d >= 0; d--) {
            place.insert(0, ", " + rest % shape[d]);
            rest /= shape[d];
        }
        return new IllegalArgumentException("Element [" + wrong / each + place + "] of "
                + (port.name().equals("input") ? "the input" : "input " + port.name()) + " is " + indices[wrong]
                + ", but " + layer + " has " + rows + " rows, so indices are from 0 to " + (rows - 1)
                + ". Nothing was changed.");
    }
}
