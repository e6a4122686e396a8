package dev.netwright.training.transforms;

/**
 * The fixed-point weights of one dimension, computed as the Pillow library computes them, so that resized pictures are
 * torchvision's to the bit.
 */
final class ResizeWeights {

    static final int BITS = 22;

    final int from;
    final int to;
    /** First old position and number of weights of each new one. */
    final int[] first;

    final int[] count;
    final int[] weights;
    /** Distance of the weights of neighbouring new positions. */
    final int stride;

    ResizeWeights(int from, int to, Interpolation interpolation) {
        this.from = from;
        this.to = to;
        double scale = (double) from / to;
        double filterScale = Math.max(scale, 1);
        double support = interpolation.reach() * filterScale;
        stride = (int) Math.ceil(support) * 2 + 1;
        first = new int[to];
        count = new int[to];
        weights = new int[to * stride];
        double[] exact = new double[stride];
        for (int i = 0; i < to; i++) {
            double center = (i + 0.5) * scale;
            first[i] = Math.max(0, (int) (center - support + 0.5));
            count[i] = Math.min(from, (int) (center + support + 0.5)) - first[i];
            double sum = 0;
            for (int k = 0; k < count[i]; k++) {
                exact[k] = interpolation.weight((k + first[i] - center + 0.5) / filterScale);
                sum += exact[k];
            }
            for (int k = 0; k < count[i]; k++) {
                double weight = exact[k] / sum * (1 << BITS);
                weights[i * stride + k] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
            }
        }
    }
}
