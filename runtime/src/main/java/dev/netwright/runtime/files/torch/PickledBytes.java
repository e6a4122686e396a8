package dev.netwright.runtime.files.torch;

import java.util.Arrays;

/** Python bytes. */
public final class PickledBytes {
    private final byte[] bytes;

    PickledBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    public byte[] toArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PickledBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
