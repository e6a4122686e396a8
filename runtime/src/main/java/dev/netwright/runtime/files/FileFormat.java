package dev.netwright.runtime.files;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.files.torch.TorchFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The formats that weights are read from, told apart by their first bytes. */
enum FileFormat {
    SAFETENSORS,
    TORCH;

    /** As many bytes as tell the formats apart. */
    static final int PREFIX = 9;

    static FileFormat of(String source, byte[] start) throws MalformedFileException {
        if (TorchFile.startsLikeOne(start)) {
            return TORCH;
        }
        // What is named as a safetensors file learns from its reader what is wrong with it.
        boolean named = source.endsWith(".safetensors");
        boolean looksLikeOne = start.length == PREFIX && start[8] == '{' && header(start) >>> Integer.SIZE == 0;
        if (!named && !looksLikeOne) {
            throw new MalformedFileException(
                    source,
                    0,
                    "it is neither a safetensors file nor one of PyTorch's"
                            + (start.length == 0 ? ", since it is empty" : ""));
        }
        return SAFETENSORS;
    }

    private static long header(byte[] start) {
        return ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
