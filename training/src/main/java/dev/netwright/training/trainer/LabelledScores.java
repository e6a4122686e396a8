package dev.netwright.training.trainer;

import dev.netwright.runtime.LossDefinition;
import dev.netwright.training.metrics.Predictions;

/**
 * Makes rows of scores, one for each label that counts, of a network's output. PyTorch's scores are (classes, places) of
 * each sample; labels that a loss ignores, and steps beyond a sample's length, are no classes: no metric needs to know of
 * any of that.
 */
final class LabelledScores {
    private final LossDefinition loss;
    private final int classes;
    private final int places;
    private float[] rows = {};
    private int[] counted = {};

    LabelledScores(LossDefinition loss, int places) {
        this.loss = loss;
        this.classes = loss.classes();
        this.places = places;
    }

    /**
     * The arrays themselves where they are rows already, copies that the next call overwrites otherwise.
     *
     * @param stepsOf each sample's steps; null where all of them count
     */
    Predictions of(float[] scores, int[] labels, int samples, int[] stepsOf) {
        if (places == 1 && !ignores(labels, samples)) {
            return new Predictions(scores, classes, labels, samples);
        }
        int all = Math.multiplyExact(samples, places);
        if (all > counted.length) {
            counted = new int[all];
            rows = new float[Math.multiplyExact(all, classes)];
        }
        int count = 0;
        for (int s = 0; s < samples; s++) {
            int counting = loss.counting(s, stepsOf);
            for (int place = 0; place < counting; place++) {
                int label = labels[s * places + place];
                if (label != loss.ignoreIndex()) {
                    copyScores(scores, s, place, count);
                    counted[count++] = label;
                }
            }
        }
        return new Predictions(rows, classes, counted, count);
    }

    private boolean ignores(int[] labels, int samples) {
        for (int i = 0; i < samples; i++) {
            if (labels[i] == loss.ignoreIndex()) {
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
