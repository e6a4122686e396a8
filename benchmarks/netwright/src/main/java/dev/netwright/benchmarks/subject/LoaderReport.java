package dev.netwright.benchmarks.subject;

import dev.netwright.runtime.optim.SGD;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.Dataset;
import dev.netwright.training.data.ImageDataset;
import dev.netwright.training.data.ImageFolder;
import dev.netwright.training.data.Subset;
import dev.netwright.training.transforms.CenterCrop;
import dev.netwright.training.transforms.Normalize;
import dev.netwright.training.transforms.RandomCrop;
import dev.netwright.training.transforms.RandomHorizontalFlip;
import dev.netwright.training.transforms.RandomResizedCrop;
import dev.netwright.training.transforms.ToTensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Samples per second of the loader: CIFAR-10's shape from memory, alone and while a network trains, and PNG files beside
 * a plain loop over ImageIO.
 */
public final class LoaderReport {
    private static final int ROUNDS = 5;
    private static final int PICTURES = 50_000;
    private static final int BATCH = 64;
    private static final int SMALL_BATCH = 16;
    private static final int FILES = 200;
    private static final int SIDE = 256;
    private static final int CROP = 224;
    private static final int[] WORKERS = {0, 1, 2};
    private static final Normalize CIFAR =
            Normalize.of(new float[] {0.4914f, 0.4822f, 0.4465f}, new float[] {0.2470f, 0.2435f, 0.2616f});

    private LoaderReport() {}

    /** What is measured. */
    private interface Action {
        void run() throws IOException;
    }

    /**
     * Measures one part and prints rows of a table.
     *
     * @param arguments {@code cifar}, {@code training} or {@code png}, and a folder for PNG files, which is made and
     *     filled
     * @throws IOException if files cannot be written or read
     */
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "cifar" -> cifar(augmented());
            case "training" -> training(augmented());
            case "png" -> png(Path.of(arguments[1]));
            default -> throw new IllegalArgumentException("cifar, training or png, not " + arguments[0]);
        }
    }

    private static Dataset augmented() {
        return pictures().transform(RandomCrop.of(32).padding(4), RandomHorizontalFlip.of(), ToTensor.of(), CIFAR);
    }

    private static void cifar(Dataset cifar) throws IOException {
        for (int workers : WORKERS) {
            DataLoader loader =
                    DataLoader.of(cifar).batchSize(BATCH).shuffle(true).workers(workers);
            measure("CIFAR-10: crop, flip, normalise; " + workers + " workers", PICTURES, () -> use(loader));
        }
    }

    private static void png(Path folder) throws IOException {
        write(folder);
        ImageFolder files = ImageFolder.read(folder);
        measure("PNG: plain ImageIO.read", FILES, () -> {
            for (int i = 0; i < files.size(); i++) {
                ImageIO.read(files.file(i).toFile());
            }
        });
        for (int workers : WORKERS) {
            DataLoader crops = DataLoader.of(files.transform(CenterCrop.of(CROP)))
                    .batchSize(SMALL_BATCH)
                    .workers(workers);
            measure("PNG: folder, centre crop; " + workers + " workers", FILES, () -> use(crops));
        }
        for (int workers : WORKERS) {
            DataLoader loader = DataLoader.of(files.transform(
                            RandomResizedCrop.of(CROP), RandomHorizontalFlip.of(), ToTensor.of(), CIFAR))
                    .batchSize(SMALL_BATCH)
                    .workers(workers);
            measure("PNG: folder, resized crop, flip, normalise; " + workers + " workers", FILES, () -> use(loader));
        }
    }

    private static ImageDataset pictures() {
        byte[] pixels = new byte[PICTURES * 3 * 32 * 32];
        byte[] labels = new byte[PICTURES];
        Random random = new Random(1);
        random.nextBytes(pixels);
        for (int i = 0; i < PICTURES; i++) {
            labels[i] = (byte) random.nextInt(10);
        }
        return ImageDataset.of(pixels, labels, new int[] {3, 32, 32}, Collections.nCopies(10, "class"));
    }

    /** The step on one batch again and again, and on the loader's: the difference is what waiting for data costs. */
    private static void training(Dataset cifar) throws IOException {
        int steps = 150;
        CifarNetModel net = CifarNetModel.create(42);
        SGD optimizer = SGD.of(0.01f);
        Dataset part = Subset.of(cifar, IntStream.range(0, steps * BATCH).toArray());
        Batch batch = DataLoader.of(part).batchSize(BATCH).iterator().next();
        measure("CIFAR CNN: training steps on one batch", steps * BATCH, () -> {
            for (int i = 0; i < steps; i++) {
                net.trainStep(batch.inputs(), batch.labels(), batch.size(), optimizer);
            }
        });
        for (int workers : WORKERS) {
            DataLoader loader =
                    DataLoader.of(part).batchSize(BATCH).shuffle(true).workers(workers);
            measure("CIFAR CNN: training from the loader; " + workers + " workers", steps * BATCH, () -> {
                for (Batch next : loader) {
                    net.trainStep(next.inputs(), next.labels(), next.size(), optimizer);
                }
            });
        }
    }

    private static void use(DataLoader loader) {
        int samples = 0;
        for (Batch batch : loader) {
            samples += batch.size();
        }
        if (samples != loader.samples()) {
            throw new IllegalStateException(samples + " samples came, not " + loader.samples());
        }
    }

    /** Waves with some noise, which compress about as photographs do. */
    private static void write(Path folder) throws IOException {
        Path files = Files.createDirectories(folder.resolve("class"));
        Random random = new Random(2);
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < FILES; i++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    int wave = (int) (110 + 90 * Math.sin((x + i) / 19.0) * Math.cos((y - i) / 23.0));
                    int noise = random.nextInt(0x20) << 16 | random.nextInt(0x20) << 8 | random.nextInt(0x20);
                    picture.setRGB(x, y, (wave << 16 | wave << 8 | wave) + noise);
                }
            }
            ImageIO.write(picture, "png", files.resolve(i + ".png").toFile());
        }
    }

    private static void measure(String name, int samples, Action action) throws IOException {
        action.run();
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            action.run();
            rates.add(samples / ((System.nanoTime() - start) / 1e9));
        }
        rates.sort(null);
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f |\n",
                name,
                rates.get(ROUNDS / 2),
                rates.get(0),
                rates.get(ROUNDS - 1));
    }
}
