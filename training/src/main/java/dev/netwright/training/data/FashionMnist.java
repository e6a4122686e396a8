package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): grey pictures of 28 x 28 pixels, ten kinds of clothing.
 *
 * @param train 60,000 pictures in the original
 * @param test 10,000 pictures in the original
 */
public record FashionMnist(ImageDataset train, ImageDataset test) {

    private static final List<String> CLASS_NAMES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /**
     * Reads the four IDX files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte},
     * {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte} of a folder, each plain or with {@code .gz}.
     *
     * @param folder the folder
     * @return both sets, their values scaled to [0, 1]
     * @throws MalformedFileException if a file is missing, damaged, or its pictures are not 28 x 28
     * @throws IOException if a file cannot be read
     */
    public static FashionMnist read(Path folder) throws IOException {
        return new FashionMnist(
                MnistFiles.read(folder, "train", "Fashion-MNIST", CLASS_NAMES),
                MnistFiles.read(folder, "t10k", "Fashion-MNIST", CLASS_NAMES));
    }
}
