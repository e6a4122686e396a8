package dev.netwright.examples;

import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.metrics.Metrics;
import dev.netwright.training.picture.Curves;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells how series go on that are of several lengths: {@link ForecastNet} reads each with a recurrent layer, up to its own last
 * step.
 */
@Command(name = "forecast", showDefaultValues = true, description = "Tells a day's tides from those before.")
public final class Example19Forecast implements Callable<Integer> {
    private static final int UNSEEN = 1_000;
    private static final int SHOWN = 4;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/forecast", description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "15", description = "passes over the series")
    private int epochs;

    @Option(names = "--samples", defaultValue = "4000", description = "series to learn from")
    private int samples;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the series")
    private long seed;

    private double error;
    private double errorOfRepetition;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example19Forecast(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requirePositive("--samples", samples);
        DataLoader train = DataLoader.of(Tides.draw(samples, seed))
                .batchSize(50)
                .shuffle(true)
                .seed(seed);
        DataLoader test = DataLoader.of(Tides.draw(UNSEEN, seed + 1)).batchSize(100);

        ForecastNetModel net = ForecastNetModel.create(seed);
        System.out.println(net.summary());
        Trainer trainer = Trainer.of(net)
                .optimizer(Adam.of(0.005f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(test)
                .metric(Metrics.rootMeanSquaredError());
        System.out.println(trainer.fit(train, epochs));

        error = trainer.evaluate(test).metrics().get("rmse");
        errorOfRepetition = errorOfRepetition(test);
        System.out.printf(
                Locale.ROOT,
                "levels of the next %d hours are told to within %.2f, where ripples are %.2f; what was %d hours before"
                        + " would be %.2f off\n",
                Tides.AHEAD,
                error,
                Tides.RIPPLES,
                Tides.AHEAD,
                errorOfRepetition);
        Files.createDirectories(out);
        Path file = out.resolve("tides.png");
        show(net, test.iterator().next()).writePng(file);
        System.out.println("some series and how they go on are in " + file);
        return 0;
    }

    /** The root mean squared error of the unseen series' next steps. */
    double error() {
        return error;
    }

    /** The same of a forecast that repeats the last steps. */
    double errorOfRepetition() {
        return errorOfRepetition;
    }

    private static double errorOfRepetition(DataLoader test) {
        double squares = 0;
        int count = 0;
        for (Batch batch : test) {
            for (int i = 0; i < batch.size(); i++) {
                int length = batch.ints(1)[i];
                for (int t = 0; t < Tides.AHEAD; t++) {
                    double before = batch.inputs(0)[i * Tides.STEPS + length - Tides.AHEAD + t];
                    squares += Math.pow(batch.targets()[i * Tides.AHEAD + t] - before, 2);
                    count++;
                }
            }
        }
        return Math.sqrt(squares / count);
    }

    private static Curves show(ForecastNetModel net, Batch batch) {
        float[] forecast = net.predict(batch.inputs(0), batch.ints(1), batch.size());
        Curves curves = Curves.of("Unseen series", "hour");
        for (int i = 0; i < SHOWN; i++) {
            int length = batch.ints(1)[i];
            curves.panel(length + " hours")
                    .series("measured", hours(0, length), values(batch.inputs(0), i * Tides.STEPS, length))
                    .series("came", hours(length, Tides.AHEAD), values(batch.targets(), i * Tides.AHEAD, Tides.AHEAD))
                    .series("forecast", hours(length, Tides.AHEAD), values(forecast, i * Tides.AHEAD, Tides.AHEAD));
        }
        return curves;
    }

    private static double[] hours(int first, int count) {
        return IntStream.range(first, first + count).asDoubleStream().toArray();
    }

    private static double[] values(float[] of, int first, int count) {
        return IntStream.range(first, first + count).mapToDouble(i -> of[i]).toArray();
    }
}
