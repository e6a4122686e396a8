package dev.netwright.training.transforms;

import java.util.Arrays;

/**
 * Cuts a rectangle out of a picture that may reach beyond it: crops and paddings are this one operation.
 *
 * @param mode what lies beyond the border
 * @param fill the constant, one value or one per channel
 */
record Window(PaddingMode mode, int[] fill) {

    static final Window BLACK = new Window(PaddingMode.CONSTANT, new int[1]);

    static Window of(PaddingMode mode, int... fill) {
        for (int value : fill) {
            if (value < 0 || value > 255) {
                throw new IllegalArgumentException("A fill is a byte from 0 to 255, not " + value + ".");
            }
        }
        if (fill.length == 0) {
            throw new IllegalArgumentException("A fill has one value, or one per channel, not none.");
        }
        return new Window(mode, fill.clone());
    }

    void requireFillFor(int channels, String transform) {
        if (fill.length != 1 && fill.length != channels) {
            throw new IllegalArgumentException(transform + " has a fill of " + fill.length
                    + " values, but the picture has " + channels + " channels: give 1 value, or one per channel.");
        }
    }

    byte fill(int channel) {
        return (byte) fill[fill.length == 1 ? 0 : channel];
    }

    void cut(Image image, int top, int left, int height, int width) {
        int oldHeight = image.height();
        int oldWidth = image.width();
        if (top == 0 && left == 0 && height == oldHeight && width == oldWidth) {
            return;
        }
        byte[] from = image.bytes();
        int first = image.offset();
        int channels = image.channels();
        byte[] to = image.replace(channels, height, width);
        int insideFrom = Math.min(width, Math.max(0, -left));
        int insideTo = Math.max(insideFrom, Math.min(width, oldWidth - left));
        for (int c = 0; c < channels; c++) {
            byte constant = fill(c);
            for (int y = 0; y < height; y++) {
                int target = (c * height + y) * width;
                int row = mode.inside(top + y, oldHeight);
                if (row < 0) {
                    Arrays.fill(to, target, target + width, constant);
                    continue;
                }
                int source = first + (c * oldHeight + row) * oldWidth;
                if (insideFrom < insideTo) {
                    System.arraycopy(from, source + left + insideFrom, to, target + insideFrom, insideTo - insideFrom);
                }
                beyond(from, source, oldWidth, to, target, left, 0, insideFrom, constant);
                beyond(from, source, oldWidth, to, target, left, insideTo, width, constant);
            }
        }
    }

    private void beyond(
            byte[] from, int source, int size, byte[] to, int target, int left, int begin, int end, byte constant) {
        for (int x = begin; x < end; x++) {
            int column = mode.inside(left + x, size);
            to[target + x] = column < 0 ? constant : from[source + column];
        }
    }
}
