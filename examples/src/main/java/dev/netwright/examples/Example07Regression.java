package dev.netwright.examples;

import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.CsvDataset;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.Subset;
import dev.netwright.training.metrics.Metrics;
import dev.netwright.training.trainer.Evaluation;
import dev.netwright.training.trainer.History;
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
 * Predicts a number from the columns of a CSV file: prices of houses, in hundreds of thousands. Without a file it writes
 * one of houses it makes up, whose prices are known up to a deviation of 0.1.
 */
@Command(name = "regression", showDefaultValues = true, description = "Predicts a column of a CSV file.")
public final class Example07Regression implements Callable<Integer> {
    private static final int HOUSES = 4_000;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "a CSV file with the columns area, rooms, age, distance and price; made up without one")
    private Path data;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/houses", description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "40", description = "passes over the houses")
    private int epochs;

    private double error;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example07Regression(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Files.createDirectories(out);
        CsvDataset houses = CsvDataset.from(data != null ? data : madeUp(out.resolve("houses.csv")))
                .inputs("area", "rooms", "age", "distance")
                .targets("price")
                .read();
        List<Subset> parts = Subset.randomSplit(houses, 1, 0.8, 0.2);
        DataLoader test = DataLoader.of(parts.get(1)).batchSize(256);

        HouseNetModel net = HouseNetModel.create(42);
        Trainer trainer = Trainer.of(net)
                .optimizer(Adam.of(0.01f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(test)
                .metric(Metrics.meanAbsoluteError())
                .metric(Metrics.rootMeanSquaredError())
                .earlyStopping(10);
        History history = trainer.fit(
                DataLoader.of(parts.get(0)).batchSize(64).shuffle(true).seed(1), epochs);
        System.out.println(history);
        history.curves().write(out, "curves");

        Evaluation evaluation = trainer.evaluate(test);
        error = evaluation.metrics().get("rmse");
        System.out.printf(Locale.ROOT, "root mean squared error of the test houses: %.3f\n", error);
        float[] some = {60, 2, 30, 5, 180, 6, 2, 15};
        float[] prices = net.predict(some, 2);
        System.out.printf(Locale.ROOT, "60 square metres, 5 km out: %.2f\n", prices[0]);
        System.out.printf(Locale.ROOT, "180 square metres, new, 15 km out: %.2f\n", prices[1]);
        return 0;
    }

    /** The root mean squared error over the test houses. */
    double error() {
        return error;
    }

    /** Prices grow with the area, less so far out, and fall with age until a house is old enough to be loved. */
    private static Path madeUp(Path file) throws IOException {
        MersenneTwister random = new MersenneTwister(7);
        float[] noise = new float[HOUSES];
        random.normal(noise, 0, 0.1f);
        StringBuilder text = new StringBuilder("area,rooms,age,distance,price\n");
        for (int i = 0; i < HOUSES; i++) {
            double area = 30 + 160 * random.nextDouble();
            int rooms = Math.max(1, (int) Math.round(area / 28 + 2 * random.nextDouble() - 1));
            double age = 80 * random.nextDouble();
            double distance = 20 * random.nextDouble();
            double price = area / 50 * Math.exp(-distance / 25) + 0.1 * rooms + Math.abs(age - 50) / 60 + noise[i];
            text.append(String.format(Locale.ROOT, "%.1f,%d,%.0f,%.1f,%.3f\n", area, rooms, age, distance, price));
        }
        return Files.writeString(file, text);
    }
}
