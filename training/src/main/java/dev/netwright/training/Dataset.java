package dev.netwright.training;

import java.util.List;

/**
 * Labelled samples of one fixed shape, addressed by index and copied on demand into arrays that the caller owns.
 *
 * <p>Implementations are immutable and may be read by many threads at once.
 */
public interface Dataset {

    /**
     * How many samples there are.
     *
     * @return the number of samples, at least 1
     */
    int size();

    /**
     * The shape of one sample, without the batch.
     *
     * @return a copy, for pictures (channels, height, width)
     */
    int[] shape();

    /**
     * How many floats one sample has: the product of its shape.
     *
     * @return the floats of one sample
     */
    int sampleSize();

    /**
     * The names of the classes; a label is an index into this list.
     *
     * @return an immutable list
     */
    List<String> classNames();

    /**
     * Copies chosen samples, without allocating.
     *
     * @param indices the samples' indices, each in [0, size)
     * @param from the first position of {@code indices} to use
     * @param count how many positions to use
     * @param inputs receives {@code count} samples row-major from its start; what follows them is left alone
     * @param labels receives {@code count} labels from its start
     * @throws IndexOutOfBoundsException if an index lies outside the data set, or an array is too short
     */
    void copy(int[] indices, int from, int count, float[] inputs, int[] labels);
}
