package dev.netwright.training.data;

import java.io.IOException;
import java.util.List;

/**
 * Samples of one fixed layout, addressed by index and written on demand into a batch.
 *
 * <p>Implementations are immutable and are read by many threads at once.
 */
public interface Dataset {

    /**
     * How many samples there are.
     *
     * @return the number of samples, at least 1
     */
    int size();

    /**
     * What each sample consists of.
     *
     * @return inputs and targets
     */
    SampleLayout layout();

    /**
     * Writes one sample into a batch, at {@code position} times the field's size of each array.
     *
     * @param index the sample, 0 to size - 1
     * @param batch receives it; made for this data set's layout
     * @param position the sample's place in the batch
     * @param context the thread's buffers, and the generator for what is random
     * @throws IOException if the sample cannot be read
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    void read(int index, Batch batch, int position, SampleContext context) throws IOException;

    /**
     * The names of the classes; a label is an index into this list.
     *
     * @return an immutable list; empty if the targets are no classes, or nameless
     */
    default List<String> classNames() {
        return List.of();
    }

    /**
     * The shape of a sample's first input, without the batch.
     *
     * @return a copy, for pictures (channels, height, width)
     */
    default int[] shape() {
        return layout().inputs().get(0).shape().stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * How many values a sample's first input has: the product of its shape.
     *
     * @return the values of one sample
     */
    default int sampleSize() {
        return layout().inputs().get(0).size();
    }
}
