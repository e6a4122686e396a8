package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.MalformedFileException;

/**
 * Makes the messages about one part of a file.
 *
 * @param source names the file
 * @param start offset of the part within the file
 * @param inside whether positions within the part are positions of the file
 */
record TorchErrors(String source, long start, boolean inside) {
    /** About the whole file. */
    TorchErrors(String source) {
        this(source, 0, true);
    }

    MalformedFileException at(long position, TorchRule rule, Object... found) {
        return new MalformedFileException(source, inside ? start + position : start, rule.broken(found));
    }

    TorchErrors from(long offset) {
        return new TorchErrors(source, offset, true);
    }

    /** About a part whose places are all told as its start. */
    TorchErrors only(long offset) {
        return new TorchErrors(source, offset, false);
    }
}
