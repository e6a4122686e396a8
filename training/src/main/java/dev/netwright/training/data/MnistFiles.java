package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The four files of MNIST, under which its relatives come too. */
final class MnistFiles {

    private static final int SIDE = 28;

    private MnistFiles() {}

    static ImageDataset read(Path folder, String part, String name, List<String> classNames) throws IOException {
        Path images = file(folder, part + "-images-idx3-ubyte");
        ImageDataset dataset = IdxFiles.read(images, file(folder, part + "-labels-idx1-ubyte"), classNames);
        int[] shape = dataset.shape();
        if (shape[1] != SIDE || shape[2] != SIDE) {
            throw new MalformedFileException(
                    images.toString(),
                    8,
                    "it holds pictures of " + shape[1] + " x " + shape[2] + " pixels, but " + name + "'s are " + SIDE
                            + " x " + SIDE);
        }
        return dataset;
    }

    private static Path file(Path folder, String name) throws MalformedFileException {
        for (Path file : List.of(folder.resolve(name), folder.resolve(name + ".gz"))) {
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new MalformedFileException(folder + " holds neither " + name + " nor " + name + ".gz.");
    }
}
