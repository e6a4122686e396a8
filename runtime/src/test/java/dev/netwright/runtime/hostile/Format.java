package dev.netwright.runtime.hostile;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * A format whose reader is tested with mutated files.
 *
 * @param <S> what a file is made of, in a form that can be damaged piece by piece
 */
public interface Format<S> {
    /**
     * The name under which the reader knows its input.
     *
     * @return what every message starts with
     */
    String source();

    /**
     * A valid file.
     *
     * @param random draws one of several
     * @return fresh, to be damaged
     */
    S structure(Random random);

    /**
     * Writes a structure such that the outer checks pass: lengths, offsets, checksums fit what was written.
     *
     * @param structure valid or damaged
     * @return a file
     */
    byte[] seal(S structure);

    /**
     * Ways to damage a structure.
     *
     * @return the list
     */
    List<Mutation<S>> mutations();

    /**
     * Reads with the reader under test.
     *
     * @param content a file
     * @return what it holds
     * @throws IOException if it is refused
     */
    Object read(byte[] content) throws IOException;

    /**
     * Compares what was read with what an independent, naive parser finds.
     *
     * @param content a file that was accepted
     * @param read what the reader made of it
     * @throws AssertionError if the file should have been refused, or holds something else
     */
    void check(byte[] content, Object read);

    /**
     * Every sentence with which the reader refuses.
     *
     * @return with {@code %s} for what was found
     */
    List<String> sentences();

    /**
     * What one reading may allocate in all.
     *
     * @param content the file
     * @return bytes, a small multiple of what the file holds, and a constant
     */
    default long allocationLimit(byte[] content) {
        return 32L * content.length + (1 << 16);
    }
}
