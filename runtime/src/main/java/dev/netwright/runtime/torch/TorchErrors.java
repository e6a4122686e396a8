package dev.netwright.runtime.torch;

import dev.netwright.runtime.MalformedFileException;

/**
 * Makes the messages about one part of a file.
 *
 * @param source names the file
 * @param start offset of the part within the file
 */
record TorchErrors(String source, long start) {
    MalformedFileException at(long position, TorchRule rule, Object... found) {
        return new MalformedFileException(source, start + position, rule.broken(found));
    }

    TorchErrors from(long offset) {
        return new TorchErrors(source, offset);
    }
}
