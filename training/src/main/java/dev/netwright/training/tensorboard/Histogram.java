package dev.netwright.training.tensorboard;

import dev.netwright.training.tensorboard.proto.HistogramProto;
import java.util.Arrays;

/**
 * Counts values in TensorFlow's buckets: edges at 0 and at plus and minus 1e-12, each next one larger by a tenth, up to
 * 1e20. Written are the buckets from the first to the last that is not empty, with an empty one before them.
 */
final class Histogram {
    private static final double[] EDGES = edges();

    private Histogram() {}

    static HistogramProto of(float[] values) {
        long[] counts = new long[EDGES.length - 1];
        HistogramProto.Builder histogram = HistogramProto.newBuilder();
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        long finite = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                counts[bucket(value)]++;
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                squares += (double) value * value;
                finite++;
            }
        }
        if (finite == 0) {
            throw new IllegalArgumentException(
                    "A histogram needs at least one finite value, but of these " + values.length + " none is.");
        }
        histogram.setMin(min).setMax(max).setNum(finite).setSum(sum).setSumSquares(squares);
        int first = 0;
        while (counts[first] == 0) {
            first++;
        }
        int last = counts.length - 1;
        while (counts[last] == 0) {
            last--;
        }
        histogram.addBucketLimit(EDGES[first]).addBucket(0);
        for (int i = first; i <= last; i++) {
            histogram.addBucketLimit(EDGES[i + 1]).addBucket(counts[i]);
        }
        return histogram.build();
    }

    /** The bucket whose left edge is the largest that is not above the value; beyond the edges the outermost one. */
    private static int bucket(double value) {
        int found = Arrays.binarySearch(EDGES, value == 0 ? 0.0 : value);
        int bucket = found >= 0 ? found : -found - 2;
        return Math.max(0, Math.min(EDGES.length - 2, bucket));
    }

    private static double[] edges() {
        double[] positive = new double[1000];
        int count = 0;
        for (double edge = 1e-12; edge < 1e20; edge *= 1.1) {
            positive[count++] = edge;
        }
        double[] all = new double[2 * count + 1];
        for (int i = 0; i < count; i++) {
            all[count + 1 + i] = positive[i];
            all[count - 1 - i] = -positive[i];
        }
        return all;
    }
}
