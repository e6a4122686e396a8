package dev.netwright.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
     * @throws DataFormatException if a file is missing, damaged, or its pictures are not 28 x 28
     * @throws IOException if a file cannot be read
     */
    public static FashionMnist read(Path folder) throws IOException {
        return new FashionMnist(read(folder, "train"), read(folder, "t10k"));
    }

    private static ImageDataset read(Path folder, String part) throws IOException {
        Path images = file(folder, part + "-images-idx3-ubyte");
        ImageDataset dataset = IdxFiles.read(images, file(folder, part + "-labels-idx1-ubyte"), CLASS_NAMES);
        int[] shape = dataset.shape();
        if (shape[1] != 28 || shape[2] != 28) {
            throw new DataFormatException(images + " holds pictures of " + shape[1] + " x " + shape[2]
                    + " pixels, but Fashion-MNIST's are 28 x 28");
        }
        return dataset;
    }

    private static Path file(Path folder, String name) throws DataFormatException {
        for (Path file : Arrays.asList(folder.resolve(name), folder.resolve(name + ".gz"))) {
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new DataFormatException(folder + " holds neither " + name + " nor " + name + ".gz");
    }
}
