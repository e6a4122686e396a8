package dev.netwright.runtime;

import java.io.IOException;

/** A file is not what its format demands. The message names the file, the rule, and what was found. */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * With a message.
     *
     * @param message one sentence for the user
     */
    public MalformedFileException(String message) {
        super(message);
    }
}
