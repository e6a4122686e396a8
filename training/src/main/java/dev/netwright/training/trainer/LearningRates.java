package dev.netwright.training.trainer;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * How the loss went while the learning rate grew from 1e-7 to 10 (Smith, 2017, "Cyclical Learning Rates for Training
 * Neural Networks"): the rate at which it fell fastest is a good one to begin with.
 *
 * @param rates of the steps, growing
 * @param losses before each update, smoothed
 */
public record LearningRates(double[] rates, double[] losses) {
    private static final double LOWEST = 1e-7;
    private static final double HIGHEST = 10;
    private static final int STEPS = 100;
    /** Of the moving average of the losses. */
    private static final double SMOOTHING = 0.9;
    /** A loss of so many times the best has gone out of hand. */
    private static final double DIVERGED = 4;

    /**
     * Copies the arrays.
     *
     * @param rates growing
     * @param losses one for each rate
     */
    public LearningRates {
        rates = rates.clone();
        losses = losses.clone();
    }

    static LearningRates search(Model model, Optimizer optimizer, DataLoader loader) {
        optimizer.bind(model);
        Map<String, Tensor> weights = model.stateDict();
        Map<String, Tensor> state = optimizer.stateDict();
        Tensor masks = model.generatorState();
        Map<String, Tensor> order = loader.stateDict();
        double[] rates = new double[STEPS];
        double[] losses = new double[STEPS];
        int steps = 0;
        try {
            BatchFeed feed = new BatchFeed(model);
            double average = 0;
            double best = Double.POSITIVE_INFINITY;
            Iterator<Batch> batches = loader.iterator();
            for (int i = 0; i < STEPS; i++) {
                batches = batches.hasNext() ? batches : loader.iterator();
                rates[i] = LOWEST * Math.pow(HIGHEST / LOWEST, (double) i / (STEPS - 1));
                optimizer.learningRate((float) rates[i]);
                average = SMOOTHING * average + (1 - SMOOTHING) * feed.trainStep(batches.next(), optimizer);
                losses[i] = average / (1 - Math.pow(SMOOTHING, i + 1));
                steps = i + 1;
                best = Math.min(best, losses[i]);
                if (losses[i] > DIVERGED * best) {
                    break;
                }
            }
        } catch (NonFiniteLossException diverged) {
            // The steps before it say enough.
        } finally {
            model.loadStateDict(weights);
            model.generatorState(masks);
            optimizer.prepareLoad(state).run();
            loader.prepareLoad(order).run();
        }
        return new LearningRates(Arrays.copyOf(rates, steps), Arrays.copyOf(losses, steps));
    }

    /**
     * The rate at which the loss fell fastest by the logarithm of the rate.
     *
     * @return a rate to begin with; for schedules, the highest one
     * @throws IllegalStateException if there are fewer than three steps, since the loss was out of hand at once
     */
    public double suggestion() {
        if (rates.length < 3) {
            throw new IllegalStateException("the loss went out of hand after " + rates.length + " steps");
        }
        int steepest = 1;
        for (int i = 1; i < rates.length - 1; i++) {
            if (slope(i) < slope(steepest)) {
                steepest = i;
            }
        }
        return rates[steepest];
    }

    private double slope(int i) {
        return (losses[i + 1] - losses[i - 1]) / Math.log(rates[i + 1] / rates[i - 1]);
    }

    /**
     * The suggestion, and the course in a few lines.
     *
     * @return several lines, without a line end after the last
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rates.length; i += 10) {
            text.append(String.format(Locale.ROOT, "rate %8.1e  loss %.4f\n", rates[i], losses[i]));
        }
        return text.append(String.format(Locale.ROOT, "suggested rate %.1e", suggestion()))
                .toString();
    }
}
