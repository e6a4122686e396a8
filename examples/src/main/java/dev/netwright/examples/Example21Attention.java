package dev.netwright.examples;

import dev.netwright.runtime.optim.Adam;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Learns to look letters up in a list, and draws where it looks: {@link LookupNet} gives attention's weights as an output
 * beside its answers.
 */
@Command(name = "attention", showDefaultValues = true, description = "Looks letters up, and draws where it looks.")
public final class Example21Attention implements Callable<Integer> {
    private static final int UNSEEN = 1_000;
    private static final int BATCH = 50;
    private static final int SHOWN = 4;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/attention", description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "8", description = "passes over the lists")
    private int epochs;

    @Option(names = "--lists", defaultValue = "10000", description = "lists to learn from")
    private int lists;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the lists")
    private long seed;

    private double accuracy;
    private double attention;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example21Attention(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requirePositive("--lists", lists);
        DataLoader train = DataLoader.of(Lists.draw(lists, seed))
                .batchSize(BATCH)
                .shuffle(true)
                .seed(seed);
        DataLoader test = DataLoader.of(Lists.draw(UNSEEN, seed + 1)).batchSize(BATCH);

        LookupNetModel net = LookupNetModel.create(seed);
        System.out.println(net.summary());
        Adam adam = Adam.of(0.003f);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double sum = 0;
            int steps = 0;
            for (Batch batch : train) {
                sum += net.trainStep(
                        batch.ints(0), batch.ints(1), batch.ints(2), batch.ints(3), batch.labels(), batch.size(), adam);
                steps++;
            }
            measure(net, test);
            System.out.printf(
                    Locale.ROOT,
                    "epoch %d of %d: loss %.3f; of unseen lists %.2f %% of the answers are right, and the place where the"
                            + " answer stands gets %.0f %% of the attention\n",
                    epoch,
                    epochs,
                    sum / steps,
                    100 * accuracy,
                    100 * attention);
        }
        Files.createDirectories(out);
        Path file = out.resolve("attention.png");
        show(net, test.iterator().next()).writePng(file);
        System.out.println("where it looks in some lists is in " + file);
        return 0;
    }

    /** The share of questions about unseen lists that are answered rightly. */
    double accuracy() {
        return accuracy;
    }

    /** The mean weight of the place at which the answer stands. */
    double attention() {
        return attention;
    }

    private void measure(LookupNetModel net, DataLoader test) {
        int right = 0;
        double found = 0;
        for (Batch batch : test) {
            LookupNetModel.Outputs outputs = predict(net, batch);
            for (int i = 0; i < batch.size(); i++) {
                for (int q = 0; q < Lists.QUESTIONS; q++) {
                    right += answer(outputs, i, q) == batch.labels()[i * Lists.QUESTIONS + q] ? 1 : 0;
                    found += outputs.weights()[(i * Lists.QUESTIONS + q) * Lists.ROOM + place(batch, i, q)];
                }
            }
        }
        int questions = UNSEEN * Lists.QUESTIONS;
        accuracy = (double) right / questions;
        attention = found / questions;
    }

    private static LookupNetModel.Outputs predict(LookupNetModel net, Batch batch) {
        return net.predict(batch.ints(0), batch.ints(1), batch.ints(2), batch.ints(3), batch.size());
    }

    private static int answer(LookupNetModel.Outputs outputs, int list, int question) {
        int best = 0;
        for (int digit = 1; digit < Lists.DIGITS; digit++) {
            best = score(outputs, list, question, digit) > score(outputs, list, question, best) ? digit : best;
        }
        return best;
    }

    private static float score(LookupNetModel.Outputs outputs, int list, int question, int digit) {
        return outputs.answers()[(list * Lists.DIGITS + digit) * Lists.QUESTIONS + question];
    }

    /** Where the letter stands that is asked for. */
    private static int place(Batch batch, int list, int question) {
        int place = 0;
        while (batch.ints(0)[list * Lists.ROOM + place] != batch.ints(3)[list * Lists.QUESTIONS + question]) {
            place++;
        }
        return place;
    }

    private static HeatMaps show(LookupNetModel net, Batch batch) {
        LookupNetModel.Outputs outputs = predict(net, batch);
        List<LookedUp> shown = new ArrayList<>();
        for (int i = 0; i < SHOWN; i++) {
            List<String> entries = new ArrayList<>();
            for (int e = 0; e < batch.ints(2)[i]; e++) {
                entries.add(Lists.letter(batch.ints(0)[i * Lists.ROOM + e]) + batch.ints(1)[i * Lists.ROOM + e]);
            }
            List<String> asked = new ArrayList<>();
            List<String> answers = new ArrayList<>();
            float[] weights = new float[Lists.QUESTIONS * Lists.ROOM];
            for (int q = 0; q < Lists.QUESTIONS; q++) {
                asked.add(Lists.letter(batch.ints(3)[i * Lists.QUESTIONS + q]));
                answers.add(String.valueOf(answer(outputs, i, q)));
            }
            System.arraycopy(outputs.weights(), i * weights.length, weights, 0, weights.length);
            shown.add(new LookedUp(entries, asked, answers, weights));
        }
        return new HeatMaps(shown);
    }
}
