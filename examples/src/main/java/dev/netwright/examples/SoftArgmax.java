package dev.netwright.examples;

/**
 * An operator of one's own: where a map is high. Of each channel it makes two numbers, the column and the row of its centre
 * of mass, from -1 at the first pixel to 1 at the last; a pixel's mass is its softmax within the channel.
 *
 * <p>Arrays hold more than one sample: this sample's values begin at the offsets. Results are zeros when a method is called.
 */
public final class SoftArgmax {
    private SoftArgmax() {}

    /**
     * The compiler cannot run this; it is told by {@code output}, and both are compared when a network is created.
     *
     * @param xShape channels, rows and columns
     * @return channels, and 2
     */
    public static int[] outputShape(int[] xShape) {
        return new int[] {xShape[0], 2};
    }

    /**
     * The centres.
     *
     * @param x maps
     * @param xOffset where this sample's begin
     * @param y column and row for each channel
     * @param yOffset where this sample's begin
     * @param xShape channels, rows and columns
     */
    public static void forward(float[] x, int xOffset, float[] y, int yOffset, int[] xShape) {
        int pixels = xShape[1] * xShape[2];
        for (int channel = 0; channel < xShape[0]; channel++) {
            int at = xOffset + channel * pixels;
            float largest = largest(x, at, pixels);
            double total = 0;
            double columns = 0;
            double rows = 0;
            for (int i = 0; i < pixels; i++) {
                double mass = StrictMath.exp(x[at + i] - largest);
                total += mass;
                columns += mass * column(i, xShape);
                rows += mass * row(i, xShape);
            }
            y[yOffset + 2 * channel] = (float) (columns / total);
            y[yOffset + 2 * channel + 1] = (float) (rows / total);
        }
    }

    /**
     * The gradient by the maps: a pixel moves the centre by its mass, towards itself.
     *
     * @param x as forward had it
     * @param xOffset where this sample's begin
     * @param y as forward made it
     * @param yOffset where this sample's begin
     * @param yGradient by the centres
     * @param yGradientOffset where this sample's begin
     * @param xGradient by the maps
     * @param xGradientOffset where this sample's begin
     * @param xShape channels, rows and columns
     */
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
        int pixels = xShape[1] * xShape[2];
        for (int channel = 0; channel < xShape[0]; channel++) {
            int at = xOffset + channel * pixels;
            float largest = largest(x, at, pixels);
            double total = 0;
            for (int i = 0; i < pixels; i++) {
                total += StrictMath.exp(x[at + i] - largest);
            }
            for (int i = 0; i < pixels; i++) {
                double mass = StrictMath.exp(x[at + i] - largest) / total;
                double right = column(i, xShape) - y[yOffset + 2 * channel];
                double down = row(i, xShape) - y[yOffset + 2 * channel + 1];
                xGradient[xGradientOffset + channel * pixels + i] = (float) (mass
                        * (right * yGradient[yGradientOffset + 2 * channel]
                                + down * yGradient[yGradientOffset + 2 * channel + 1]));
            }
        }
    }

    private static float largest(float[] x, int at, int pixels) {
        float largest = x[at];
        for (int i = 1; i < pixels; i++) {
            largest = Math.max(largest, x[at + i]);
        }
        return largest;
    }

    private static double column(int pixel, int[] shape) {
        return place(pixel % shape[2], shape[2]);
    }

    private static double row(int pixel, int[] shape) {
        return place(pixel / shape[2], shape[1]);
    }

    private static double place(int index, int size) {
        return size == 1 ? 0 : 2.0 * index / (size - 1) - 1;
    }
}
