package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-10 (Krizhevsky 2009): colour pictures of 32 x 32 pixels, ten classes.
 *
 * @param train the pictures to train on, in the order of the files' names
 * @param test the pictures held back
 */
public record Cifar10(ImageDataset train, ImageDataset test) {

    private static final CifarFormat FORMAT = new CifarFormat(
            "CIFAR-10",
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
            1,
            0,
            "labels",
            "data_batch_1 to data_batch_5",
            "test_batch");

    /**
     * Reads the binary or the Python version, unpacked or as the archive {@code .tar.gz} that it comes in. Of a folder
     * every {@code *.bin} file is read; if there is none, {@code data_batch_1} to {@code data_batch_5} and
     * {@code test_batch}, whose pickles are read as data. The file {@code test_batch} is the test set; without it the
     * last quarter of all records, rounded down, is.
     *
     * @param folder the folder, usually {@code cifar-10-batches-bin} or {@code cifar-10-batches-py}, whose sub-folders
     *     are not looked at; or the archive
     * @return both sets, their values scaled to [0, 1]
     * @throws MalformedFileException if there is nothing to train or test on, a file is damaged, or a label is above 9
     * @throws IOException if a file cannot be read
     */
    public static Cifar10 read(Path folder) throws IOException {
        CifarFiles.Parts parts = CifarFiles.read(folder, FORMAT);
        return new Cifar10(parts.train(), parts.test());
    }
}
