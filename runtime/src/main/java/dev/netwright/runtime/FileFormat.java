package dev.netwright.runtime;

import dev.netwright.runtime.torch.TorchFile;
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
        // A header longer than the 100 MB that safetensors allows is refused by its reader, with the length.
        long header = start.length < 8
                ? 0
                : ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (start.length < PREFIX || start[8] != '{' || header >>> Integer.SIZE != 0) {
            throw new MalformedFileException(source
                    + " holds no weights that Netwright can read: it is neither a safetensors file nor one of PyTorch's"
                    + (start.length == 0 ? ", since it is empty." : "."));
        }
        return SAFETENSORS;
    }
}
