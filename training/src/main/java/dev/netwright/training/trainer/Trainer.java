package dev.netwright.training.trainer;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.files.checkpoint.Better;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.schedule.LRScheduler;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.metrics.Metric;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Trains a network: epochs over a loader, validation, metrics, schedule, checkpoints, progress.
 *
 * <pre>{@code
 * History history = Trainer.of(net)
 *         .optimizer(SGD.of(0.01f).momentum(0.9f))
 *         .schedule(CosineAnnealingLR.of(epochs))
 *         .validation(testLoader)
 *         .progressBar()
 *         .checkpoint(Path.of("checkpoints"), Retain.BEST)
 *         .fit(trainLoader, epochs);
 * }</pre>
 *
 * <p>One output and one target need nothing more; the first output is what metrics look at, beside the first target.
 * Ctrl-C finishes the batch, writes a checkpoint where there is a folder for them, and says how to resume. Not
 * thread-safe, but for {@link #stop()}.
 */
public final class Trainer {
    final Model model;
    Optimizer optimizer;
    LRScheduler epochSchedule;
    LRScheduler batchSchedule;
    DataLoader validation;
    final List<Metric> metrics = new ArrayList<>();
    float clipNorm = Float.NaN;
    float clipValue = Float.NaN;
    int accumulate = 1;
    int patience = -1;
    String watched = History.LOSS;
    Better better = Better.LOWER;
    Path checkpoints;
    Retain retain = Retain.BEST;
    int checkpointEvery;
    boolean resume;
    boolean trainingMetrics;
    float emaDecay = Float.NaN;
    Path logs;
    Console console = Console.SILENT;
    PrintStream lines;
    final List<TrainingListener> listeners = new ArrayList<>();
    private volatile boolean stopped;

    /** How progress is shown. */
    enum Console {
        SILENT,
        BAR,
        LINES
    }

    private Trainer(Model model) {
        this.model = model;
    }

    /**
     * A trainer without an optimiser yet.
     *
     * @param model what to train
     * @return the trainer
     */
    public static Trainer of(Model model) {
        return new Trainer(Objects.requireNonNull(model, "model"));
    }

    /**
     * Sets the optimiser; required.
     *
     * @param value the optimiser, with all its groups
     * @return this
     */
    public Trainer optimizer(Optimizer value) {
        optimizer = Objects.requireNonNull(value, "optimizer");
        return this;
    }

    /**
     * Sets a schedule that goes on once for each epoch, after its validation.
     *
     * @param value a schedule without an optimiser
     * @return this
     */
    public Trainer schedule(LRScheduler value) {
        epochSchedule = Objects.requireNonNull(value, "schedule");
        return this;
    }

    /**
     * Sets a schedule that goes on once for each update, such as {@code OneCycleLR}.
     *
     * @param value a schedule without an optimiser
     * @return this
     */
    public Trainer scheduleEachBatch(LRScheduler value) {
        batchSchedule = Objects.requireNonNull(value, "schedule");
        return this;
    }

    /**
     * Sets what is evaluated after each epoch.
     *
     * @param loader all of its samples are used
     * @return this
     */
    public Trainer validation(DataLoader loader) {
        validation = Objects.requireNonNull(loader, "validation");
        return this;
    }

    /**
     * Adds a metric of the validation. Where the first target is a class label, the accuracy is there without being
     * added.
     *
     * @param metric the metric
     * @return this
     */
    public Trainer metric(Metric metric) {
        metrics.add(Objects.requireNonNull(metric, "metric"));
        return this;
    }

    /**
     * Measures the metrics over the training samples too: each batch is predicted before it is trained on, so they are
     * figures of samples that are new to the weights, like the loss of the training. The history has them, and the
     * progress line shows the first beside that loss. It takes the time of a prediction for each batch. Of an epoch
     * that is resumed in its middle they are those of the samples since then.
     *
     * @return this
     */
    public Trainer trainingMetrics() {
        trainingMetrics = true;
        return this;
    }

    /**
     * Scales the gradients down to a norm before each update.
     *
     * @param maxNorm of all gradients together, above 0
     * @return this
     */
    public Trainer clipNorm(float maxNorm) {
        clipNorm = positive("The norm to clip to", maxNorm);
        return this;
    }

    /**
     * Clamps every element of the gradients before each update.
     *
     * @param maxValue largest magnitude, above 0
     * @return this
     */
    public Trainer clipValue(float maxValue) {
        clipValue = positive("The value to clip to", maxValue);
        return this;
    }

    private static float positive(String what, float value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(what + " must be above 0, but is " + value);
        }
        return value;
    }

    /**
     * Updates once for several batches, with the mean of their gradients. What remains at the end of an epoch makes a
     * last update.
     *
     * @param batches at least 1
     * @return this
     */
    public Trainer accumulate(int batches) {
        accumulate = atLeastOne("The number of batches of an update", batches);
        return this;
    }

    private static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, but is " + value);
        }
        return value;
    }

    /**
     * Ends the training when the watched figure has not become better for some epochs; one that is NaN is never better.
     * At the end, early or not, the model has the weights of the best epoch, which {@link History#best()} and the
     * progress tell; a training that was asked to stop keeps those of its last batch.
     *
     * @param epochs how many, at least 1
     * @return this
     */
    public Trainer earlyStopping(int epochs) {
        patience = atLeastOne("The number of epochs to wait", epochs);
        return this;
    }

    /**
     * Chooses the figure that decides which epoch is the best, for early stopping, {@link Retain#BEST} and schedules
     * that wait for a plateau. Unless set it is the loss of the validation, or of the training without one.
     *
     * @param name of a metric, or {@link History#LOSS}
     * @param which of two values is better
     * @return this
     */
    public Trainer watch(String name, Better which) {
        watched = Objects.requireNonNull(name, "name");
        better = Objects.requireNonNull(which, "which");
        return this;
    }

    /**
     * Writes a checkpoint after each epoch, with everything that resuming needs.
     *
     * @param folder made if it is missing; for one training at a time
     * @param which checkpoints stay
     * @return this
     */
    public Trainer checkpoint(Path folder, Retain which) {
        checkpoints = Objects.requireNonNull(folder, "folder");
        retain = Objects.requireNonNull(which, "which");
        return this;
    }

    /**
     * Writes checkpoints within epochs too.
     *
     * @param batches how many batches from one to the next, at least 1
     * @return this
     */
    public Trainer checkpointEvery(int batches) {
        checkpointEvery = atLeastOne("The number of batches from checkpoint to checkpoint", batches);
        return this;
    }

    /**
     * Continues from the newest checkpoint in the folder, with the same bits as if training had never stopped; begins
     * where there is none. Everything must be set as it was then.
     *
     * @return this
     */
    public Trainer resume() {
        resume = true;
        return this;
    }

    /**
     * Keeps an exponential moving average of the weights, updated after each step; validation and the end of training
     * use it.
     *
     * @param decay how much of the average stays at each update, such as 0.999
     * @return this
     */
    public Trainer ema(float decay) {
        if (!(decay > 0 && decay < 1)) {
            throw new IllegalArgumentException("The decay must lie between 0 and 1, but is " + decay);
        }
        emaDecay = decay;
        return this;
    }

    /**
     * Writes losses, metrics and rates for TensorBoard.
     *
     * @param folder of this run's event files
     * @return this
     */
    public Trainer tensorBoard(Path folder) {
        logs = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * Shows a bar with loss, speed and time left on a terminal, and plain lines where there is none; with
     * {@link #trainingMetrics()} the first metric too.
     *
     * @return this
     */
    public Trainer progressBar() {
        console = Console.BAR;
        return this;
    }

    /**
     * Prints plain lines, one for each epoch and for each ten seconds within it.
     *
     * @param out where to
     * @return this
     */
    public Trainer progressLines(PrintStream out) {
        console = Console.LINES;
        lines = Objects.requireNonNull(out, "out");
        return this;
    }

    /**
     * Adds somebody who is told.
     *
     * @param listener the listener
     * @return this
     */
    public Trainer listener(TrainingListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Asks a running {@link #fit} to end after the batch that it is in; it writes a checkpoint, if it writes any. Any
     * thread may call it.
     */
    public void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /**
     * Trains. Called again, it trains for as many epochs once more, with the weights and the state of the optimiser as
     * they are and the schedules from their beginning.
     *
     * @param loader the training samples, shuffled if that is wanted
     * @param epochs how many in all, those before a resumption included
     * @return the figures of every epoch
     * @throws IOException if a checkpoint or a log cannot be written or read
     * @throws TrainingException if a loss is not finite; nothing was updated by that batch
     * @throws IllegalStateException if there is no optimiser, or no figure of the name to watch
     * @throws IllegalArgumentException if a loader has no batch or its samples are not what the network takes; nothing was
     *     begun then
     */
    public History fit(DataLoader loader, int epochs) throws IOException {
        requireOptimizer();
        atLeastOne("The number of epochs", epochs);
        LoaderCheck.training(model.definition(), loader, "the training loader");
        if (validation != null) {
            LoaderCheck.predicting(model.definition(), validation, "the validation loader");
        }
        stopped = false;
        return new Fit(this, loader, epochs).run();
    }

    /**
     * Trains on one batch over and over: a network that cannot learn it by heart has a mistake in it or in its data.
     *
     * @param loader its first batch is taken
     * @param steps how many updates
     * @return the loss before each update; the last one should be close to 0
     * @throws IllegalStateException if there is no optimiser
     * @throws IllegalArgumentException if the samples are not what the network takes
     */
    public double[] fitOneBatch(DataLoader loader, int steps) {
        requireOptimizer();
        atLeastOne("The number of steps", steps);
        LoaderCheck.training(model.definition(), loader, "the loader");
        BatchFeed feed = new BatchFeed(model);
        Batch batch = loader.iterator().next();
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++) {
            losses[step] = feed.trainStep(batch, optimizer);
        }
        return losses;
    }

    /**
     * Evaluates the network as it is.
     *
     * @param loader all of its samples are used
     * @return loss, metrics, and the confusion matrix of a classification
     * @throws IllegalArgumentException if the samples are not what the network takes
     */
    public Evaluation evaluate(DataLoader loader) {
        LoaderCheck.predicting(model.definition(), loader, "the loader");
        return new Evaluator(model, metrics).evaluate(loader);
    }

    /**
     * Looks for a learning rate: trains for a while with ever larger rates and puts everything back as it was.
     *
     * @param loader the training samples
     * @return the losses by rate, and a suggestion
     * @throws IllegalStateException if there is no optimiser
     * @throws IllegalArgumentException if the samples are not what the network takes
     */
    public LearningRates findLearningRate(DataLoader loader) {
        requireOptimizer();
        LoaderCheck.training(model.definition(), loader, "the loader");
        return LearningRates.search(model, optimizer, loader);
    }

    private void requireOptimizer() {
        if (optimizer == null) {
            throw new IllegalStateException("the trainer has no optimiser; call optimizer(...) first");
        }
    }
}
