package dev.netwright.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** What a training shows while it runs. */
final class FitConsole {
    /** A batch of every so many is predicted before it is trained on: how the network does on pictures new to it. */
    private static final int PROBE_EVERY = 50;

    private final Trainer.Console kind;
    private final PrintStream out;
    private final Evaluator probes;

    FitConsole(Trainer trainer, Evaluator evaluator) {
        kind = trainer.console;
        out = trainer.lines != null ? trainer.lines : System.err;
        probes = kind == Trainer.Console.SILENT || evaluator.first() == null ? null : evaluator;
    }

    /** The running line of one epoch. */
    final class Display implements AutoCloseable {
        private final EpochProgress progress;

        private Display(EpochProgress progress) {
            this.progress = progress;
        }

        void probe(int batches, Batch batch) {
            if (progress != null && probes != null && batches % PROBE_EVERY == 0) {
                progress.metric(probes.probe(batch));
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
    void ended(History.Epoch epoch, int epochs, Evaluator evaluator) {
        if (kind == Trainer.Console.SILENT || epoch.validation().isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder("epoch " + epoch.number() + "/" + epochs + "  validation");
        epoch.validation().forEach((name, value) -> line.append("  ").append(evaluator.format(name, value)));
        out.println(line);
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
