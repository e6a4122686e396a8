package dev.netwright.examples;

import dev.netwright.runtime.custom.GradientCheck;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.FashionMnist;
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
 * Finds the ring among figures, or the boot among clothes, with an operator that no layer is: {@link SoftArgmax} turns a map
 * into a place. Before it is used, its gradient is compared with differences.
 */
@Command(name = "custom", showDefaultValues = true, description = "Finds one thing among others in a picture.")
public final class Example12Custom implements Callable<Integer> {
    private static final int BOOT = 9;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Fashion-MNIST, of which it finds the ankle boots; figures are drawn without it")
    private Path data;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/places", description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "12", description = "passes over the pictures")
    private int epochs;

    @Option(names = "--samples", defaultValue = "3000", description = "pictures to learn from")
    private int samples;

    private double error;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example12Custom(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requirePositive("--samples", samples);
        System.out.println("SoftArgmax: "
                + GradientCheck.of(SoftArgmax.class, new int[] {2, 5, 6}).run());

        int wanted = data == null ? Figure.RING.ordinal() : BOOT;
        Collages train = Collages.of(patches(true), wanted, samples, 1);
        Collages test = Collages.of(patches(false), wanted, 500, 2);
        LandmarkNetModel net = LandmarkNetModel.create(42);
        Trainer.of(net)
                .optimizer(Adam.of(0.003f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(DataLoader.of(test.dataset()).batchSize(100))
                .fit(DataLoader.of(train.dataset()).batchSize(50).shuffle(true).seed(1), epochs);

        float[] found = net.predict(test.pictures(), test.size());
        double[] distances = distances(found, test.places());
        error = distances[distances.length / 2];
        System.out.printf(
                Locale.ROOT,
                "%d unseen pictures of %d x %d: half of them are found within %.2f pixels, nine of ten within %.2f\n",
                test.size(),
                Collages.SIDE,
                Collages.SIDE,
                error,
                distances[distances.length * 9 / 10]);
        Files.createDirectories(out);
        picture(test, found).writePng(out.resolve("places.png"));
        System.out.println("some of them, marked where they are found: " + out.resolve("places.png"));
        return 0;
    }

    /** Half of the pictures are within this distance, in pixels. */
    double error() {
        return error;
    }

    private Collages.Patches patches(boolean train) throws IOException {
        if (data == null) {
            return Collages.Patches.drawn(2_000, train ? 3 : 4);
        }
        return Collages.Patches.of(
                train
                        ? FashionMnist.read(data).train()
                        : FashionMnist.read(data).test());
    }

    private static double[] distances(float[] found, float[] places) {
        double[] distances = new double[places.length / 2];
        for (int i = 0; i < distances.length; i++) {
            double across = found[2 * i] - places[2 * i];
            double down = found[2 * i + 1] - places[2 * i + 1];
            distances[i] = Math.hypot(across, down) * (Collages.SIDE - 1) / 2;
        }
        Arrays.sort(distances);
        return distances;
    }

    /** The first pictures, in grey, with a red cross where the network finds what is wanted. */
    private static ImageGrid picture(Collages collages, float[] found) {
        int count = 32;
        int pixels = Collages.SIDE * Collages.SIDE;
        float[] colours = new float[count * 3 * pixels];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < 3 * pixels; k++) {
                colours[i * 3 * pixels + k] = collages.pictures()[i * pixels + k % pixels];
            }
            int column = pixel(found[2 * i]);
            int row = pixel(found[2 * i + 1]);
            for (int step = -4; step <= 4; step++) {
                mark(colours, i * 3 * pixels, row + step, column);
                mark(colours, i * 3 * pixels, row, column + step);
            }
        }
        return ImageGrid.of(colours, count, 3, Collages.SIDE, Collages.SIDE)
                .columns(8)
                .zoom(2);
    }

    private static int pixel(float place) {
        return Math.round((place + 1) / 2 * (Collages.SIDE - 1));
    }

    private static void mark(float[] colours, int first, int row, int column) {
        if (row < 0 || row >= Collages.SIDE || column < 0 || column >= Collages.SIDE) {
            return;
        }
        for (int plane = 0; plane < 3; plane++) {
            colours[first + (plane * Collages.SIDE + row) * Collages.SIDE + column] = plane == 0 ? 1 : 0.1f;
        }
    }
}
