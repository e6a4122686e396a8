package dev.netwright.runtime.optim;

/**
 * Arithmetic on arrays laid out as the gradients. Sums are in double, in a fixed order; padding holds zeros and adds
 * nothing.
 */
final class FlatVectors {
    private final Optimizer.Segment[] segments;

    FlatVectors(Optimizer.Segment[] segments) {
        this.segments = segments;
    }

    double dot(float[] a, float[] b) {
        double total = 0;
        for (Optimizer.Segment segment : segments) {
            total += dot(a, b, segment.from(), segment.to());
        }
        return total;
    }

    /** Four sums side by side: one alone waits for each addition's latency. Segments are whole lines of 16. */
    private static double dot(float[] a, float[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int i = from; i < to; i += 4) {
            s0 += (double) a[i] * b[i];
            s1 += (double) a[i + 1] * b[i + 1];
            s2 += (double) a[i + 2] * b[i + 2];
            s3 += (double) a[i + 3] * b[i + 3];
        }
        return s0 + s1 + (s2 + s3);
    }

    double sumOfMagnitudes(float[] a) {
        double sum = 0;
        for (Optimizer.Segment segment : segments) {
            for (int i = segment.from(); i < segment.to(); i++) {
                sum += Math.abs(a[i]);
            }
        }
        return sum;
    }

    /** NaN if there is one. */
    float largestMagnitude(float[] a) {
        float largest = 0;
        for (Optimizer.Segment segment : segments) {
            for (int i = segment.from(); i < segment.to(); i++) {
                largest = Math.max(largest, Math.abs(a[i]));
            }
        }
        return largest;
    }

    /** to = scale * from. */
    void scale(float scale, float[] from, float[] to) {
        for (Optimizer.Segment segment : segments) {
            scale(scale, from, to, segment.from(), segment.to());
        }
    }

    private static void scale(float scale, float[] from, float[] to, int begin, int end) {
        for (int i = begin; i < end; i++) {
            to[i] = scale * from[i];
        }
    }

    /** to = a + scale * b. */
    void add(float[] a, float scale, float[] b, float[] to) {
        for (Optimizer.Segment segment : segments) {
            add(a, scale, b, to, segment.from(), segment.to());
        }
    }

    private static void add(float[] a, float scale, float[] b, float[] to, int begin, int end) {
        for (int i = begin; i < end; i++) {
            to[i] = a[i] + scale * b[i];
        }
    }

    /** Copies the trained values. */
    void take(float[] values, float[] to) {
        for (Optimizer.Segment segment : segments) {
            int from = segment.from();
            System.arraycopy(values, from + segment.shift(), to, from, segment.to() - from);
        }
    }

    /** Sets the trained values. */
    void put(float[] from, float[] values) {
        for (Optimizer.Segment segment : segments) {
            int first = segment.from();
            System.arraycopy(from, first, values, first + segment.shift(), segment.to() - first);
        }
    }

    /** Adds scale * b to the trained values. */
    void move(float[] values, float scale, float[] b) {
        for (Optimizer.Segment segment : segments) {
            if (segment.shift() == 0) {
                add(values, scale, b, values, segment.from(), segment.to());
            } else {
                move(values, scale, b, segment.from(), segment.to(), segment.shift());
            }
        }
    }

    /** Not vectorised by C2 of JDK 17, as arrays are read at different distances. */
    private static void move(float[] values, float scale, float[] b, int begin, int end, int shift) {
        for (int i = begin; i < end; i++) {
            values[i + shift] = values[i + shift] + scale * b[i];
        }
    }

    void copy(float[] from, float[] to) {
        for (Optimizer.Segment segment : segments) {
            System.arraycopy(from, segment.from(), to, segment.from(), segment.to() - segment.from());
        }
    }
}
