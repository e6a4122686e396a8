package dev.netwright.training.metrics;

/**
 * What a network predicted for a batch, beside what was right. The arrays are live and may be longer than needed; they
 * are only read, and only until the call they were given to returns.
 *
 * <p>Of a classification there is a row of scores for each label that counts: every place of a picture with a label for
 * each is a sample here, and those whose label the loss ignores are left out.
 *
 * @param outputs the network's output, sample by sample
 * @param outputSize floats of one sample's output
 * @param targets {@code int[]} of class labels or {@code float[]} of values
 * @param size number of samples
 */
public record Predictions(float[] outputs, int outputSize, Object targets, int size) {
    /**
     * The targets of a classification.
     *
     * @return the class of each sample
     * @throws IllegalArgumentException if the targets are values, or not one of the scored classes for each sample
     */
    public int[] labels() {
        if (targets instanceof int[] labels && labels.length >= size) {
            for (int i = 0; i < size; i++) {
                if (labels[i] < 0 || labels[i] >= outputSize) {
                    throw new IllegalArgumentException("This metric compares " + outputSize
                            + " scores with one class label for each sample, but the label of sample " + i + " is "
                            + labels[i] + ". Let labels lie from 0 to " + (outputSize - 1) + ".");
                }
            }
            return labels;
        }
        throw new IllegalArgumentException("This metric compares scores with one class label for each sample, but the"
                + " targets are " + (targets instanceof int[] ? "fewer labels." : "values. Use a metric of values."));
    }

    /**
     * The targets of a regression.
     *
     * @return as many values for each sample as the output has
     * @throws IllegalArgumentException if the targets are class labels, or of another size than the output
     */
    public float[] values() {
        if (targets instanceof float[] values && values.length >= (long) size * outputSize) {
            return values;
        }
        throw new IllegalArgumentException("This metric compares " + outputSize
                + " values for each sample with as many targets, but the targets are "
                + (targets instanceof float[] ? "fewer." : "class labels. Use a metric of classes."));
    }

    /** The class with the largest score of one sample; the first of equal ones. */
    int argmax(int sample) {
        int from = sample * outputSize;
        int best = 0;
        for (int c = 1; c < outputSize; c++) {
            if (outputs[from + c] > outputs[from + best]) {
                best = c;
            }
        }
        return best;
    }
}
