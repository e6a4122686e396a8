package dev.netwright.training.trainer;

import dev.netwright.training.metrics.Predictions;

/**
 * Makes rows of scores, one for each label that counts, of a network's output. PyTorch's scores are (classes, places) of
 * each sample, and labels that a loss ignores are no classes: no metric needs to know of either.
 */
final class LabelledScores {
    private final int classes;
    private final int places;
    private final int ignoreIndex;
    private float[] rows = {};
    private int[] counted = {};

    LabelledScores(int classes, int places, int ignoreIndex) {
        this.classes = classes;
        this.places = places;
        this.ignoreIndex = ignoreIndex;
    }

    /** The arrays themselves where they are rows already, copies that the next call overwrites otherwise. */
    Predictions of(float[] scores, int[] labels, int samples) {
        if (places == 1 && !ignores(labels, samples)) {
            return new Predictions(scores, classes, labels, samples);
        }
        int all = Math.multiplyExact(samples, places);
        if (all > counted.length) {
            counted = new int[all];
            rows = new float[Math.multiplyExact(all, classes)];
        }
        int count = 0;
        for (int i = 0; i < all; i++) {
            if (labels[i] != ignoreIndex) {
                copyScores(scores, i / places, i % places, count);
                counted[count++] = labels[i];
            }
        }
        return new Predictions(rows, classes, counted, count);
    }

    private boolean ignores(int[] labels, int samples) {
        for (int i = 0; i < samples; i++) {
            if (labels[i] == ignoreIndex) {
                return true;
            }
        }
        return false;
    }

    private void copyScores(float[] scores, int sample, int place, int row) {
        int from = sample * classes * places + place;
        for (int c = 0; c < classes; c++) {
            rows[row * classes + c] = scores[from + c * places];
        }
    }
}
