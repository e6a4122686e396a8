package dev.netwright.processor.reference;

/** A distance of the user's, for tests: a quarter of the squared differences of each row. */
public final class RowSquares {
    private RowSquares() {}

    /** A number for each row. */
    public static void forward(
            float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int[] aShape, int[] bShape) {
        int size = aShape[aShape.length - 1];
        for (int row = 0; row < elements(aShape) / size; row++) {
            double sum = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                double difference = (double) a[aOffset + i] - b[bOffset + i];
                sum += difference * difference;
            }
            y[yOffset + row] = (float) (sum / 4);
        }
    }

    /** The gradients by a and b. */
    public static void backward(
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] y,
            int yOffset,
            float[] yGradient,
            int yGradientOffset,
            float[] aGradient,
            int aGradientOffset,
            float[] bGradient,
            int bGradientOffset,
            int[] aShape,
            int[] bShape) {
        int size = aShape[aShape.length - 1];
        for (int i = 0; i < elements(aShape); i++) {
            float slope = (a[aOffset + i] - b[bOffset + i]) / 2 * yGradient[yGradientOffset + i / size];
            aGradient[aGradientOffset + i] = slope;
            bGradient[bGradientOffset + i] = -slope;
        }
    }

    private static int elements(int[] shape) {
        int elements = 1;
        for (int size : shape) {
            elements *= size;
        }
        return elements;
    }
}
