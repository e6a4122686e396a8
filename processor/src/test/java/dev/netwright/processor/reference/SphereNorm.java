package dev.netwright.processor.reference;

/** An operator of the user's, for tests: y = x / sqrt(1 + the mean of x^2). */
public final class SphereNorm {
    private SphereNorm() {}

    /** y of x. */
    public static void forward(float[] x, int xOffset, float[] y, int yOffset, int[] xShape) {
        int size = size(xShape);
        float scale = 1 / radius(x, xOffset, size);
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = x[xOffset + i] * scale;
        }
    }

    /** The gradient by x. */
    public static void backward(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] yGradient,
            int yGradientOffset,
            float[] xGradient,
            int xGradientOffset,
            int[] xShape) {
        int size = size(xShape);
        float scale = 1 / radius(x, xOffset, size);
        double along = 0;
        for (int i = 0; i < size; i++) {
            along += yGradient[yGradientOffset + i] * y[yOffset + i];
        }
        float mean = (float) (along / size);
        for (int i = 0; i < size; i++) {
            xGradient[xGradientOffset + i] = (yGradient[yGradientOffset + i] - y[yOffset + i] * mean) * scale;
        }
    }

    private static float radius(float[] x, int xOffset, int size) {
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += x[xOffset + i] * x[xOffset + i];
        }
        return (float) Math.sqrt(1 + squares / size);
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return size;
    }
}
