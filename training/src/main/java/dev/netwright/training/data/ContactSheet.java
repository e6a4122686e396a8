package dev.netwright.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A grid of pictures on one sheet, a row per class, for a look at a data set before it is trained on. */
public final class ContactSheet {

    private static final int GAP = 2;
    private static final int WHITE = 0xffffff;

    private ContactSheet() {}

    /**
     * Writes a PNG file with the first pictures of every class, one class per row, in the order of the class names.
     *
     * @param dataset pictures of one (grey) or three (red, green, blue) channels
     * @param perClass how many pictures of each class to show, at least 1; a class with fewer leaves the row white
     * @param zoom the width of a picture's pixel on the sheet, at least 1
     * @param file where to write; an existing file is replaced
     * @throws IOException if the file cannot be written
     */
    public static void write(ImageDataset dataset, int perClass, int zoom, Path file) throws IOException {
        int channels = dataset.shape()[0];
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "a contact sheet shows pictures of 1 or 3 channels, but these have " + channels);
        }
        if (perClass < 1 || zoom < 1) {
            throw new IllegalArgumentException(
                    "pictures per class and zoom are at least 1, not " + perClass + " and " + zoom);
        }
        if (!ImageIO.write(sheet(dataset, perClass, zoom), "png", file.toFile())) {
            throw new IOException("this JVM has no PNG writer for " + file);
        }
    }

    private static BufferedImage sheet(ImageDataset dataset, int perClass, int zoom) {
        int rows = dataset.classNames().size();
        int cellHeight = dataset.shape()[1] * zoom + GAP;
        int cellWidth = dataset.shape()[2] * zoom + GAP;
        BufferedImage sheet =
                new BufferedImage(perClass * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                sheet.setRGB(x, y, WHITE);
            }
        }
        int[] shown = new int[rows];
        for (int i = 0; i < dataset.size(); i++) {
            int label = dataset.label(i);
            if (shown[label] < perClass) {
                int left = GAP + shown[label]++ * cellWidth;
                draw(sheet, dataset, i, left, GAP + label * cellHeight, zoom);
            }
        }
        return sheet;
    }

    private static void draw(BufferedImage sheet, ImageDataset dataset, int index, int left, int top, int zoom) {
        int[] shape = dataset.shape();
        int last = shape[0] - 1;
        for (int y = 0; y < shape[1] * zoom; y++) {
            for (int x = 0; x < shape[2] * zoom; x++) {
                int red = dataset.pixel(index, 0, y / zoom, x / zoom);
                int green = dataset.pixel(index, last / 2, y / zoom, x / zoom);
                int blue = dataset.pixel(index, last, y / zoom, x / zoom);
                sheet.setRGB(left + x, top + y, red << 16 | green << 8 | blue);
            }
        }
    }
}
