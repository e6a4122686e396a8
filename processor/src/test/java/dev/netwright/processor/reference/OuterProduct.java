package dev.netwright.processor.reference;

/** An operator of the user's, for tests: each element of a times each of b, with one more row of zeros before them. */
public final class OuterProduct {
    private OuterProduct() {}

    /** One row more than a has elements; as many columns as b has. */
    public static int[] outputShape(int[] aShape, int[] bShape) {
        return new int[] {size(aShape) + 1, size(bShape)};
    }

    /** y of a and b. The first row is not written, as it is zeros. */
    public static void forward(
            float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int[] aShape, int[] bShape) {
        int columns = size(bShape);
        for (int i = 0; i < size(aShape); i++) {
            for (int k = 0; k < columns; k++) {
                y[yOffset + (i + 1) * columns + k] = a[aOffset + i] * b[bOffset + k];
            }
        }
    }

    /** The gradients by a and b, added up in place. */
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
        int columns = size(bShape);
        for (int i = 0; i < size(aShape); i++) {
            for (int k = 0; k < columns; k++) {
                float gradient = yGradient[yGradientOffset + (i + 1) * columns + k];
                aGradient[aGradientOffset + i] += gradient * b[bOffset + k];
                bGradient[bGradientOffset + k] += gradient * a[aOffset + i];
            }
        }
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return size;
    }
}
