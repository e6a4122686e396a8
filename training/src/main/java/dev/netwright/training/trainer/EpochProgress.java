package dev.netwright.training.trainer;

import dev.netwright.training.data.DataLoader;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/**
 * What a user watches during one epoch: a bar with the mean loss, the accuracy and the samples per second on a
 * terminal, a plain line now and then elsewhere (a log file, a build server). Close it when the epoch ends.
 *
 * <p>It is written to standard error, so that a program's own output stays clean.
 */
public final class EpochProgress implements AutoCloseable {

    private static final int LONGEST_BAR = 40;
    private static final int BAR_INTERVAL_MILLIS = 200;
    private static final long LINE_INTERVAL_NANOS = 10_000_000_000L;

    private final String name;
    private final long samples;
    private final PrintStream lines;
    private final ProgressBar bar;
    private final long start = System.nanoTime();

    private long done;
    private long steps;
    private long batch;
    private long lastStep = start;
    private final LossMean loss = new LossMean();
    private Supplier<String> metric = () -> "";
    private long lastRefresh = start;
    private boolean closed;

    private EpochProgress(String name, long samples, PrintStream lines, ProgressBar bar) {
        this.name = name;
        this.samples = samples;
        this.lines = lines;
        this.bar = bar;
    }

    /**
     * Begins an epoch, with a bar if the program runs on a terminal and plain lines if not.
     *
     * @param name what the line begins with, such as {@code epoch 3/10}
     * @param samples how many samples the epoch visits, see {@link DataLoader#samples()}
     * @return the running display
     */
    public static EpochProgress start(String name, long samples) {
        if (!onTerminal()) {
            return plain(name, samples, System.err);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(samples)
                .setRenderer(EpochProgress::render)
                .setUpdateIntervalMillis(BAR_INTERVAL_MILLIS)
                .build();
        return new EpochProgress(name, samples, null, bar);
    }

    /**
     * Begins an epoch that is reported in plain lines, at most one in ten seconds and one at the end.
     *
     * @param name what each line begins with
     * @param samples how many samples the epoch visits
     * @param out where the lines go
     * @return the running display
     */
    public static EpochProgress plain(String name, long samples, PrintStream out) {
        return new EpochProgress(name, samples, out, null);
    }

    /**
     * Reports a step.
     *
     * @param loss the mean loss of the step's samples
     * @param size how many samples it took
     */
    public void step(double loss, int size) {
        step(loss, size, size);
    }

    /** A step whose loss counts by a weight of its own. */
    void step(double batchLoss, double weight, int size) {
        steps++;
        batch = Math.max(batch, size);
        done += size;
        loss.add(batchLoss, weight);
        long now = System.nanoTime();
        lastStep = now;
        if (bar != null) {
            bar.stepTo(done);
            if (now - lastRefresh >= BAR_INTERVAL_MILLIS * 1_000_000L) {
                lastRefresh = now;
                bar.setExtraMessage(metrics());
            }
        } else if (now - lastRefresh >= LINE_INTERVAL_NANOS) {
            lastRefresh = now;
            print();
        }
    }

    /**
     * Sets the metric to show from now on.
     *
     * @param text name and value, such as {@code accuracy 91.50 %}
     */
    public void metric(String text) {
        metric(() -> text);
    }

    /** Sets where the metric to show comes from; it is asked only when there is something to show. */
    void metric(Supplier<String> text) {
        metric = text;
    }

    /**
     * Sets the accuracy to show from now on.
     *
     * @param accuracy a share from 0 to 1
     */
    public void accuracy(double accuracy) {
        metric(String.format(Locale.ROOT, "accuracy %.2f %%", 100 * accuracy));
    }

    /**
     * The mean loss over the samples so far.
     *
     * @return the mean, or NaN before the first step
     */
    public double meanLoss() {
        return loss.value();
    }

    /**
     * The speed from the start to the last step; what follows it, such as an evaluation, does not count.
     *
     * @return samples per second, 0 before the first step
     */
    public double samplesPerSecond() {
        return done * 1e9 / Math.max(1, lastStep - start);
    }

    /** Shows the final figures and ends the display; closing twice does nothing more. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (bar != null) {
            bar.setExtraMessage(metrics());
            bar.close();
        } else {
            print();
        }
    }

    /** From JDK 22 on a console may exist without a terminal, and says so itself. */
    private static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    /** The figures come first: on a narrow terminal the bar gives way, not they. */
    private static String render(ProgressState state, int width) {
        String name = state.getTaskName();
        String figures = String.format(
                Locale.ROOT, "%3.0f %%  %s", 100 * state.getNormalizedProgress(), state.getExtraMessage());
        int length = Math.min(LONGEST_BAR, width - name.length() - figures.length() - 4);
        if (length < 1) {
            return name + " " + figures;
        }
        int full = (int) (length * state.getNormalizedProgress());
        return name + " [" + "=".repeat(full) + " ".repeat(length - full) + "] " + figures;
    }

    private void print() {
        lines.println(name + "  " + metrics());
    }

    private String metrics() {
        StringBuilder text = new StringBuilder();
        // The last batch may be smaller, the others are as large as the largest so far.
        long batches = steps + (batch == 0 ? 0 : (samples - done + batch - 1) / batch);
        text.append(String.format(Locale.ROOT, "batch %d/%d  loss %.4f", steps, batches, meanLoss()));
        String figure = metric.get();
        if (!figure.isEmpty()) {
            text.append("  ").append(figure);
        }
        text.append(String.format(Locale.ROOT, "  %.0f samples/s", samplesPerSecond()));
        double seconds = done < samples ? (samples - done) / samplesPerSecond() : (lastStep - start) / 1e9;
        if (steps > 0) {
            text.append("  ").append(duration(seconds)).append(done < samples ? " left" : "");
        }
        return text.toString();
    }

    /** Such as {@code 7 s}, {@code 12:05} or {@code 3:04:05}. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
