package dev.netwright.examples;

import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.trainer.Retain;
import dev.netwright.training.trainer.Trainer;
import dev.netwright.training.trainer.TrainingListener;
import java.nio.file.Path;

/** Trains {@link ResumedNet} with a trainer; says where it is, so that it can be interrupted. */
final class InterruptedTraining {
    static final int EPOCHS = 4;

    static final int STOP_EPOCH = 2;
    static final int STOP_BATCH = 7;

    private InterruptedTraining() {}

    /** Whether the trainer's hook has asked for the end, and waits for the checkpoint. */
    private static boolean told() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread ->
                        thread.getName().equals("netwright-stop") && thread.getState() == Thread.State.TIMED_WAITING);
    }

    static Trainer trainer(ResumedNetModel net) {
        return Trainer.of(net).optimizer(Adam.of(0.01f)).schedule(CosineAnnealingLR.of(EPOCHS));
    }

    static DataLoader loader() {
        return DataLoader.of(Pictures.draw(400, 2)).batchSize(16).shuffle(true).seed(3);
    }

    /**
     * Trains, and waits at a batch until the JVM is ending and the training has been told so.
     *
     * @param arguments the folder of checkpoints
     * @throws Exception if a checkpoint cannot be written
     */
    public static void main(String[] arguments) throws Exception {
        trainer(ResumedNetModel.create(1))
                .checkpoint(Path.of(arguments[0]), Retain.LAST)
                .listener(new TrainingListener() {
                    @Override
                    public void batchEnded(int epoch, int batch, double loss) {
                        System.out.println("batch " + epoch + "." + batch);
                        while (epoch == STOP_EPOCH && batch == STOP_BATCH && !told()) {
                            Thread.onSpinWait();
                        }
                    }
                })
                .fit(loader(), EPOCHS);
        System.out.println("came to its end");
    }
}
