package dev.netwright.examples;

import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.metrics.ConfusionMatrix;
import dev.netwright.training.picture.Curves;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells the shapes of noisy waves with a network of one dimension: {@link SeriesNet} convolves and pools along time. */
@Command(name = "series", showDefaultValues = true, description = "Tells which shape a noisy wave has.")
public final class Example17Series implements Callable<Integer> {
    private static final int UNSEEN = 1_000;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/series", description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "8", description = "passes over the waves")
    private int epochs;

    @Option(names = "--samples", defaultValue = "4000", description = "waves to learn from")
    private int samples;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the waves")
    private long seed;

    private double accuracy;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example17Series(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requirePositive("--samples", samples);
        DataLoader train = DataLoader.of(Waves.draw(samples, seed))
                .batchSize(50)
                .shuffle(true)
                .seed(seed);
        DataLoader test = DataLoader.of(Waves.draw(UNSEEN, seed + 1)).batchSize(100);

        SeriesNetModel net = SeriesNetModel.create(seed);
        System.out.println(net.summary());
        Trainer trainer = Trainer.of(net)
                .optimizer(Adam.of(0.005f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(test);
        System.out.println(trainer.fit(train, epochs));

        ConfusionMatrix confusion = trainer.evaluate(test).confusion().orElseThrow();
        System.out.println(confusion);
        accuracy = confusion.accuracy();
        System.out.printf(Locale.ROOT, "right: %.2f %% of the unseen waves\n", 100 * accuracy);
        Files.createDirectories(out);
        Path file = out.resolve("waves.png");
        show(net, test.iterator().next()).writePng(file);
        System.out.println("one of each, and what it is taken for, are in " + file);
        return 0;
    }

    /** The share of the unseen waves whose shape is recognised. */
    double accuracy() {
        return accuracy;
    }

    private static Curves show(SeriesNetModel net, Batch batch) {
        float[] scores = net.predict(batch.inputs(), batch.size());
        Curves curves = Curves.of("Unseen waves", "step");
        for (int i = 0; i < Waves.KINDS; i++) {
            double[] wave = new double[Waves.STEPS];
            for (int t = 0; t < wave.length; t++) {
                wave[t] = batch.inputs()[i * Waves.STEPS + t];
            }
            int best = 0;
            for (int c = 1; c < Waves.KINDS; c++) {
                best = scores[i * Waves.KINDS + c] > scores[i * Waves.KINDS + best] ? c : best;
            }
            curves.panel(Waves.NAMES.get(batch.labels()[i])).series("taken for " + Waves.NAMES.get(best), wave);
        }
        return curves;
    }
}
