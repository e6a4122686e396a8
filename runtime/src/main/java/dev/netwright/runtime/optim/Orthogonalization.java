package dev.netwright.runtime.optim;

import java.util.Arrays;

/**
 * Newton's and Schulz's iteration towards the orthogonal matrix nearest to a given one, with every matrix rounded to
 * bfloat16 as on the hardware that it was made for: X = a X + (b A + c A A) X, where A = X X'. Sums are in float, in
 * the order of the inner dimension.
 */
final class Orthogonalization {
    private final float[] matrix;
    /** Of the matrix's size: its transposed, and sums. */
    private final float[] spare;

    private final float[] sums;
    private final float[] gram;
    private final float[] update;

    /**
     * Room.
     *
     * @param elements of the largest matrix
     * @param side of its smaller dimension
     */
    Orthogonalization(int elements, int side) {
        matrix = new float[elements];
        spare = new float[elements];
        sums = new float[Math.max(elements, side * side)];
        gram = new float[side * side];
        update = new float[side * side];
    }

    /** Before {@link #run} what to make orthogonal, row-major, and the result after. */
    float[] matrix() {
        return matrix;
    }

    /** As large as the matrix, free between runs. */
    float[] spare() {
        return spare;
    }

    void run(int rows, int columns, GroupOption[] coefficients, int steps, float eps) {
        boolean tall = rows > columns;
        int height = Math.min(rows, columns);
        int width = Math.max(rows, columns);
        round(matrix, rows * columns);
        if (tall) {
            transpose(matrix, rows, columns, spare);
            System.arraycopy(spare, 0, matrix, 0, rows * columns);
        }
        normalize(rows * columns, eps);
        float a = coefficients[0].get();
        float b = coefficients[1].get();
        float c = coefficients[2].get();
        for (int step = 0; step < steps; step++) {
            transpose(matrix, height, width, spare);
            multiply(matrix, spare, height, width, height);
            System.arraycopy(sums, 0, gram, 0, height * height);
            round(gram, height * height);
            multiply(gram, gram, height, height, height);
            combine(gram, b, c, update, height * height);
            multiply(update, matrix, height, height, width);
            combine(matrix, a, 1, matrix, height * width);
        }
        if (tall) {
            transpose(matrix, height, width, spare);
            System.arraycopy(spare, 0, matrix, 0, rows * columns);
        }
    }

    private void normalize(int elements, float eps) {
        double squares = 0;
        for (int i = 0; i < elements; i++) {
            squares += (double) matrix[i] * matrix[i];
        }
        float norm = Math.max(bfloat16((float) Math.sqrt(squares)), bfloat16(Math.max(eps, Float.MIN_NORMAL)));
        for (int i = 0; i < elements; i++) {
            matrix[i] = bfloat16(matrix[i] / norm);
        }
    }

    private static void transpose(float[] from, int rows, int columns, float[] to) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                to[c * rows + r] = from[r * columns + c];
            }
        }
    }

    /** sums = left right, with the inner dimension outside the loop that runs along both rows, four at a time. */
    private void multiply(float[] left, float[] right, int rows, int inner, int columns) {
        Arrays.fill(sums, 0, rows * columns, 0);
        for (int r = 0; r < rows; r++) {
            int at = r * inner;
            int k = 0;
            for (; k + 3 < inner; k += 4) {
                add(left[at + k], left[at + k + 1], left[at + k + 2], left[at + k + 3], right, k, sums, r, columns);
            }
            for (; k < inner; k++) {
                add(left[at + k], right, k, sums, r, columns);
            }
        }
    }

    private static void add(float factor, float[] from, int row, float[] to, int toRow, int length) {
        int at = row * length;
        int start = toRow * length;
        for (int i = 0; i < length; i++) {
            to[start + i] += factor * from[at + i];
        }
    }

    /** As four times the above, without storing the sums between. */
    private static void add(
            float f0, float f1, float f2, float f3, float[] from, int row, float[] to, int toRow, int length) {
        int at = row * length;
        int start = toRow * length;
        int second = at + length;
        int third = second + length;
        int fourth = third + length;
        for (int i = 0; i < length; i++) {
            float sum = to[start + i] + f0 * from[at + i];
            sum += f1 * from[second + i];
            sum += f2 * from[third + i];
            to[start + i] = sum + f3 * from[fourth + i];
        }
    }

    /** to = beta addend + alpha sums, rounded. */
    private void combine(float[] addend, float beta, float alpha, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = bfloat16(beta * addend[i] + alpha * sums[i]);
        }
    }

    private static void round(float[] values, int length) {
        for (int i = 0; i < length; i++) {
            values[i] = bfloat16(values[i]);
        }
    }

    /** To the nearest, ties to even. */
    private static float bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat(bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000);
    }
}
