package dev.netwright.training;

import dev.netwright.runtime.Model;
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

    /** The metric that people look at first; null if there is none. */
    Metric first() {
        return metrics.isEmpty() ? null : metrics.get(0);
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

    Evaluation evaluate(DataLoader loader) {
        metrics.forEach(Metric::reset);
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
                metrics.forEach(metric -> metric.add(predictions));
                if (confusion != null) {
                    confusion.add(predictions.outputs(), predictions.labels(), predictions.size());
                }
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        if (feed.hasLoss()) {
            figures.put(History.LOSS, loss.value());
        }
        metrics.forEach(metric -> figures.put(metric.name(), metric.value()));
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

    /** The first metric over one batch, as people read it. */
    String probe(Batch batch) {
        Metric metric = first();
        metric.reset();
        metric.add(feed.predict(batch));
        return metric.name() + " " + metric.format(metric.value());
    }
}
