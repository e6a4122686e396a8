package dev.netwright.examples;

import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.FashionMnist;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Learns from pairs of pictures whether both show the same kind of thing, and is right about more than 90 % of pairs of
 * pictures it has not seen.
 */
@Command(name = "siamese", showDefaultValues = true, description = "Says whether two pictures show the same thing.")
public final class Example11Siamese implements Callable<Integer> {
    private static final int PICTURES = 6_000;
    private static final int TEST_PAIRS = 2_000;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "folder of Fashion-MNIST's four IDX files, plain or gzip; drawn without one")
    private Path data;

    @Option(names = "--pairs", defaultValue = "40000", description = "how many pairs to learn from")
    private int pairs;

    @Option(names = "--epochs", defaultValue = "4", description = "passes over the pairs")
    private int epochs;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the pairs")
    private long seed;

    private double accuracy;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example11Siamese(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requirePositive("--pairs", pairs);
        FashionMnist pictures = data != null ? FashionMnist.read(data) : drawn();
        DataLoader train = DataLoader.of(Pairs.of(pictures.train(), pairs, 2 * seed))
                .batchSize(64)
                .shuffle(true)
                .seed(seed);
        DataLoader test = DataLoader.of(Pairs.of(pictures.test(), TEST_PAIRS, 2 * seed + 1))
                .batchSize(256);

        SiameseNetModel net = SiameseNetModel.create(seed);
        // Both towers are in the table; only the first has parameters.
        System.out.println(net.summary());
        Trainer trainer = Trainer.of(net)
                .optimizer(Adam.of(0.001f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(test)
                .progressBar();
        System.out.println(trainer.fit(train, epochs));

        measure(net, test);
        return 0;
    }

    private FashionMnist drawn() {
        return new FashionMnist(Pictures.drawGrey(PICTURES, 2 * seed), Pictures.drawGrey(PICTURES / 6, 2 * seed + 1));
    }

    /** The share of unseen pairs about which the network is right. */
    double accuracy() {
        return accuracy;
    }

    private void measure(SiameseNetModel net, DataLoader test) {
        int[] right = new int[2];
        int[] all = new int[2];
        for (Batch batch : test) {
            float[] scores = net.predict(batch.inputs(0), batch.inputs(1), batch.size());
            for (int i = 0; i < batch.size(); i++) {
                int same = (int) batch.targets()[i];
                all[same]++;
                // The loss takes scores: 0 is the sigmoid's one half.
                right[same] += scores[i] > 0 == (same == 1) ? 1 : 0;
            }
        }
        accuracy = (double) (right[0] + right[1]) / (all[0] + all[1]);
        System.out.printf(Locale.ROOT, "right about %d of %d unseen pairs of one class\n", right[1], all[1]);
        System.out.printf(Locale.ROOT, "right about %d of %d unseen pairs of two classes\n", right[0], all[0]);
        System.out.printf(Locale.ROOT, "in all %.2f %%\n", 100 * accuracy);
    }
}
