package dev.netwright.training.metrics;

import dev.netwright.training.picture.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Counts, for every true class, how often each class was predicted. */
public final class ConfusionMatrix {

    private final List<String> classNames;
    private final long[][] counts;

    private ConfusionMatrix(List<String> classNames) {
        this.classNames = classNames;
        this.counts = new long[classNames.size()][classNames.size()];
    }

    /**
     * An empty matrix.
     *
     * @param classNames the names of the classes, at least one
     * @return a matrix that counts nothing yet
     */
    public static ConfusionMatrix of(List<String> classNames) {
        if (classNames.isEmpty()) {
            throw new IllegalArgumentException("a confusion matrix needs at least one class");
        }
        return new ConfusionMatrix(List.copyOf(classNames));
    }

    /**
     * Counts one prediction.
     *
     * @param actual the true class
     * @param predicted the predicted class
     * @throws IndexOutOfBoundsException if either is no class
     */
    public void add(int actual, int predicted) {
        Objects.checkIndex(actual, counts.length);
        Objects.checkIndex(predicted, counts.length);
        counts[actual][predicted]++;
    }

    /**
     * Counts a batch; of each sample the class with the largest score is the prediction, the first one among equals.
     *
     * @param scores {@code size} rows of one score per class: logits or probabilities
     * @param labels the true classes
     * @param size how many samples to count
     * @throws IndexOutOfBoundsException if an array is too short or a label is no class; nothing is counted then
     */
    public void add(float[] scores, int[] labels, int size) {
        int classes = counts.length;
        Objects.checkFromIndexSize(0, size, labels.length);
        Objects.checkFromIndexSize(0L, (long) size * classes, scores.length);
        for (int i = 0; i < size; i++) {
            Objects.checkIndex(labels[i], classes);
        }
        for (int i = 0; i < size; i++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (scores[i * classes + c] > scores[i * classes + best]) {
                    best = c;
                }
            }
            counts[labels[i]][best]++;
        }
    }

    /**
     * The names of the classes.
     *
     * @return an immutable list
     */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * How often one class was taken for another, or for itself.
     *
     * @param actual the true class
     * @param predicted the predicted class
     * @return the count
     */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /**
     * All predictions counted.
     *
     * @return their number
     */
    public long total() {
        long total = 0;
        for (int c = 0; c < counts.length; c++) {
            total += actual(c);
        }
        return total;
    }

    /**
     * The share of predictions that were right.
     *
     * @return 0 to 1, or NaN when nothing was counted
     */
    public double accuracy() {
        long right = 0;
        for (int c = 0; c < counts.length; c++) {
            right += counts[c][c];
        }
        return right / (double) total();
    }

    /**
     * Of the predictions of one class, the share that were right.
     *
     * @param predicted the class
     * @return 0 to 1, or NaN when the class was never predicted
     */
    public double precision(int predicted) {
        long all = 0;
        for (long[] row : counts) {
            all += row[predicted];
        }
        return counts[predicted][predicted] / (double) all;
    }

    /**
     * Of the samples of one class, the share that were recognised.
     *
     * @param actual the class
     * @return 0 to 1, or NaN when there was no sample of the class
     */
    public double recall(int actual) {
        return counts[actual][actual] / (double) actual(actual);
    }

    /**
     * The harmonic mean of precision and recall of one class.
     *
     * @param label the class
     * @return 0 to 1; 0 when the class was neither there nor predicted
     */
    public double f1(int label) {
        long predicted = 0;
        for (long[] row : counts) {
            predicted += row[label];
        }
        long all = predicted + actual(label);
        return all == 0 ? 0 : 2.0 * counts[label][label] / all;
    }

    /** The samples of one true class. */
    long actual(int label) {
        long all = 0;
        for (long count : counts[label]) {
            all += count;
        }
        return all;
    }

    /**
     * Draws the matrix: a cell per pair, the darker the larger its share of the true class, with its count.
     *
     * @param file where to write the PNG file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public void writePng(Path file) throws IOException {
        picture().writePng(file);
    }

    /**
     * Draws the same picture as lines and text.
     *
     * @param file where to write the SVG file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public void writeSvg(Path file) throws IOException {
        picture().writeSvg(file);
    }

    /**
     * The matrix as a picture: a cell per pair, the darker the larger its share of the true class, with its count.
     *
     * @return a view: it shows what has been counted when it is drawn
     */
    public Picture picture() {
        return new ConfusionPicture(this);
    }

    /**
     * The matrix as a table no wider than 80 columns: true classes downwards, predicted ones across, with recall,
     * precision and accuracy. Beyond twelve classes, or with counts too wide, the most frequent confusions are listed
     * in its place.
     *
     * @return several lines, without a final line break
     */
    @Override
    public String toString() {
        return new ConfusionText(this).toString();
    }
}
