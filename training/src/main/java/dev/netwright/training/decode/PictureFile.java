package dev.netwright.training.decode;

import dev.netwright.runtime.MalformedFileException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A picture decoded from a file by {@code javax.imageio}. */
public final class PictureFile {

    /** So that an array holds four channels, the most that decoders ask for. */
    private static final int MOST_PIXELS = (Integer.MAX_VALUE - 8) / 4;

    private PictureFile() {}

    /**
     * Decodes a file.
     *
     * @param file the picture
     * @param receiver takes the pixels; what it refuses, or has no memory for, is told of the file
     * @throws MalformedFileException if the picture is damaged, too large or of an unknown format
     * @throws IOException if the file cannot be read
     */
    public static void read(Path file, Consumer<BufferedImage> receiver) throws IOException {
        // ImageIO.read(file) goes by way of the service registry and a cache file that it asks for on disk.
        try (ImageInputStream in = open(file)) {
            read(file.toString(), in, receiver);
        }
    }

    /**
     * Decodes a file's content.
     *
     * @param content all bytes of the file
     * @param receiver as for {@link #read(Path, Consumer)}
     * @throws MalformedFileException if the picture is damaged, too large or of an unknown format
     */
    public static void read(byte[] content, Consumer<BufferedImage> receiver) throws MalformedFileException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            read("The picture", in, receiver);
        } catch (MalformedFileException malformed) {
            throw malformed;
        } catch (IOException unexpected) {
            throw new UncheckedIOException("Memory cannot be read.", unexpected);
        }
    }

    private static void read(String file, ImageInputStream in, Consumer<BufferedImage> receiver) throws IOException {
        ImageReader reader = reader(file, in);
        try {
            decode(file, in, reader, receiver);
        } finally {
            reader.dispose();
        }
    }

    /** Only files of the usual file system have a place on the disk. */
    private static ImageInputStream open(Path file) throws IOException {
        return file.getFileSystem() == FileSystems.getDefault()
                ? new FileImageInputStream(file.toFile())
                : new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    /** The JDK's own reader before those of other libraries, whose pixels may differ. */
    private static ImageReader reader(String file, ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw new MalformedFileException(file, 0, "it does not begin as a png, jpg, bmp, gif or tif picture does");
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

    private static void decode(String file, ImageInputStream in, ImageReader reader, Consumer<BufferedImage> receiver)
            throws IOException {
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
            receiver.accept(decoded);
        } catch (MalformedFileException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw refused(file, size, in, e);
        }
    }

    private static MalformedFileException refused(String file, String size, ImageInputStream in, Throwable e) {
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
                    file, position(in), "it is damaged, cut short, or unknown to the JDK's reader (" + cause + ")");
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
