package dev.netwright.examples;

import java.util.function.DoubleSupplier;

/**
 * A square colour picture that regions are painted on, smoothed by 4 x 4 samples per pixel.
 *
 * <p>Plain arithmetic instead of {@code java.awt}: the same picture, bit for bit, on every JVM and without fonts or
 * native libraries.
 */
final class Canvas {

    /** A region of the plane, in pixels from the top left corner. */
    @FunctionalInterface
    interface Region {
        boolean covers(double x, double y);
    }

    private static final int SAMPLES = 4;

    private final int side;
    private final float[] red;
    private final float[] green;
    private final float[] blue;

    Canvas(int side) {
        this.side = side;
        this.red = new float[side * side];
        this.green = new float[side * side];
        this.blue = new float[side * side];
    }

    /** Fills the whole canvas with a linear transition between two colours along a direction. */
    void gradient(float[] from, float[] to, double directionX, double directionY) {
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double along = ((x + 0.5) / side - 0.5) * directionX + ((y + 0.5) / side - 0.5) * directionY;
                double share = Math.min(1, Math.max(0, 0.5 + along));
                red[y * side + x] = (float) (from[0] + share * (to[0] - from[0]));
                green[y * side + x] = (float) (from[1] + share * (to[1] - from[1]));
                blue[y * side + x] = (float) (from[2] + share * (to[2] - from[2]));
            }
        }
    }

    /** Paints a region that lies within {@code reach} pixels of a centre, in one colour. */
    void paint(Region region, double centreX, double centreY, double reach, float[] colour) {
        int left = Math.max(0, (int) Math.floor(centreX - reach));
        int top = Math.max(0, (int) Math.floor(centreY - reach));
        int right = Math.min(side, (int) Math.ceil(centreX + reach));
        int bottom = Math.min(side, (int) Math.ceil(centreY + reach));
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int hits = hits(region, x, y);
                if (hits > 0) {
                    blend(y * side + x, hits / (float) (SAMPLES * SAMPLES), colour);
                }
            }
        }
    }

    private static int hits(Region region, int x, int y) {
        int hits = 0;
        for (int row = 0; row < SAMPLES; row++) {
            for (int column = 0; column < SAMPLES; column++) {
                if (region.covers(x + (column + 0.5) / SAMPLES, y + (row + 0.5) / SAMPLES)) {
                    hits++;
                }
            }
        }
        return hits;
    }

    private void blend(int pixel, float share, float[] colour) {
        red[pixel] += share * (colour[0] - red[pixel]);
        green[pixel] += share * (colour[1] - green[pixel]);
        blue[pixel] += share * (colour[2] - blue[pixel]);
    }

    /** Writes the red, green and blue planes as bytes, each value first moved by the grain's next number. */
    void write(byte[] pixels, int offset, DoubleSupplier grain) {
        write(red, pixels, offset, grain);
        write(green, pixels, offset + red.length, grain);
        write(blue, pixels, offset + 2 * red.length, grain);
    }

    /** Writes one plane of a canvas that was painted in greys alone. */
    void writeGrey(byte[] pixels, int offset, DoubleSupplier grain) {
        write(red, pixels, offset, grain);
    }

    private static void write(float[] plane, byte[] pixels, int offset, DoubleSupplier grain) {
        int next = offset;
        for (float value : plane) {
            long level = Math.round((value + grain.getAsDouble()) * 255);
            pixels[next++] = (byte) Math.min(255, Math.max(0, level));
        }
    }
}
