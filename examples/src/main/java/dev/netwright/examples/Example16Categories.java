package dev.netwright.examples;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.SparseAdam;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.TensorDataset;
import dev.netwright.training.metrics.Metrics;
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
 * Learns what films have in common from ratings alone. Each film is of one of four genres, and each member of the club
 * likes some more than others; the network is told neither, but who rated what and how, and finds a place for every film.
 * Those of one genre end up beside each other, which the picture shows.
 */
@Command(name = "categories", showDefaultValues = true, description = "Learns places for films from ratings.")
public final class Example16Categories implements Callable<Integer> {
    private static final int MEMBERS = 400;
    private static final int FILMS = 120;
    private static final int GENRES = 4;
    /** Deviation of a rating from what member and film make of it: no network errs less. */
    private static final double WHIM = 0.25;

    private static final int SIDE = 320;

    private static final float[][] COLOURS = {
        {0.85f, 0.2f, 0.2f}, {0.15f, 0.5f, 0.85f}, {0.2f, 0.65f, 0.3f}, {0.9f, 0.6f, 0.1f}
    };

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/categories", description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "20", description = "passes over the ratings")
    private int epochs;

    @Option(names = "--samples", defaultValue = "12000", description = "ratings to learn from")
    private int samples;

    private double error;
    private double neighbours;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example16Categories(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requirePositive("--samples", samples);
        MersenneTwister random = new MersenneTwister(5);
        double[] tastes = directions(random, MEMBERS, MEMBERS);
        double[] films = directions(random, FILMS, GENRES);
        TensorDataset train = ratings(random, samples, tastes, films);
        DataLoader test = DataLoader.of(ratings(random, 2_000, tastes, films)).batchSize(200);

        TasteNetModel net = TasteNetModel.create(42);
        Trainer trainer = Trainer.of(net)
                // rows that no rating of a batch names stay as they are
                .optimizer(SparseAdam.of(0.02f).others(Adam.of(0.01f)))
                .validation(test)
                .metric(Metrics.rootMeanSquaredError());
        trainer.fit(DataLoader.of(train).batchSize(100).shuffle(true).seed(1), epochs);
        error = trainer.evaluate(test).metrics().get("rmse");
        float[] places = net.stateDict().get("films.weight").toArray();
        neighbours = neighboursOfOneGenre(places);
        System.out.printf(
                Locale.ROOT,
                "ratings that it has not seen are guessed to within %.2f, where %.2f is whim; of %.0f %% of the films the"
                        + " nearest other is of the same genre\n",
                error,
                WHIM,
                100 * neighbours);
        Files.createDirectories(out);
        picture(places).writePng(out.resolve("films.png"));
        System.out.println("where the films are, in the colours of their genres: " + out.resolve("films.png"));
        return 0;
    }

    /** The root mean squared error of ratings that it was not trained on. */
    double error() {
        return error;
    }

    /** The share of films whose nearest other is of the same genre. */
    double neighbours() {
        return neighbours;
    }

    /** Angles around some directions, which are evenly spread: of as many as there are, of all of the circle. */
    private static double[] directions(MersenneTwister random, int count, int kinds) {
        double[] angles = new double[count];
        for (int i = 0; i < count; i++) {
            angles[i] = 2 * Math.PI * (i % kinds) / kinds + 0.5 * (random.nextDouble() - 0.5);
        }
        return angles;
    }

    /** From 1 to 5, and a whim: high where both directions are alike. */
    private static TensorDataset ratings(MersenneTwister random, int count, double[] tastes, double[] films) {
        long[] member = new long[count];
        long[] film = new long[count];
        float[] rating = new float[count];
        random.normal(rating, 0, (float) WHIM);
        for (int i = 0; i < count; i++) {
            member[i] = random.nextInt(MEMBERS);
            film[i] = random.nextInt(FILMS);
            rating[i] += (float) (3 + 2 * Math.cos(tastes[(int) member[i]] - films[(int) film[i]]));
        }
        return TensorDataset.of(
                List.of(Tensor.ofLongs(member, count, 1), Tensor.ofLongs(film, count, 1)),
                List.of(Tensor.of(rating, count, 1)));
    }

    private static int genre(int film) {
        return film % GENRES;
    }

    private static double neighboursOfOneGenre(float[] places) {
        int same = 0;
        for (int i = 0; i < FILMS; i++) {
            int nearest = i == 0 ? 1 : 0;
            for (int k = 0; k < FILMS; k++) {
                if (k != i && distance(places, i, k) < distance(places, i, nearest)) {
                    nearest = k;
                }
            }
            same += genre(nearest) == genre(i) ? 1 : 0;
        }
        return (double) same / FILMS;
    }

    private static double distance(float[] places, int a, int b) {
        return Math.hypot(places[2 * a] - places[2 * b], places[2 * a + 1] - places[2 * b + 1]);
    }

    private static ImageGrid picture(float[] places) {
        float reach = 0;
        for (float place : places) {
            reach = Math.max(reach, Math.abs(place));
        }
        Canvas canvas = new Canvas(SIDE);
        canvas.gradient(new float[] {1, 1, 1}, new float[] {1, 1, 1}, 1, 0);
        double scale = SIDE * 0.45 / reach;
        for (int film = 0; film < FILMS; film++) {
            double x = SIDE / 2.0 + scale * places[2 * film];
            double y = SIDE / 2.0 - scale * places[2 * film + 1];
            canvas.paint((a, b) -> Math.hypot(a - x, b - y) < 5, x, y, 6, COLOURS[genre(film)]);
        }
        byte[] bytes = new byte[3 * SIDE * SIDE];
        canvas.write(bytes, 0, () -> 0);
        float[] pixels = new float[bytes.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (bytes[i] & 0xff) / 255f;
        }
        return ImageGrid.of(pixels, 1, 3, SIDE, SIDE);
    }
}
