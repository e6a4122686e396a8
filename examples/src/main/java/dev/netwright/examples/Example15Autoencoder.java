package dev.netwright.examples;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.FashionMnist;
import dev.netwright.training.data.ImageDataset;
import dev.netwright.training.data.TensorDataset;
import dev.netwright.training.picture.ImageGrid;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Learns to write pictures as 64 numbers and to draw them again, from nothing but the pictures: what goes in is what is to
 * come out. {@link AutoencoderNet} draws with transposed convolutions.
 */
@Command(name = "autoencoder", showDefaultValues = true, description = "Writes pictures as few numbers, and back.")
public final class Example15Autoencoder implements Callable<Integer> {
    private static final int SIDE = 28;
    private static final int PIXELS = SIDE * SIDE;
    private static final int UNSEEN = 500;
    private static final int SHOWN = 24;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "folder of Fashion-MNIST's four IDX files, plain or gzip; figures are drawn without one")
    private Path data;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/autoencoder", description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "10", description = "passes over the pictures")
    private int epochs;

    @Option(names = "--samples", defaultValue = "3000", description = "pictures to learn from")
    private int samples;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the pictures")
    private long seed;

    private double share;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example15Autoencoder(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requirePositive("--samples", samples);
        float[] seen = pixels(pictures(true), samples);
        float[] unseen = pixels(pictures(false), UNSEEN);
        AutoencoderNetModel net = AutoencoderNetModel.create(seed);
        System.out.println(net.summary());
        Trainer.of(net)
                .optimizer(Adam.of(0.003f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(DataLoader.of(itself(unseen)).batchSize(100))
                .fit(DataLoader.of(itself(seen)).batchSize(50).shuffle(true).seed(seed), epochs);

        float[] drawn = drawn(net, unseen);
        share = distance(drawn, unseen) / distance(mean(seen, unseen.length), unseen);
        System.out.printf(
                Locale.ROOT,
                "%d unseen pictures: the squared error of their pixels is %.1f %% of that of the mean picture\n",
                UNSEEN,
                100 * share);
        Files.createDirectories(out);
        Path file = out.resolve("drawn.png");
        show(unseen, drawn).writePng(file);
        System.out.println("pictures, and below each what was drawn of it, are in " + file);
        return 0;
    }

    /** The squared error, as a share of that of an answer that knows nothing. */
    double share() {
        return share;
    }

    private ImageDataset pictures(boolean train) throws IOException {
        if (data == null) {
            return Pictures.drawGrey(train ? samples : UNSEEN, train ? seed : seed + 1);
        }
        return train ? FashionMnist.read(data).train() : FashionMnist.read(data).test();
    }

    private static float[] pixels(ImageDataset pictures, int count) {
        float[] all = DataLoader.of(pictures).batchSize(count).iterator().next().inputs();
        return Arrays.copyOf(all, Math.min(count, pictures.size()) * PIXELS);
    }

    private static TensorDataset itself(float[] pixels) {
        Tensor pictures = Tensor.of(pixels, pixels.length / PIXELS, 1, SIDE, SIDE);
        return TensorDataset.of(pictures, pictures);
    }

    /** The network's scores as brightness. */
    private static float[] drawn(AutoencoderNetModel net, float[] pixels) {
        float[] drawn = net.predict(pixels, pixels.length / PIXELS);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) (1 / (1 + Math.exp(-drawn[i])));
        }
        return drawn;
    }

    /** The mean picture, again and again. */
    private static float[] mean(float[] pixels, int length) {
        double[] sums = new double[PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            sums[i % PIXELS] += pixels[i];
        }
        float[] mean = new float[length];
        for (int i = 0; i < length; i++) {
            mean[i] = (float) (sums[i % PIXELS] * PIXELS / pixels.length);
        }
        return mean;
    }

    private static double distance(float[] some, float[] others) {
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += ((double) some[i] - others[i]) * ((double) some[i] - others[i]);
        }
        return sum;
    }

    /** Rows of pictures, and below each row what was drawn. */
    private static ImageGrid show(float[] pictures, float[] drawn) {
        int columns = 8;
        float[] rows = new float[2 * SHOWN * PIXELS];
        for (int i = 0; i < SHOWN; i++) {
            int at = (2 * (i / columns) * columns + i % columns) * PIXELS;
            System.arraycopy(pictures, i * PIXELS, rows, at, PIXELS);
            System.arraycopy(drawn, i * PIXELS, rows, at + columns * PIXELS, PIXELS);
        }
        return ImageGrid.of(rows, 2 * SHOWN, 1, SIDE, SIDE).columns(columns).zoom(3);
    }
}
