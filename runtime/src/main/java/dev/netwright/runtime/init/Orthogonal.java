package dev.netwright.runtime.init;

/**
 * {@code orthogonal_}: the Q of {@code A = QR} with a positive diagonal of R, which is one matrix however it is computed.
 * Here by Gram-Schmidt in doubles, whose loss of orthogonality is far below a float's last bit.
 */
final class Orthogonal {
    private Orthogonal() {}

    /** Makes rows orthonormal, or columns where there are more rows than columns. */
    static void orthonormalize(float[] matrix, int rows, int columns, float gain) {
        boolean byRows = rows < columns;
        int vectors = byRows ? rows : columns;
        int length = byRows ? columns : rows;
        double[][] basis = new double[vectors][length];
        for (int i = 0; i < vectors; i++) {
            double[] vector = basis[i];
            for (int j = 0; j < length; j++) {
                vector[j] = matrix[byRows ? i * columns + j : j * columns + i];
            }
            for (int k = 0; k < i; k++) {
                subtract(vector, basis[k], dot(vector, basis[k]));
            }
            double norm = Math.sqrt(dot(vector, vector));
            for (int j = 0; j < length; j++) {
                vector[j] /= norm;
                matrix[byRows ? i * columns + j : j * columns + i] = (float) vector[j] * gain;
            }
        }
    }

    /** Four sums, as each addition waits for the one before in the same sum. */
    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i < a.length - 3; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    private static void subtract(double[] from, double[] vector, double factor) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= factor * vector[i];
        }
    }
}
