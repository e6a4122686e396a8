package dev.netwright.examples;

import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.Dataset;
import dev.netwright.training.data.Subset;
import dev.netwright.training.metrics.ConfusionMatrix;
import dev.netwright.training.picture.ImageGrid;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells for each pixel of a picture what it belongs to, with the zoo's U-Net. An answer that knows nothing gets 86 % of the
 * drawn pixels right, which are background; the network is right about more than 95 % of pictures it has not seen.
 */
@Command(name = "unet", showDefaultValues = true, description = "Says what each pixel of a picture belongs to.")
public final class Example10UNet implements Callable<Integer> {
    private static final int SHOWN = 6;
    private static final int SAMPLE = 3 * Scenes.PIXELS;
    /** Red, green and blue of each class in the pictures written. */
    private static final float[][] COLOURS = {
        {0.15f, 0.15f, 0.2f}, {0.9f, 0.35f, 0.3f}, {0.3f, 0.7f, 0.4f}, {1, 0.8f, 0.3f}
    };

    private static final float[] NO_COLOUR = {1, 1, 1};

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "a folder with pictures in pictures/ and, under the same names, grey masks in masks/ whose"
                    + " values are the classes, 0 to 3, or 255 for unknown; drawn without one")
    private Path data;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/unet", description = "what it writes")
    private Path out;

    @Option(names = "--pictures", defaultValue = "800", description = "how many pictures to draw")
    private int pictures;

    @Option(names = "--batch-size", defaultValue = "8", description = "pictures per training step")
    private int batchSize;

    @Option(names = "--epochs", defaultValue = "8", description = "passes over the training pictures")
    private int epochs;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the pictures")
    private long seed;

    private double accuracy;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example10UNet(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requireAtLeast(2, "--pictures", pictures);
        Dataset scenes = data != null ? Scenes.read(data) : Scenes.draw(pictures, seed);
        int unseen = Math.max(1, scenes.size() / 5);
        List<Subset> parts = Subset.randomSplit(scenes, seed, scenes.size() - unseen, unseen);
        DataLoader train =
                DataLoader.of(parts.get(0)).batchSize(batchSize).shuffle(true).seed(seed);
        DataLoader test = DataLoader.of(parts.get(1)).batchSize(32);
        Files.createDirectories(out);

        ShapeUNetModel net = ShapeUNetModel.create(seed);
        System.out.println(net.summary());
        // Nothing here is about pixels: a class for each place of the output is a label like any other.
        Trainer trainer = Trainer.of(net)
                .optimizer(Adam.of(0.01f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(test)
                .progressBar();
        System.out.println(trainer.fit(train, epochs));

        ConfusionMatrix confusion = trainer.evaluate(test).confusion().orElseThrow();
        System.out.println(confusion);
        accuracy = confusion.accuracy();
        System.out.printf(Locale.ROOT, "right: %.2f %% of the unseen pictures' pixels\n", 100 * accuracy);
        System.out.println("overlap of truth and prediction, over their union:");
        for (int c = 0; c < Scenes.CLASSES; c++) {
            System.out.printf(
                    Locale.ROOT, "  %-10s %.3f\n", confusion.classNames().get(c), overlap(confusion, c));
        }
        Path file = out.resolve("segmented.png");
        show(net, test.iterator().next(), file);
        System.out.println("picture, truth and prediction side by side are in " + file);
        return 0;
    }

    /** The share of the unseen pictures' pixels whose class is recognised. */
    double accuracy() {
        return accuracy;
    }

    /** Intersection over union: unlike the share of pixels it does not grow by getting the background right. */
    private static double overlap(ConfusionMatrix confusion, int c) {
        long either = -confusion.count(c, c);
        for (int other = 0; other < Scenes.CLASSES; other++) {
            either += confusion.count(c, other) + confusion.count(other, c);
        }
        return (double) confusion.count(c, c) / either;
    }

    private static void show(ShapeUNetModel net, Batch batch, Path file) throws IOException {
        int rows = Math.min(SHOWN, batch.size());
        float[] scores = net.predict(batch.inputs(), rows);
        float[] images = new float[rows * 3 * SAMPLE];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(batch.inputs(), i * SAMPLE, images, 3 * i * SAMPLE, SAMPLE);
            for (int p = 0; p < Scenes.PIXELS; p++) {
                int truth = batch.labels()[i * Scenes.PIXELS + p];
                colour(truth, images, (3 * i + 1) * SAMPLE + p);
                colour(best(scores, i, p), images, (3 * i + 2) * SAMPLE + p);
            }
        }
        ImageGrid.of(images, 3 * rows, 3, Scenes.SIDE, Scenes.SIDE)
                .columns(3)
                .zoom(2)
                .writePng(file);
    }

    /** The class with the largest score; the scores of one class lie together, as a plane of the picture's size. */
    private static int best(float[] scores, int sample, int pixel) {
        int from = sample * Scenes.CLASSES * Scenes.PIXELS + pixel;
        int best = 0;
        for (int c = 1; c < Scenes.CLASSES; c++) {
            if (scores[from + c * Scenes.PIXELS] > scores[from + best * Scenes.PIXELS]) {
                best = c;
            }
        }
        return best;
    }

    private static void colour(int c, float[] images, int at) {
        float[] colour = c < 0 ? NO_COLOUR : COLOURS[c];
        for (int channel = 0; channel < 3; channel++) {
            images[at + channel * Scenes.PIXELS] = colour[channel];
        }
    }
}
