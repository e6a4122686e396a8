package dev.netwright.training.trainer;

import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.files.checkpoint.Checkpoint;
import dev.netwright.runtime.files.checkpoint.Checkpoints;
import dev.netwright.runtime.files.checkpoint.Progress;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** One run of {@link Trainer#fit}. */
final class Fit {
    private final Trainer trainer;
    private final DataLoader loader;
    private final int epochs;
    private final BatchFeed feed;
    private final Updates updates;
    private final Evaluator evaluator;
    private final FitConsole console;
    private final History history = new History();
    private final EpochSums sums = new EpochSums();
    private final BestEpoch best;
    private final Averages averages;
    private final Checkpoint checkpoint;
    private final Checkpoints folder;
    private Path newest;

    Fit(Trainer trainer, DataLoader loader, int epochs) {
        this.trainer = trainer;
        this.loader = loader;
        this.epochs = epochs;
        averages = new Averages(trainer.model, trainer.emaDecay);
        feed = new BatchFeed(trainer.model);
        updates = new Updates(trainer, feed, averages);
        evaluator = new Evaluator(trainer.model, trainer.metrics);
        requireWatched();
        if (trainer.epochSchedule != null) {
            trainer.epochSchedule.begin(trainer.optimizer);
        }
        if (trainer.batchSchedule != null) {
            trainer.batchSchedule.begin(trainer.optimizer);
        }
        console = new FitConsole(trainer, evaluator);
        best = new BestEpoch(trainer.model, trainer.better, trainer.patience > 0);
        folder = trainer.checkpoints == null ? null : folder();
        checkpoint = folder == null ? null : checkpoint();
    }

    private void requireWatched() {
        List<String> names = trainer.validation == null ? List.of() : evaluator.names();
        if (!trainer.watched.equals(History.LOSS) && !names.contains(trainer.watched)) {
            throw new IllegalStateException("the figure to watch, " + trainer.watched + ", is not among those of the"
                    + " validation, which are " + names);
        }
    }

    private Checkpoints folder() {
        Checkpoints made = Checkpoints.in(trainer.checkpoints);
        return switch (trainer.retain) {
            case LAST -> made;
            case BEST -> made.keepBest(trainer.better);
            case ALL -> made.keepLast(Integer.MAX_VALUE);
        };
    }

    private Checkpoint checkpoint() {
        Checkpoint made = Checkpoint.of(trainer.model)
                .add("optimizer", trainer.optimizer)
                .add("loader", loader)
                .add("epoch", sums)
                .add("best", best);
        if (trainer.epochSchedule != null) {
            made.add("schedule", trainer.epochSchedule);
        }
        if (trainer.batchSchedule != null) {
            made.add("batch-schedule", trainer.batchSchedule);
        }
        return averages.addTo(made);
    }

    History run() throws IOException {
        Progress start = start();
        try (StopSignal signal = new StopSignal(trainer::stop);
                LogWriter log = LogWriter.of(trainer, start)) {
            int batch = start.batch();
            for (int epoch = start.epoch(); epoch < epochs && !trainer.isStopped() && isPatient(); epoch++) {
                int reached = trainEpoch(epoch, batch, log);
                if (reached >= 0) {
                    save(new Progress(epoch, reached), Double.NaN);
                    console.stopped(epoch, reached, newest, signal.raised());
                    break;
                }
                batch = 0;
                endEpoch(epoch, log);
            }
            finish();
        }
        return history;
    }

    private Progress start() throws IOException {
        if (!trainer.resume) {
            return Progress.START;
        }
        if (folder == null) {
            throw new IllegalStateException("resume() needs a folder of checkpoints; call checkpoint(...) first");
        }
        return folder.resume(checkpoint).orElse(Progress.START);
    }

    /** Trains on what is left of an epoch; the batch at which it was asked to stop, or -1 if it came to the end. */
    private int trainEpoch(int epoch, int done, LogWriter log) throws IOException {
        trainer.listeners.forEach(listener -> listener.epochStarted(epoch + 1));
        int batches = done;
        evaluator.begin();
        long start = System.nanoTime();
        if (done == 0) {
            sums.clear();
        }
        try (FitConsole.Display display = console.epoch(epoch, epochs, loader.samples(), sums)) {
            Iterator<Batch> rest = loader.iterator();
            while (rest.hasNext()) {
                Batch batch = rest.next();
                if (trainer.trainingMetrics) {
                    evaluator.add(batch);
                }
                double loss = step(epoch, batches, batch, !rest.hasNext());
                batches++;
                double mean = feed.mean(loss, batch);
                double weight = feed.weight(batch);
                sums.add(mean, weight, batch.size());
                display.step(mean, weight, batch.size());
                log.batch(trainer.optimizer.steps(), loss, trainer.optimizer.learningRate());
                for (TrainingListener listener : trainer.listeners) {
                    listener.batchEnded(epoch + 1, batches, loss);
                }
                if (rest.hasNext() && updates.isWhole()) {
                    if (trainer.isStopped()) {
                        return batches;
                    }
                    if (trainer.checkpointEvery > 0 && batches % trainer.checkpointEvery == 0) {
                        start = took(start);
                        save(new Progress(epoch, batches), Double.NaN);
                    }
                }
            }
        } finally {
            took(start);
        }
        return -1;
    }

    private long took(long since) {
        long now = System.nanoTime();
        sums.took((now - since) / 1e9);
        return now;
    }

    private double step(int epoch, int batches, Batch batch, boolean last) {
        try {
            return updates.step(batch, last);
        } catch (NonFiniteLossException broken) {
            throw new TrainingException(epoch + 1, batches + 1, broken);
        }
    }

    /** Whether the watched figure may still become better; not where the epochs before a resumption said otherwise. */
    private boolean isPatient() {
        return trainer.patience < 0 || best.waited() < trainer.patience;
    }

    private void endEpoch(int epoch, LogWriter log) throws IOException {
        // The decimal that a user wrote: 0.05f, not 0.05000000074505806.
        double rate = Double.parseDouble(Float.toString(trainer.optimizer.learningRate()));
        Map<String, Double> training = trainer.trainingMetrics ? evaluator.figures() : Map.of();
        Map<String, Double> figures = Map.of();
        double watched;
        averages.enter();
        try {
            if (trainer.validation != null) {
                figures = evaluator.evaluate(trainer.validation).metrics();
            }
            watched = watched(figures);
            best.ended(epoch + 1, watched);
        } finally {
            averages.leave();
        }
        updates.epochEnded(watched);
        History.Epoch ended =
                new History.Epoch(epoch + 1, sums.meanLoss(), training, figures, rate, sums.seconds(), sums.samples());
        history.add(ended);
        log.epoch(trainer.optimizer.steps(), ended);
        console.ended(ended, epochs);
        trainer.listeners.forEach(listener -> listener.epochEnded(ended));
        save(new Progress(epoch + 1, 0), watched);
    }

    private double watched(Map<String, Double> figures) {
        return figures.containsKey(trainer.watched) ? figures.get(trainer.watched) : sums.meanLoss();
    }

    private void save(Progress progress, double metric) throws IOException {
        if (folder != null) {
            newest = Double.isNaN(metric)
                    ? folder.save(checkpoint, progress)
                    : folder.save(checkpoint, progress, metric);
        }
    }

    private void finish() {
        averages.enter();
        boolean judges = trainer.patience > 0 && !trainer.isStopped();
        boolean restored = judges && best.restore();
        if (best.epoch() > 0) {
            history.best(new History.Best(best.epoch(), trainer.watched, best.value(), restored));
        }
        if (judges) {
            history.stoppedEarly(!isPatient());
            console.endedEarly(history, trainer.patience);
        }
        trainer.listeners.forEach(listener -> listener.trainingEnded(history));
    }
}
