package dev.netwright.training.trainer;

/** The mean of losses of batches, each counting by its weight. */
final class LossMean {
    private double sum;
    private double weight;

    LossMean() {}

    /** Begins with what was added up before. */
    LossMean(double sum, double weight) {
        this.sum = sum;
        this.weight = weight;
    }

    /** A batch without weight, all of whose targets are ignored, has no loss: it is NaN. */
    void add(double loss, double batchWeight) {
        if (batchWeight > 0) {
            sum += loss * batchWeight;
            weight += batchWeight;
        }
    }

    double sum() {
        return sum;
    }

    double weight() {
        return weight;
    }

    /** NaN if nothing counted. */
    double value() {
        return sum / weight;
    }
}
