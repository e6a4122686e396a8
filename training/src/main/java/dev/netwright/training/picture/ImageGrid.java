package dev.netwright.training.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * Images of a batch side by side, row by row: 8 to a row, 2 pixels of white between them, unless told otherwise.
 * Immutable: each setting gives a changed copy.
 */
public final class ImageGrid implements Picture {
    private final Pixels pixels;
    private final int columns;
    private final int gap;
    private final int zoom;
    private final Color background;

    private ImageGrid(Pixels pixels, int columns, int gap, int zoom, Color background) {
        this.pixels = pixels;
        this.columns = columns;
        this.gap = gap;
        this.zoom = zoom;
        this.background = background;
        Math.multiplyExact(width(), height());
    }

    /**
     * A grid of images with floats from 0 to 1; what lies outside is clipped.
     *
     * @param pixels the values, row-major; a longer array is fine
     * @param shape {@code [n, channels, height, width]}, or {@code [channels, height, width]} of a single image; with 1
     *     channel (grey) or 3 (red, green, blue)
     * @return the grid
     * @throws IllegalArgumentException if the shape is another, or the array is too short for it
     */
    public static ImageGrid of(float[] pixels, int... shape) {
        return new ImageGrid(Pixels.of(pixels, shape), 8, 2, 1, Color.WHITE);
    }

    /**
     * A grid of images with unsigned bytes from 0 to 255.
     *
     * @param pixels the values, row-major; a longer array is fine
     * @param shape {@code [n, channels, height, width]}, or {@code [channels, height, width]} of a single image; with 1
     *     channel (grey) or 3 (red, green, blue)
     * @return the grid
     * @throws IllegalArgumentException if the shape is another, or the array is too short for it
     */
    public static ImageGrid of(byte[] pixels, int... shape) {
        return new ImageGrid(Pixels.of(pixels, shape), 8, 2, 1, Color.WHITE);
    }

    /**
     * Sets how many images a row has; fewer images than that make a shorter row.
     *
     * @param value at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is less
     */
    public ImageGrid columns(int value) {
        return new ImageGrid(pixels, atLeast(1, value, "number of columns"), gap, zoom, background);
    }

    /**
     * Sets the distance between images, and to the border.
     *
     * @param value pixels, 0 or more
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public ImageGrid gap(int value) {
        return new ImageGrid(pixels, columns, atLeast(0, value, "gap"), zoom, background);
    }

    /**
     * Sets the side of the square that an image's pixel becomes.
     *
     * @param value at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is less
     */
    public ImageGrid zoom(int value) {
        return new ImageGrid(pixels, columns, gap, atLeast(1, value, "zoom"), background);
    }

    /**
     * Sets the colour of gaps and of cells without an image.
     *
     * @param value the colour
     * @return a changed copy
     */
    public ImageGrid background(Color value) {
        return new ImageGrid(pixels, columns, gap, zoom, Objects.requireNonNull(value, "value"));
    }

    private static int atLeast(int least, int value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "The " + what + " of a grid is at least " + least + ", but this is " + value + ".");
        }
        return value;
    }

    private int perRow() {
        return Math.min(columns, pixels.count());
    }

    private int size(int cells, int pixelsOfImage) {
        return Math.addExact(gap, Math.multiplyExact(cells, Math.addExact(pixelsOfImage * zoom, gap)));
    }

    @Override
    public int width() {
        return size(perRow(), pixels.width());
    }

    @Override
    public int height() {
        return size((pixels.count() + perRow() - 1) / perRow(), pixels.height());
    }

    @Override
    public void draw(Graphics2D graphics) {
        graphics.drawImage(image(), 0, 0, null);
    }

    @Override
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(background);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
        for (int i = 0; i < pixels.count(); i++) {
            int left = gap + i % perRow() * (pixels.width() * zoom + gap);
            int top = gap + i / perRow() * (pixels.height() * zoom + gap);
            for (int y = 0; y < pixels.height() * zoom; y++) {
                for (int x = 0; x < pixels.width() * zoom; x++) {
                    image.setRGB(left + x, top + y, pixels.rgb(i, y / zoom, x / zoom));
                }
            }
        }
        return image;
    }
}
