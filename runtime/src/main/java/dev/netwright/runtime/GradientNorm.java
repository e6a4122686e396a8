package dev.netwright.runtime;

/**
 * Sum of squares over all gradients. Chunks have a fixed size and are added in order, so the result is the same for
 * any number of threads; sums are in double, so squares do not overflow.
 */
final class GradientNorm implements Threads.Task {
    private static final int CHUNK = 4096;

    private final float[] gradients;
    private final double[] partials;

    GradientNorm(float[] gradients) {
        this.gradients = gradients;
        this.partials = new double[(gradients.length + CHUNK - 1) / CHUNK];
    }

    double norm(Threads threads) {
        threads.run(this);
        double sum = 0;
        for (double partial : partials) {
            sum += partial;
        }
        return Math.sqrt(sum);
    }

    @Override
    public void run(int worker, int workers) {
        for (int chunk = worker; chunk < partials.length; chunk += workers) {
            int from = chunk * CHUNK;
            partials[chunk] = sumOfSquares(gradients, from, Math.min(gradients.length, from + CHUNK));
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
}
