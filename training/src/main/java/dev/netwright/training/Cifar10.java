package dev.netwright.training;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * CIFAR-10 (Krizhevsky 2009) in its binary version: records of a label byte and a picture's 3 x 32 x 32 bytes, the red,
 * green and blue planes one after the other.
 *
 * @param train the pictures to train on, in the order of the files' names
 * @param test the pictures held back
 */
public record Cifar10(ImageDataset train, ImageDataset test) {

    private static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final String TEST_FILE = "test_batch.bin";
    private static final int PICTURE = 3 * 32 * 32;
    private static final int RECORD = 1 + PICTURE;
    private static final int MOST_RECORDS = (Integer.MAX_VALUE - 8) / PICTURE;

    /**
     * Reads every {@code *.bin} file of a folder. {@code test_batch.bin} is the test set; without it the last quarter
     * of all records, rounded down, is.
     *
     * @param folder the folder, usually {@code cifar-10-batches-bin}; its sub-folders are not looked at
     * @return both sets, their values scaled to [0, 1]
     * @throws DataFormatException if there is nothing to train or test on, a file is no whole number of 3073-byte
     *     records, or a label is above 9
     * @throws IOException if a file cannot be read
     */
    public static Cifar10 read(Path folder) throws IOException {
        List<Path> files = binaryFiles(folder);
        Path testFile = folder.resolve(TEST_FILE);
        if (files.remove(testFile)) {
            if (files.isEmpty()) {
                throw new DataFormatException(folder + " holds " + TEST_FILE
                        + " alone: put data_batch_1.bin to data_batch_5.bin beside it to train on");
            }
            return new Cifar10(read(files), read(List.of(testFile)));
        }
        ImageDataset all = read(files);
        int test = all.size() / 4;
        if (test == 0) {
            throw new DataFormatException(folder + " holds " + all.size() + " records and no " + TEST_FILE
                    + ": at least 4 records are needed to hold back a quarter");
        }
        return new Cifar10(all.slice(0, all.size() - test), all.slice(all.size() - test, all.size()));
    }

    private static List<Path> binaryFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataFormatException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist")
                    + ": name the folder of CIFAR-10's binary files, such as cifar-10-batches-bin");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = new ArrayList<>(
                    entries.filter(file -> file.getFileName().toString().endsWith(".bin") && Files.isRegularFile(file))
                            .sorted()
                            .toList());
            if (files.isEmpty()) {
                throw new DataFormatException(folder
                        + " holds no *.bin file: CIFAR-10's binary version is needed, not the Python or Matlab one");
            }
            return files;
        }
    }

    private static ImageDataset read(List<Path> files) throws IOException {
        int records = 0;
        for (Path file : files) {
            long bytes = Files.size(file);
            if (bytes == 0 || bytes % RECORD != 0) {
                throw new DataFormatException(file + " has " + bytes + " bytes, which is not a whole number of "
                        + RECORD + "-byte records (" + bytes / RECORD + " records and " + bytes % RECORD
                        + " bytes): it may be cut short, or not be CIFAR-10's binary version");
            }
            if (bytes / RECORD > MOST_RECORDS - records) {
                throw new DataFormatException(
                        "more than " + MOST_RECORDS + " records up to " + file + ": they do not fit in one array");
            }
            records += (int) (bytes / RECORD);
        }
        byte[] pixels = new byte[records * PICTURE];
        byte[] labels = new byte[records];
        int next = 0;
        for (Path file : files) {
            next = readRecords(file, pixels, labels, next);
        }
        return ImageDataset.of(pixels, labels, new int[] {3, 32, 32}, CLASS_NAMES);
    }

    private static int readRecords(Path file, byte[] pixels, byte[] labels, int first) throws IOException {
        long count = Files.size(file) / RECORD;
        int next = first;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (long i = 0; i < count; i++) {
                int label = in.read();
                if (label < 0 || label >= CLASS_NAMES.size()) {
                    throw new DataFormatException("record " + i + " of " + file + " begins with the label " + label
                            + ", but CIFAR-10's are 0 to 9: this is not CIFAR-10's binary version");
                }
                labels[next] = (byte) label;
                if (in.readNBytes(pixels, next * PICTURE, PICTURE) < PICTURE) {
                    throw new DataFormatException(file + " ended within record " + i + " while it was read");
                }
                next++;
            }
        }
        return next;
    }
}
