package dev.netwright.training.metrics;

import dev.netwright.runtime.files.checkpoint.Better;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** The usual metrics, each a new one. */
public final class Metrics {
    private Metrics() {}

    /**
     * The share of samples whose label has the largest score.
     *
     * @return 0 to 1
     */
    public static Metric accuracy() {
        return topK("accuracy", 1);
    }

    /**
     * The share of samples whose label is among the largest scores.
     *
     * @param k how many, at least 1
     * @return 0 to 1
     * @throws IllegalArgumentException if k is below 1
     */
    public static Metric topK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, but is " + k);
        }
        return topK("top-" + k, k);
    }

    private static Metric topK(String name, int k) {
        return new Mean(name, Better.HIGHER, Math::abs) {
            @Override
            public void add(Predictions predictions) {
                int[] labels = predictions.labels();
                float[] scores = predictions.outputs();
                int classes = predictions.outputSize();
                for (int i = 0; i < predictions.size(); i++) {
                    float own = scores[i * classes + labels[i]];
                    int better = 0;
                    for (int c = 0; c < classes; c++) {
                        float other = scores[i * classes + c];
                        // The first of equal scores counts as the larger one, as argmax takes it.
                        better += other > own || other == own && c < labels[i] ? 1 : 0;
                    }
                    add(better < k && !Float.isNaN(own) ? 1 : 0, 1);
                }
            }

            @Override
            public String format(double value) {
                return String.format(Locale.ROOT, "%.2f %%", 100 * value);
            }
        };
    }

    /**
     * Precision, recall and F1 of every class, averaged over the classes; {@link ConfusionMatrix} gives each.
     *
     * @param classNames the classes, in the order of the scores
     * @return the mean of the classes' F1, 0 to 1
     */
    public static Metric f1(List<String> classNames) {
        return new OfConfusion("f1", classNames, matrix -> {
            double sum = 0;
            for (int c = 0; c < classNames.size(); c++) {
                sum += matrix.f1(c);
            }
            return sum / classNames.size();
        });
    }

    /**
     * The mean of all absolute differences between outputs and targets.
     *
     * @return 0 or more
     */
    public static Metric meanAbsoluteError() {
        return new Differences("mae", false, Math::abs);
    }

    /**
     * The root of the mean of all squared differences between outputs and targets.
     *
     * @return 0 or more
     */
    public static Metric rootMeanSquaredError() {
        return new Differences("rmse", true, difference -> difference * difference);
    }

    /** A mean of numbers, of which a function is shown. */
    private abstract static class Mean implements Metric {
        private final String name;
        private final Better better;
        private final DoubleUnaryOperator shown;
        private double sum;
        private long count;

        Mean(String name, Better better, DoubleUnaryOperator shown) {
            this.name = name;
            this.better = better;
            this.shown = shown;
        }

        final void add(double more, int howMany) {
            sum += more;
            count += howMany;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Better better() {
            return better;
        }

        @Override
        public void reset() {
            sum = 0;
            count = 0;
        }

        @Override
        public double value() {
            return shown.applyAsDouble(sum / count);
        }
    }

    /** Over all elements of outputs and targets. */
    private static final class Differences extends Mean {
        private final DoubleUnaryOperator cost;

        Differences(String name, boolean root, DoubleUnaryOperator cost) {
            super(name, Better.LOWER, root ? Math::sqrt : mean -> mean);
            this.cost = cost;
        }

        @Override
        public void add(Predictions predictions) {
            float[] values = predictions.values();
            int elements = predictions.size() * predictions.outputSize();
            double sum = 0;
            for (int i = 0; i < elements; i++) {
                sum += cost.applyAsDouble((double) predictions.outputs()[i] - values[i]);
            }
            add(sum, elements);
        }
    }

    /** A figure of a confusion matrix. */
    private static final class OfConfusion implements Metric {
        private final String name;
        private final List<String> classNames;
        private final ToDoubleFunction<ConfusionMatrix> figure;
        private ConfusionMatrix matrix;

        OfConfusion(String name, List<String> classNames, ToDoubleFunction<ConfusionMatrix> figure) {
            this.name = name;
            this.classNames = classNames;
            this.figure = figure;
            reset();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Better better() {
            return Better.HIGHER;
        }

        @Override
        public void reset() {
            matrix = ConfusionMatrix.of(classNames);
        }

        @Override
        public void add(Predictions predictions) {
            if (predictions.outputSize() != classNames.size()) {
                throw new IllegalArgumentException("The metric " + name + " was made for " + classNames.size()
                        + " classes, but there are " + predictions.outputSize() + " scores for each label.");
            }
            matrix.add(predictions.outputs(), predictions.labels(), predictions.size());
        }

        @Override
        public double value() {
            return matrix.total() == 0 ? Double.NaN : figure.applyAsDouble(matrix);
        }
    }
}
