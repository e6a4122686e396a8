package dev.netwright.training.trainer;

import dev.netwright.runtime.Model;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.metrics.ConfusionMatrix;
import dev.netwright.training.metrics.Metric;
import dev.netwright.training.metrics.Metrics;
import dev.netwright.training.metrics.Predictions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures a network on the samples of a loader. */
final class Evaluator {
    private final BatchFeed feed;
    private final List<Metric> metrics;

    Evaluator(Model model, List<Metric> metrics) {
        this.feed = new BatchFeed(model);
        this.metrics = new ArrayList<>(metrics);
        boolean named = metrics.stream().anyMatch(metric -> metric.name().equals("accuracy"));
        if (feed.classifies() && !named) {
            this.metrics.add(0, Metrics.accuracy());
        }
    }

    /** The names of all figures. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (feed.hasLoss()) {
            names.add(History.LOSS);
        }
        metrics.forEach(metric -> names.add(metric.name()));
        return names;
    }

    /** Begins to measure batches. */
    void begin() {
        metrics.forEach(Metric::reset);
    }

    /** Measures a batch by all metrics, with the weights as they are. */
    void add(Batch batch) {
        if (!metrics.isEmpty()) {
            add(feed.predict(batch));
        }
    }

    private void add(Predictions predictions) {
        metrics.forEach(metric -> metric.add(predictions));
    }

    /** The metrics of what was added, by name. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        metrics.forEach(metric -> figures.put(metric.name(), metric.value()));
        return figures;
    }

    Evaluation evaluate(DataLoader loader) {
        begin();
        List<String> classNames = loader.dataset().classNames();
        ConfusionMatrix confusion =
                feed.classifies() && classNames.size() == feed.classes() ? ConfusionMatrix.of(classNames) : null;
        LossMean loss = new LossMean();
        for (Batch batch : loader) {
            if (feed.hasLoss()) {
                loss.add(feed.mean(feed.evaluate(batch), batch), feed.weight(batch));
            }
            if (!metrics.isEmpty() || confusion != null) {
                Predictions predictions = feed.predict(batch);
                add(predictions);
                if (confusion != null) {
                    confusion.add(predictions.outputs(), predictions.labels(), predictions.size());
                }
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        if (feed.hasLoss()) {
            figures.put(History.LOSS, loss.value());
        }
        figures.putAll(figures());
        return new Evaluation(loss.value(), figures, Optional.ofNullable(confusion));
    }

    /** A figure as people read it. */
    String format(String name, double value) {
        for (Metric metric : metrics) {
            if (metric.name().equals(name)) {
                return name + " " + metric.format(value);
            }
        }
        return name + String.format(Locale.ROOT, " %.4f", value);
    }

    /** The first metric of what was added, as people read it; empty if there is none. */
    String firstFigure() {
        return metrics.isEmpty()
                ? ""
                : format(metrics.get(0).name(), metrics.get(0).value());
    }
}
