package dev.netwright.examples;

import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.ImageDataset;

/** A linear classifier on the pixels, trained by gradient descent: what a data set gives away without any shapes. */
final class SoftmaxRegression {

    private final int features;
    private final int classes;
    private final float[] weights;
    private final float[] bias;

    SoftmaxRegression(int features, int classes) {
        this.features = features;
        this.classes = classes;
        this.weights = new float[classes * features];
        this.bias = new float[classes];
    }

    void train(ImageDataset dataset, int epochs, float learningRate) {
        DataLoader loader = DataLoader.of(dataset).shuffle(true);
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (Batch sample : loader) {
                step(centred(sample.inputs()), sample.labels()[0], learningRate);
            }
        }
    }

    double accuracy(ImageDataset dataset) {
        int right = 0;
        for (Batch sample : DataLoader.of(dataset)) {
            double[] scores = scores(centred(sample.inputs()));
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            right += best == sample.labels()[0] ? 1 : 0;
        }
        return right / (double) dataset.size();
    }

    /** Values around zero let plain gradient descent converge in a few epochs. */
    private static float[] centred(float[] inputs) {
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] -= 0.5f;
        }
        return inputs;
    }

    private double[] scores(float[] x) {
        double[] scores = new double[classes];
        for (int c = 0; c < classes; c++) {
            float sum = bias[c];
            for (int f = 0; f < features; f++) {
                sum += weights[c * features + f] * x[f];
            }
            scores[c] = sum;
        }
        return scores;
    }

    private void step(float[] x, int label, float learningRate) {
        double[] scores = scores(x);
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            scores[c] = StrictMath.exp(scores[c] - largest);
            sum += scores[c];
        }
        for (int c = 0; c < classes; c++) {
            float change = learningRate * (float) (scores[c] / sum - (c == label ? 1 : 0));
            bias[c] -= change;
            for (int f = 0; f < features; f++) {
                weights[c * features + f] -= change * x[f];
            }
        }
    }
}
