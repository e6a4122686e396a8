package dev.netwright.training;

import java.io.IOException;

/** A data file that is not what it should be; the message names the file, what it holds and what was expected. */
public final class DataFormatException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message the whole story, in a sentence
     */
    public DataFormatException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message the whole story, in a sentence
     * @param cause what the reading of the file met
     */
    public DataFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
