package dev.netwright.examples;

import dev.netwright.runtime.optim.AdamW;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.metrics.ConfusionMatrix;
import dev.netwright.training.picture.ImageGrid;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells figures with a small vision transformer, {@link PatchNet}. Nothing tells it which patches are neighbours: it learns that,
 * and the example draws what it learnt.
 */
@Command(name = "vision-transformer", showDefaultValues = true, description = "Tells figures by their patches.")
public final class Example20VisionTransformer implements Callable<Integer> {
    private static final int UNSEEN = 1_000;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "target/vision-transformer",
            description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "8", description = "passes over the pictures")
    private int epochs;

    @Option(names = "--pictures", defaultValue = "4000", description = "pictures to learn from")
    private int pictures;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the pictures")
    private long seed;

    private double accuracy;
    private double neighbours;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example20VisionTransformer(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requirePositive("--pictures", pictures);
        DataLoader train = DataLoader.of(Pictures.drawGrey(pictures, seed))
                .batchSize(50)
                .shuffle(true)
                .seed(seed);
        DataLoader test = DataLoader.of(Pictures.drawGrey(UNSEEN, seed + 1)).batchSize(100);

        PatchNetModel net = PatchNetModel.create(seed);
        System.out.println(net.summary());
        Trainer trainer = Trainer.of(net)
                .optimizer(AdamW.of(0.002f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(test);
        System.out.println(trainer.fit(train, epochs));

        ConfusionMatrix confusion = trainer.evaluate(test).confusion().orElseThrow();
        System.out.println(confusion);
        accuracy = confusion.accuracy();
        System.out.printf(Locale.ROOT, "right: %.2f %% of the unseen pictures\n", 100 * accuracy);

        float[] alike = likeness(net.stateDict().get("positions").toArray());
        neighbours = neighbours(alike);
        Files.createDirectories(out);
        Path file = out.resolve("positions.png");
        show(alike).writePng(file);
        System.out.printf(
                Locale.ROOT,
                "of %.0f %% of the patches the position that is most like theirs is a neighbour's; how much each is like"
                        + " all others is in %s\n",
                100 * neighbours,
                file);
        return 0;
    }

    /** The share of the unseen pictures whose figure is recognised. */
    double accuracy() {
        return accuracy;
    }

    /** The share of the patches whose learned position is most like that of one beside, above or below, also across. */
    double neighbours() {
        return neighbours;
    }

    /** Of each patch's position with each: the cosine between both. */
    private static float[] likeness(float[] positions) {
        int count = PatchNet.PATCHES * PatchNet.PATCHES;
        float[] alike = new float[count * count];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < count; k++) {
                alike[i * count + k] = (float)
                        (product(positions, i, k) / Math.sqrt(product(positions, i, i) * product(positions, k, k)));
            }
        }
        return alike;
    }

    /** The class token has the first position. */
    private static double product(float[] positions, int i, int k) {
        double sum = 0;
        for (int c = 0; c < PatchNet.WIDTH; c++) {
            sum += (double) positions[(1 + i) * PatchNet.WIDTH + c] * positions[(1 + k) * PatchNet.WIDTH + c];
        }
        return sum;
    }

    private static double neighbours(float[] alike) {
        int side = PatchNet.PATCHES;
        int count = side * side;
        int near = 0;
        for (int i = 0; i < count; i++) {
            int best = i == 0 ? 1 : 0;
            for (int k = 0; k < count; k++) {
                best = k != i && alike[i * count + k] > alike[i * count + best] ? k : best;
            }
            near += Math.abs(i / side - best / side) <= 1 && Math.abs(i % side - best % side) <= 1 ? 1 : 0;
        }
        return (double) near / count;
    }

    /** A small map for each patch, where the patch is: bright where a position is like its own. */
    private static ImageGrid show(float[] alike) {
        int side = PatchNet.PATCHES;
        float[] grey = new float[alike.length];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = Math.max(0, alike[i]);
        }
        return ImageGrid.of(grey, side * side, 1, side, side).columns(side).zoom(12);
    }
}
