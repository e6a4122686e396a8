package dev.netwright.training;

/**
 * Some samples side by side, as a model takes them. A loader owns one batch and fills it anew for every step: copy
 * what has to outlive the step.
 */
public final class Batch {

    private final float[] inputs;
    private final int[] labels;
    private int size;

    Batch(int capacity, int sampleSize) {
        this.inputs = new float[Math.multiplyExact(capacity, sampleSize)];
        this.labels = new int[capacity];
    }

    void fill(Dataset dataset, int[] order, int from, int count) {
        dataset.copy(order, from, count, inputs, labels);
        size = count;
    }

    /**
     * The samples, row-major (sample, then the sample's shape).
     *
     * @return the live array; only the first {@link #size()} samples belong to this batch
     */
    public float[] inputs() {
        return inputs;
    }

    /**
     * The samples' classes.
     *
     * @return the live array; only the first {@link #size()} labels belong to this batch
     */
    public int[] labels() {
        return labels;
    }

    /**
     * How many samples there are: the loader's batch size, or fewer in an epoch's last batch.
     *
     * @return the number of samples, at least 1
     */
    public int size() {
        return size;
    }
}
