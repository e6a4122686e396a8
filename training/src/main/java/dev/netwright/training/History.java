package dev.netwright.training;

import dev.netwright.training.picture.Curves;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a training did, epoch by epoch. It prints itself as a table and draws its own curves. */
public final class History {
    /** The name under which the mean loss of validation stands among the figures. */
    public static final String LOSS = "loss";

    /**
     * One epoch.
     *
     * @param number counted from 1
     * @param loss mean over the samples trained on, each before its own update
     * @param validation figures over the validation samples by name, the mean loss among them as {@link #LOSS}; empty
     *     without validation
     * @param learningRate of the optimiser during the epoch
     * @param seconds of training, validation apart
     * @param samples trained on
     */
    public record Epoch(
            int number,
            double loss,
            Map<String, Double> validation,
            double learningRate,
            double seconds,
            long samples) {
        /**
         * Copies the map.
         *
         * @param number counted from 1
         * @param loss mean over the samples
         * @param validation figures by name
         * @param learningRate of the optimiser
         * @param seconds of training
         * @param samples trained on
         */
        public Epoch {
            validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
        }
    }

    private final List<Epoch> epochs = new ArrayList<>();

    History() {}

    void add(Epoch epoch) {
        epochs.add(epoch);
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

    /** Every name of a validation figure, in the order of their first appearance. */
    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        epochs.forEach(epoch -> names.addAll(epoch.validation().keySet()));
        return names;
    }

    /**
     * The course of one figure.
     *
     * @param name of a validation figure
     * @return a value for each epoch, NaN where it was not measured
     */
    public double[] validation(String name) {
        return epochs.stream()
                .mapToDouble(epoch -> epoch.validation().getOrDefault(name, Double.NaN))
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
        for (String name : names()) {
            if (name.equals(LOSS)) {
                curves.series("validation", x, validation(LOSS));
            } else {
                curves.panel(name).series("validation", x, validation(name));
            }
        }
        return curves;
    }

    /**
     * A table with a line for each epoch.
     *
     * @return several lines, without a line end after the last
     */
    @Override
    public String toString() {
        Set<String> names = names();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%5s %9s", "epoch", "loss"));
        names.forEach(
                name -> text.append(String.format(Locale.ROOT, " %10s", name.equals(LOSS) ? "validation" : name)));
        text.append(String.format(Locale.ROOT, " %9s %7s %9s", "rate", "seconds", "samples/s"));
        for (Epoch epoch : epochs) {
            text.append(String.format(Locale.ROOT, "%n%5d %9.4f", epoch.number(), epoch.loss()));
            for (String name : names) {
                text.append(
                        String.format(Locale.ROOT, " %10.4f", epoch.validation().getOrDefault(name, Double.NaN)));
            }
            text.append(String.format(
                    Locale.ROOT,
                    " %9.3g %7.1f %9.0f",
                    epoch.learningRate(),
                    epoch.seconds(),
                    epoch.samples() / Math.max(1e-9, epoch.seconds())));
        }
        return text.toString();
    }
}
