package dev.netwright.training.picture;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Something drawn, of a fixed size, that becomes a file by one call. Needs no screen. */
public interface Picture {

    /**
     * How wide it is.
     *
     * @return pixels, at least 1
     */
    int width();

    /**
     * How high it is.
     *
     * @return pixels, at least 1
     */
    int height();

    /**
     * Draws the whole picture, its background included.
     *
     * @param graphics where to draw: from (0, 0) to the size. Turn and shift it with {@code getTransform} and
     *     {@code setTransform}, not by copies of it, which SVG files do not end properly
     */
    void draw(Graphics2D graphics);

    /**
     * The picture's pixels.
     *
     * @return a new image of type {@link BufferedImage#TYPE_INT_RGB}
     */
    default BufferedImage image() {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        draw(graphics);
        graphics.dispose();
        return image;
    }

    /**
     * Writes a PNG file.
     *
     * @param file where to write; an existing file is replaced
     * @throws IOException if the file cannot be written
     */
    default void writePng(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            if (!ImageIO.write(image(), "png", out)) {
                throw new IOException("This JVM has no PNG writer for " + file + ".");
            }
        }
    }

    /**
     * Writes an SVG file: lines and shapes as such, images as PNG within it. Labels of charts are shapes too, so that
     * they look the same everywhere.
     *
     * @param file where to write; an existing file is replaced
     * @throws IOException if the file cannot be written
     */
    default void writeSvg(Path file) throws IOException {
        VectorGraphics2D graphics = new VectorGraphics2D();
        draw(graphics);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            new SVGProcessor()
                    .getDocument(graphics.getCommands(), new PageSize(width(), height()))
                    .writeTo(out);
        }
    }

    /**
     * Writes both files, {@code name.png} and {@code name.svg}.
     *
     * @param folder an existing folder
     * @param name the files' name without an ending
     * @throws IOException if a file cannot be written
     */
    default void write(Path folder, String name) throws IOException {
        writePng(folder.resolve(name + ".png"));
        writeSvg(folder.resolve(name + ".svg"));
    }
}
