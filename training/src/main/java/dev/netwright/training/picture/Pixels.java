package dev.netwright.training.picture;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Images of one size as red, green and blue; grey ones have the three alike. Immutable.
 *
 * @param count how many images
 * @param height of each
 * @param width of each
 * @param rgb the images one after the other, row by row, 0xRRGGBB
 */
record Pixels(int count, int height, int width, int[] rgb) {

    /** Floats from 0 to 1, scaled by 255, clipped and truncated as PyTorch does; NaN is black. */
    static Pixels of(float[] values, int[] shape) {
        return of(values.length, shape, i -> (int) Math.min(255, Math.max(0, values[i] * 255f)));
    }

    /** Unsigned bytes. */
    static Pixels of(byte[] values, int[] shape) {
        return of(values.length, shape, i -> values[i] & 0xff);
    }

    private static Pixels of(int length, int[] shape, IntUnaryOperator level) {
        int[] nchw = shape.length == 3 ? new int[] {1, shape[0], shape[1], shape[2]} : shape.clone();
        if (nchw.length != 4 || Arrays.stream(nchw).anyMatch(size -> size < 1) || nchw[1] != 1 && nchw[1] != 3) {
            throw new IllegalArgumentException("Images have a shape [channels, height, width] or [number, channels,"
                    + " height, width] with 1 or 3 channels, but this one is " + Arrays.toString(shape) + ".");
        }
        long needed = 1;
        for (int size : nchw) {
            needed = Math.multiplyExact(needed, size);
        }
        if (needed > length) {
            throw new IllegalArgumentException("Images of shape " + Arrays.toString(shape) + " have " + needed
                    + " values, but the array has " + length + ".");
        }
        int plane = nchw[2] * nchw[3];
        int[] rgb = new int[nchw[0] * plane];
        for (int i = 0; i < rgb.length; i++) {
            int red = i / plane * nchw[1] * plane + i % plane;
            int step = nchw[1] == 1 ? 0 : plane;
            rgb[i] = level.applyAsInt(red) << 16 | level.applyAsInt(red + step) << 8 | level.applyAsInt(red + 2 * step);
        }
        return new Pixels(nchw[0], nchw[2], nchw[3], rgb);
    }

    int rgb(int image, int y, int x) {
        return rgb[(image * height + y) * width + x];
    }
}
