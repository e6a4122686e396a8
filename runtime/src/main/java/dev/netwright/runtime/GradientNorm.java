package dev.netwright.runtime;

/**
 * Norms over all gradients: 1, 2 or infinity. Chunks have a fixed size and are added in order, so the result is the
 * same for any number of threads; sums are in double, so squares do not overflow.
 */
final class GradientNorm implements Threads.Task {
    private static final int CHUNK = 4096;

    private final float[] gradients;
    private final double[] partials;
    private float type;

    GradientNorm(float[] gradients) {
        this.gradients = gradients;
        this.partials = new double[(gradients.length + CHUNK - 1) / CHUNK];
    }

    /** The type is 1, 2 or infinity. */
    double norm(Threads threads, float normType) {
        type = normType;
        threads.run(this);
        double total = 0;
        for (double partial : partials) {
            total = normType == Float.POSITIVE_INFINITY ? Math.max(total, partial) : total + partial;
        }
        return normType == 2 ? Math.sqrt(total) : total;
    }

    @Override
    public void run(int worker, int workers) {
        for (int chunk = worker; chunk < partials.length; chunk += workers) {
            int from = chunk * CHUNK;
            int to = Math.min(gradients.length, from + CHUNK);
            partials[chunk] = type == 2
                    ? sumOfSquares(gradients, from, to)
                    : type == 1 ? sumOfMagnitudes(gradients, from, to) : largestMagnitude(gradients, from, to);
        }
    }

    /** Four sums side by side: one alone waits for each addition's latency. */
    private static double sumOfSquares(float[] a, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += (double) a[i] * a[i];
            s1 += (double) a[i + 1] * a[i + 1];
            s2 += (double) a[i + 2] * a[i + 2];
            s3 += (double) a[i + 3] * a[i + 3];
        }
        for (; i < to; i++) {
            s0 += (double) a[i] * a[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    private static double sumOfMagnitudes(float[] a, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        int i = from;
        for (; i + 1 < to; i += 2) {
            s0 += Math.abs(a[i]);
            s1 += Math.abs(a[i + 1]);
        }
        return i < to ? s0 + s1 + Math.abs(a[i]) : s0 + s1;
    }

    private static float largestMagnitude(float[] a, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
        }
        return largest;
    }
}
