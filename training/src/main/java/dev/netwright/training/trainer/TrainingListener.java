package dev.netwright.training.trainer;

/** Is told how a training goes; every method may stay as it is. Calls come from the thread that trains. */
public interface TrainingListener {
    /**
     * An epoch begins.
     *
     * @param epoch counted from 1
     */
    default void epochStarted(int epoch) {}

    /**
     * A batch was trained on.
     *
     * @param epoch counted from 1
     * @param batch counted from 1 within the epoch
     * @param loss of the batch, before its update
     */
    default void batchEnded(int epoch, int batch, double loss) {}

    /**
     * An epoch has ended, validation included.
     *
     * @param epoch its figures
     */
    default void epochEnded(History.Epoch epoch) {}

    /**
     * The training has ended, by itself or because it was asked to stop.
     *
     * @param history of this run
     */
    default void trainingEnded(History history) {}
}
