package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MNIST (LeCun, Cortes, Burges 1998): grey pictures of 28 x 28 pixels, handwritten digits.
 *
 * @param train 60,000 pictures in the original
 * @param test 10,000 pictures in the original
 */
public record Mnist(ImageDataset train, ImageDataset test) {

    private static final List<String> CLASS_NAMES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /**
     * Reads the four IDX files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte},
     * {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte} of a folder, each plain or with {@code .gz}.
     *
     * @param folder the folder
     * @return both sets, their values scaled to [0, 1]
     * @throws MalformedFileException if a file is missing, damaged, or its pictures are not 28 x 28
     * @throws IOException if a file cannot be read
     */
    public static Mnist read(Path folder) throws IOException {
        return new Mnist(
                MnistFiles.read(folder, "train", "MNIST", CLASS_NAMES),
                MnistFiles.read(folder, "t10k", "MNIST", CLASS_NAMES));
    }
}
