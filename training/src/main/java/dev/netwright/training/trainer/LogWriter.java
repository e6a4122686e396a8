package dev.netwright.training.trainer;

import dev.netwright.runtime.files.checkpoint.Progress;
import dev.netwright.training.tensorboard.SummaryWriter;
import java.nio.file.Files;

/** The TensorBoard log of a training, where one is wanted; without one every method does nothing. */
final class LogWriter implements AutoCloseable {
    /** A batch's loss of every so many is enough for a curve. */
    private static final int BATCHES = 10;

    private final SummaryWriter writer;

    private LogWriter(SummaryWriter writer) {
        this.writer = writer;
    }

    /** Of a training that begins, or goes on after so many updates; later ones in the folder are then void. */
    static LogWriter of(Trainer trainer, Progress start) {
        if (trainer.logs == null) {
            return new LogWriter(null);
        }
        SummaryWriter writer = SummaryWriter.of(trainer.logs);
        boolean resumed = !start.equals(Progress.START) && Files.isDirectory(trainer.logs);
        if (resumed) {
            writer.purgeStep(trainer.optimizer.steps() + 1);
        } else {
            writer.addGraph(trainer.model);
        }
        return new LogWriter(writer);
    }

    void batch(long step, double loss, double rate) {
        if (writer != null && step % BATCHES == 0) {
            writer.addScalar("loss/batch", loss, step);
            writer.addScalar("learning rate", rate, step);
        }
    }

    void epoch(long step, History.Epoch epoch) {
        if (writer == null) {
            return;
        }
        writer.addScalar("loss/training", epoch.loss(), step);
        epoch.training().forEach((name, value) -> writer.addScalar(name + "/training", value, step));
        epoch.validation()
                .forEach((name, value) ->
                        writer.addScalar(name.equals(History.LOSS) ? "loss/validation" : name, value, step));
        writer.flush();
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
