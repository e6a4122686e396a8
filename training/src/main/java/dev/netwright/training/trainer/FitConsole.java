package dev.netwright.training.trainer;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** What a training shows while it runs. */
final class FitConsole {
    private final Trainer.Console kind;
    private final PrintStream out;
    private final Evaluator evaluator;
    private final boolean measures;

    FitConsole(Trainer trainer, Evaluator evaluator) {
        kind = trainer.console;
        out = trainer.lines != null ? trainer.lines : System.err;
        this.evaluator = evaluator;
        measures = trainer.trainingMetrics;
    }

    /** The running line of one epoch. */
    final class Display implements AutoCloseable {
        private final EpochProgress progress;

        private Display(EpochProgress progress) {
            this.progress = progress;
            // Only what is measured over the samples whose loss is shown.
            if (progress != null && measures) {
                progress.metric(evaluator::firstFigure);
            }
        }

        void step(double loss, double weight, int size) {
            if (progress != null) {
                progress.step(loss, weight, size);
            }
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }

    /** Begins an epoch, or what is left of it. */
    Display epoch(int epoch, int epochs, long samples, EpochSums done) {
        String name = "epoch " + (epoch + 1) + "/" + epochs;
        long left = samples - done.samples();
        return new Display(
                switch (kind) {
                    case SILENT -> null;
                    case BAR -> EpochProgress.start(name, left);
                    case LINES -> EpochProgress.plain(name, left, out);
                });
    }

    /** The figures of the validation. */
    void ended(History.Epoch epoch, int epochs) {
        if (kind == Trainer.Console.SILENT || epoch.validation().isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder("epoch " + epoch.number() + "/" + epochs + "  validation");
        epoch.validation().forEach((name, value) -> line.append("  ").append(evaluator.format(name, value)));
        out.println(line);
    }

    /** What early stopping did. */
    void endedEarly(History history, int patience) {
        if (kind == Trainer.Console.SILENT) {
            return;
        }
        StringBuilder line = new StringBuilder();
        String weights = history.best()
                .map(best -> "The weights are those of epoch " + best.epoch() + ", the best, with "
                        + evaluator.format(best.name(), best.value()) + ".")
                .orElse("The weights are those of the last epoch, as no epoch had a figure to compare.");
        if (history.stoppedEarly()) {
            line.append("Stopped early: no better epoch in ")
                    .append(patience == 1 ? "the last one. " : "the last " + patience + ". ");
        }
        out.println(line.append(weights));
    }

    void stopped(int epoch, int batch, Path checkpoint, boolean jvmEnds) {
        if (kind == Trainer.Console.SILENT && !jvmEnds) {
            return;
        }
        out.println(String.format(Locale.ROOT, "Stopped in epoch %d after batch %d.", epoch + 1, batch));
        out.println(
                checkpoint == null
                        ? "There was no folder for checkpoints, so this training cannot be resumed: Trainer.checkpoint(...)"
                                + " sets one."
                        : "To go on from " + checkpoint + ", run the same training with resume() before fit(...).");
    }
}
