package dev.netwright.training.trainer;

/** Training could not go on. The message says in which epoch and batch, and why. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingException(int epoch, int batch, RuntimeException cause) {
        super("Epoch " + epoch + ", batch " + batch + ": " + cause.getMessage(), cause);
    }
}
