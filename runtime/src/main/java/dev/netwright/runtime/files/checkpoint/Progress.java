package dev.netwright.runtime.files.checkpoint;

/**
 * How far training has come.
 *
 * @param epoch the epoch to go on with, counted from 0
 * @param batch how many of its batches have been trained on
 */
public record Progress(int epoch, int batch) {
    /** Where training begins. */
    public static final Progress START = new Progress(0, 0);

    /**
     * Checks the numbers.
     *
     * @param epoch 0 or more
     * @param batch 0 or more
     * @throws IllegalArgumentException if a number is negative
     */
    public Progress {
        if (epoch < 0 || batch < 0) {
            throw new IllegalArgumentException(
                    "Epochs and batches count from 0, but these are epoch " + epoch + " and batch " + batch + ".");
        }
    }
}
