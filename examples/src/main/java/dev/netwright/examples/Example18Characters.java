package dev.netwright.examples;

import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.runtime.optim.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Learns which character follows, and writes on: {@link CharacterNet} reads a text that you name, or sentences of a grammar
 * that it draws.
 */
@Command(name = "characters", showDefaultValues = true, description = "Learns a text and writes on.")
public final class Example18Characters implements Callable<Integer> {
    private static final int BATCH = 32;
    private static final int SENTENCES = 2_000;
    private static final int TOLD_EVERY = 50;

    /** Below 1, likely characters become likelier. */
    private static final double TEMPERATURE = 0.6;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(names = "--text", paramLabel = "FILE", description = "what it learns; drawn sentences without it")
    private Path text;

    @Option(names = "--steps", defaultValue = "300", description = "batches to learn from")
    private int steps;

    @Option(names = "--length", defaultValue = "300", description = "characters to write")
    private int length;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the batches and what is written")
    private long seed;

    private String written = "";
    private double loss;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example18Characters(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--steps", steps);
        Commands.requirePositive("--length", length);
        int[] all = Characters.numbers(text == null ? Characters.draw(SENTENCES, seed) : Files.readString(text));
        Commands.requireAtLeast(CharacterNet.STEPS + 1, "the number of the text's characters", all.length);
        CharacterNetModel net = CharacterNetModel.create(seed);
        System.out.println(net.summary());
        learn(net, all);
        written = write(net, all);
        System.out.println("It writes:\n" + written);
        return 0;
    }

    private void learn(CharacterNetModel net, int[] all) {
        MersenneTwister random = new MersenneTwister(seed);
        Adam adam = Adam.of(0.005f);
        int[] read = new int[BATCH * CharacterNet.STEPS];
        int[] next = new int[BATCH * CharacterNet.STEPS];
        double sum = 0;
        for (int step = 1; step <= steps; step++) {
            for (int i = 0; i < BATCH; i++) {
                int first = (int) random.uniform(0, all.length - CharacterNet.STEPS);
                System.arraycopy(all, first, read, i * CharacterNet.STEPS, CharacterNet.STEPS);
                System.arraycopy(all, first + 1, next, i * CharacterNet.STEPS, CharacterNet.STEPS);
            }
            loss = net.trainStep(read, next, BATCH, adam);
            sum += loss;
            if (step % TOLD_EVERY == 0) {
                double mean = sum / TOLD_EVERY;
                System.out.printf(
                        Locale.ROOT,
                        "step %4d of %d: loss %.3f, as if one of %.1f characters followed\n",
                        step,
                        steps,
                        mean,
                        Math.exp(mean));
                sum = 0;
            }
        }
    }

    /** Goes on where the text begins: each character is drawn as likely as the network thinks it. */
    private String write(CharacterNetModel net, int[] all) {
        MersenneTwister random = new MersenneTwister(seed + 1);
        int[] window = Arrays.copyOf(all, CharacterNet.STEPS);
        float[] scores = new float[Characters.KINDS * CharacterNet.STEPS];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            net.predict(window, 1, scores);
            int drawn = draw(scores, random.uniform(0, 1));
            text.append(Characters.character(drawn));
            System.arraycopy(window, 1, window, 0, window.length - 1);
            window[window.length - 1] = drawn;
        }
        return text.toString();
    }

    private static int draw(float[] scores, double place) {
        double[] shares = new double[Characters.KINDS];
        double sum = 0;
        for (int c = 0; c < shares.length; c++) {
            shares[c] = Math.exp(scores[(c + 1) * CharacterNet.STEPS - 1] / TEMPERATURE);
            sum += shares[c];
        }
        double rest = place * sum;
        for (int c = 0; c < shares.length; c++) {
            rest -= shares[c];
            if (rest < 0) {
                return c;
            }
        }
        return shares.length - 1;
    }

    /** What was written. */
    String written() {
        return written;
    }

    /** The last batch's. */
    double loss() {
        return loss;
    }
}
