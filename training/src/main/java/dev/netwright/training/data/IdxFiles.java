package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The IDX files of MNIST and its relatives: two zero bytes, a type, the number of dimensions, the sizes as big-endian
 * 32-bit integers, the data. Files compressed by gzip are recognised by their first bytes, whatever their name; offsets
 * in messages then count uncompressed bytes.
 */
public final class IdxFiles {

    private static final int UNSIGNED_BYTE = 0x08;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private IdxFiles() {}

    /**
     * Reads grey pictures and their labels.
     *
     * @param images a file of (sample, row, column)
     * @param labels a file of (sample)
     * @param classNames the names of the classes
     * @return the pictures with one channel, their values scaled to [0, 1]
     * @throws MalformedFileException if a file is not of this form, or the two do not belong together
     * @throws IOException if a file cannot be read
     */
    public static ImageDataset read(Path images, Path labels, List<String> classNames) throws IOException {
        Array classes = readArray(labels, 1);
        Array pictures = readArray(images, 3);
        if (pictures.shape[0] != classes.shape[0]) {
            throw new MalformedFileException(images + " holds " + pictures.shape[0] + " pictures, but " + labels
                    + " holds " + classes.shape[0] + " labels: they do not belong together.");
        }
        for (int i = 0; i < classes.data.length; i++) {
            int label = classes.data[i] & 0xff;
            if (label >= classNames.size()) {
                throw new MalformedFileException(
                        labels.toString(),
                        classes.headerSize() + i,
                        "sample " + i + " has the label " + label + ", but there are " + classNames.size()
                                + " classes, 0 to " + (classNames.size() - 1));
            }
        }
        return ImageDataset.of(
                pictures.data, classes.data, new int[] {1, pictures.shape[1], pictures.shape[2]}, classNames);
    }

    private record Array(int[] shape, byte[] data) {
        long headerSize() {
            return headerSize(shape.length);
        }

        static long headerSize(int dimensions) {
            return 4L + 4L * dimensions;
        }
    }

    private static Array readArray(Path file, int dimensions) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(file + (Files.exists(file) ? " is not a file." : " does not exist."));
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            if (!gzipped(raw)) {
                return readArray(file, raw, dimensions, Files.size(file));
            }
            try (InputStream unzipped = new GZIPInputStream(raw, 1 << 16)) {
                return readArray(file, unzipped, dimensions, Long.MAX_VALUE);
            }
        } catch (EOFException e) {
            throw new MalformedFileException(
                    file.toString(),
                    Files.size(file),
                    "it ends there, within its header or its gzip stream: it was cut short");
        } catch (ZipException e) {
            throw new MalformedFileException(file + " is damaged: its gzip stream says \"" + e.getMessage() + "\".");
        }
    }

    private static boolean gzipped(InputStream in) throws IOException {
        in.mark(2);
        boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzipped;
    }

    /** The data grows with what the file delivers, so that a false size allocates nothing. */
    private static Array readArray(Path file, InputStream in, int dimensions, long fileSize) throws IOException {
        DataInputStream header = new DataInputStream(in);
        int magic = header.readInt();
        int expected = UNSIGNED_BYTE << 8 | dimensions;
        if (magic != expected) {
            throw new MalformedFileException(
                    file.toString(),
                    0,
                    String.format(
                            Locale.ROOT,
                            "it begins with 0x%08x, but an IDX file of unsigned bytes in %d dimension%s begins with 0x%08x",
                            magic,
                            dimensions,
                            dimensions == 1 ? "" : "s",
                            expected));
        }
        int[] shape = new int[dimensions];
        long size = 1;
        for (int i = 0; i < dimensions; i++) {
            shape[i] = header.readInt();
            if (shape[i] < 1 || shape[i] > LARGEST / size) {
                throw new MalformedFileException(
                        file.toString(),
                        4 + 4L * i,
                        "it claims the shape " + Arrays.toString(Arrays.copyOf(shape, i + 1))
                                + (i + 1 < dimensions ? " and more" : "")
                                + ", but sizes are at least 1, and all together at most " + LARGEST);
            }
            size *= shape[i];
        }
        long headerSize = Array.headerSize(dimensions);
        if (fileSize != Long.MAX_VALUE && fileSize != headerSize + size) {
            throw length(file, shape, Math.min(fileSize, headerSize + size), headerSize + size, "has " + fileSize);
        }
        byte[] data = in.readNBytes((int) size);
        if (data.length < size) {
            long found = headerSize + data.length;
            throw length(file, shape, found, headerSize + size, "has " + found);
        }
        if (in.read() >= 0) {
            throw length(file, shape, headerSize + size, headerSize + size, "goes on");
        }
        return new Array(shape, data);
    }

    private static MalformedFileException length(Path file, int[] shape, long offset, long expected, String found) {
        return new MalformedFileException(
                file.toString(),
                offset,
                "it claims the shape " + Arrays.toString(shape) + ", which takes " + expected
                        + " bytes with its header," + " but it " + found);
    }
}
