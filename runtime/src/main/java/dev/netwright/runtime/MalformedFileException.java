package dev.netwright.runtime;

import java.io.IOException;

/**
 * The one exception with which every reader refuses content: it is not what its format demands, or it goes beyond a
 * limit that the reader documents. The message is one sentence that names the file, the byte, the rule, and what was
 * found. What was to be loaded into is unchanged.
 */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1;

    /** Where the content is at fault. */
    private final long offset;

    /**
     * With a message of its own and no place.
     *
     * @param message one sentence for the user, which names the file
     */
    public MalformedFileException(String message) {
        super(message);
        offset = -1;
    }

    /**
     * At a place.
     *
     * @param source the file's name, or a phrase such as {@code The stream}
     * @param offset bytes from the beginning of the file to what is at fault
     * @param problem the rule and what was found, as a clause without a full stop
     */
    public MalformedFileException(String source, long offset, String problem) {
        super(source + " cannot be read at byte " + offset + ": " + problem + ".");
        this.offset = offset;
    }

    /**
     * Where the content is at fault.
     *
     * @return bytes from the beginning of the file, or -1 if it is no single place
     */
    public long offset() {
        return offset;
    }
}
