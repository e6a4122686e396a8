package dev.netwright.training.trainer;

import dev.netwright.training.picture.Curves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a training did, epoch by epoch. It prints itself as tables and draws its own curves. */
public final class History {
    /** The name under which the mean loss of validation stands among the figures. */
    public static final String LOSS = "loss";

    /**
     * One epoch.
     *
     * @param number counted from 1
     * @param loss mean over the samples trained on, each before its own update
     * @param training figures over these samples by name; empty without {@link Trainer#trainingMetrics()}
     * @param validation figures over the validation samples by name, the mean loss among them as {@link #LOSS}; empty
     *     without validation
     * @param learningRate of the optimiser during the epoch
     * @param seconds of training, validation apart
     * @param samples trained on
     */
    public record Epoch(
            int number,
            double loss,
            Map<String, Double> training,
            Map<String, Double> validation,
            double learningRate,
            double seconds,
            long samples) {
        /**
         * Copies the maps.
         *
         * @param number counted from 1
         * @param loss mean over the samples
         * @param training figures by name
         * @param validation figures by name
         * @param learningRate of the optimiser
         * @param seconds of training
         * @param samples trained on
         */
        public Epoch {
            training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
            validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
        }
    }

    /**
     * The epoch with the best value of the figure that was watched.
     *
     * @param epoch counted from 1; one before the first of {@link #epochs()} if training was resumed after it
     * @param name of the figure: a metric's, or {@link #LOSS}
     * @param value of the figure
     * @param restored whether the model has the weights of this epoch, as it has after early stopping
     */
    public record Best(int epoch, String name, double value, boolean restored) {}

    private final List<Epoch> epochs = new ArrayList<>();
    private Best best;
    private boolean stoppedEarly;

    History() {}

    void add(Epoch epoch) {
        epochs.add(epoch);
    }

    void best(Best value) {
        best = value;
    }

    void stoppedEarly(boolean value) {
        stoppedEarly = value;
    }

    /**
     * The best epoch, by {@link Trainer#watch} or else by the loss.
     *
     * @return empty if no epoch was finished, or the figure never was a number
     */
    public Optional<Best> best() {
        return Optional.ofNullable(best);
    }

    /**
     * Whether {@link Trainer#earlyStopping} ended the training.
     *
     * @return false if it came to its last epoch, or was asked to stop
     */
    public boolean stoppedEarly() {
        return stoppedEarly;
    }

    /**
     * All epochs of this run.
     *
     * @return in their order; resumed training begins with the epoch it was resumed in
     */
    public List<Epoch> epochs() {
        return Collections.unmodifiableList(epochs);
    }

    /**
     * The last epoch.
     *
     * @return the newest figures
     * @throws IllegalStateException if no epoch was finished
     */
    public Epoch last() {
        if (epochs.isEmpty()) {
            throw new IllegalStateException("no epoch was finished");
        }
        return epochs.get(epochs.size() - 1);
    }

    /** Every name of a figure, in the order of their first appearance. */
    private Set<String> names(Function<Epoch, Map<String, Double>> part) {
        Set<String> names = new LinkedHashSet<>();
        epochs.forEach(epoch -> names.addAll(part.apply(epoch).keySet()));
        return names;
    }

    /**
     * The course of one figure.
     *
     * @param name of a validation figure
     * @return a value for each epoch, NaN where it was not measured
     */
    public double[] validation(String name) {
        return course(Epoch::validation, name);
    }

    /**
     * The course of one figure over the training samples.
     *
     * @param name of a metric
     * @return a value for each epoch, NaN where it was not measured
     */
    public double[] training(String name) {
        return course(Epoch::training, name);
    }

    private double[] course(Function<Epoch, Map<String, Double>> part, String name) {
        return epochs.stream()
                .mapToDouble(epoch -> part.apply(epoch).getOrDefault(name, Double.NaN))
                .toArray();
    }

    /**
     * The course of the training loss.
     *
     * @return a value for each epoch
     */
    public double[] loss() {
        return epochs.stream().mapToDouble(Epoch::loss).toArray();
    }

    /**
     * The curves of the losses, and of every metric below them, ready to be shown or written as PNG or SVG.
     *
     * @return a picture with a panel for each
     * @throws IllegalStateException if no epoch was finished
     */
    public Curves curves() {
        last();
        double[] x = epochs.stream().mapToDouble(Epoch::number).toArray();
        Curves curves = Curves.of("Training", "epoch").panel(LOSS).series("training", x, loss());
        Set<String> measured = names(Epoch::validation);
        if (measured.contains(LOSS)) {
            curves.series("validation", x, validation(LOSS));
        }
        Set<String> trained = names(Epoch::training);
        Set<String> metrics = new LinkedHashSet<>(measured);
        metrics.addAll(trained);
        metrics.remove(LOSS);
        for (String name : metrics) {
            curves.panel(name);
            if (trained.contains(name)) {
                curves.series("training", x, training(name));
            }
            if (measured.contains(name)) {
                curves.series("validation", x, validation(name));
            }
        }
        return curves;
    }

    /**
     * Tables of at most 80 columns with a line for each epoch, as many as the figures need, and a line with the best
     * epoch.
     *
     * @return several lines, without a line end after the last
     */
    @Override
    public String toString() {
        FigureTable table = new FigureTable("epoch", column("%d", Epoch::number));
        table.add("loss", 9, column("%.4f", Epoch::loss));
        names(Epoch::training).forEach(name -> table.add("train " + name, 10, column("%.4f", training(name))));
        names(Epoch::validation)
                .forEach(name ->
                        table.add(name.equals(LOSS) ? "validation" : name, 10, column("%.4f", validation(name))));
        table.add("rate", 9, column("%.3g", Epoch::learningRate));
        table.add("seconds", 7, column("%.1f", Epoch::seconds));
        table.add("samples/s", 9, column("%.0f", epoch -> epoch.samples() / Math.max(1e-9, epoch.seconds())));
        return best == null ? table.toString() : table + "\n" + text(best);
    }

    private static String text(Best best) {
        return String.format(
                Locale.ROOT,
                "best epoch %d: %s %.4f%s",
                best.epoch(),
                best.name(),
                best.value(),
                best.restored() ? "; the weights are its" : "");
    }

    private List<String> column(String format, Function<Epoch, Object> value) {
        return epochs.stream()
                .map(epoch -> String.format(Locale.ROOT, format, value.apply(epoch)))
                .toList();
    }

    private static List<String> column(String format, double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, format, value))
                .toList();
    }
}
