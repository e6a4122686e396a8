package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.training.transforms.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A picture decoded from a file by {@code javax.imageio}. */
final class PictureFile {

    /** So that an array holds four channels, the most that decoders ask for. */
    private static final int MOST_PIXELS = (Integer.MAX_VALUE - 8) / 4;

    private PictureFile() {}

    static void read(Path file, Image image) throws IOException {
        // ImageIO.read(file) goes by way of the service registry and a cache file that it asks for on disk.
        try (ImageInputStream in = open(file)) {
            ImageReader reader = reader(file, in);
            try {
                decode(file, in, reader, image);
            } finally {
                reader.dispose();
            }
        }
    }

    /** Only files of the usual file system have a place on the disk. */
    private static ImageInputStream open(Path file) throws IOException {
        return file.getFileSystem() == FileSystems.getDefault()
                ? new FileImageInputStream(file.toFile())
                : new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    /** The JDK's own reader before those of other libraries, whose pixels may differ. */
    private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw new MalformedFileException(
                    file.toString(), 0, "it does not begin as a png, jpg, bmp, gif or tif picture does");
        }
        ImageReader first = readers.next();
        ImageReader chosen = first;
        while (!isOfJdk(chosen) && readers.hasNext()) {
            chosen = readers.next();
        }
        return isOfJdk(chosen) ? chosen : first;
    }

    private static boolean isOfJdk(ImageReader reader) {
        return reader.getClass().getModule() == ImageIO.class.getModule();
    }

    private static void decode(Path file, ImageInputStream in, ImageReader reader, Image image) throws IOException {
        String size = "";
        try {
            String format = isOfJdk(reader) ? reader.getFormatName().toLowerCase(Locale.ROOT) : "";
            JpegHeader jpeg = format.equals("jpeg") ? JpegHeader.read(in) : null;
            TiffHeader tiff = format.equals("tif") || format.equals("tiff") ? TiffHeader.read(in) : null;
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            size = width + " x " + height;
            if (Math.multiplyFull(width, height) > MOST_PIXELS) {
                throw new MalformedFileException(file + " is too large: its " + size + " pixels are more than "
                        + MOST_PIXELS + "; make it smaller, or cut it into parts.");
            }
            BufferedImage decoded;
            if (jpeg != null) {
                decoded = JpegPixels.read(reader, jpeg.colours());
            } else {
                decoded = tiff != null ? TiffPixels.read(reader, tiff) : reader.read(0);
            }
            image.read(decoded);
        } catch (MalformedFileException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw refused(file, size, in, e);
        }
    }

    private static MalformedFileException refused(Path file, String size, ImageInputStream in, Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        MalformedFileException refused;
        if (deepest instanceof OutOfMemoryError) {
            refused = new MalformedFileException(file + " is too large: for its " + size
                    + " pixels the JVM has not enough memory left; make it smaller, or give the JVM more (-Xmx).");
        } else {
            // Decoders throw anything on damaged files, and say no place; how far they came is the best there is.
            String cause = deepest.getMessage() != null
                    ? deepest.getMessage()
                    : deepest.getClass().getSimpleName();
            refused = new MalformedFileException(
                    file.toString(),
                    position(in),
                    "it is damaged, cut short, or unknown to the JDK's reader (" + cause + ")");
        }
        refused.initCause(e);
        return refused;
    }

    private static long position(ImageInputStream in) {
        try {
            return in.getStreamPosition();
        } catch (IOException e) {
            return -1;
        }
    }
}
