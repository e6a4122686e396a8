package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.hostile.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The reader of PyTorch's files under test; what both layouts have in common. */
abstract class TorchFormat<S extends TorchStructure> implements Format<S> {
    /** Only files of more than 2 GiB break these. */
    static final Set<TorchRule> LARGE = EnumSet.of(TorchRule.ZIP_DIRECTORY_LARGE, TorchRule.STORAGE_LARGE);

    static final Set<TorchRule> ZIP = EnumSet.range(TorchRule.ZIP_END, TorchRule.STORAGE_MEMBER);
    static final Set<TorchRule> LEGACY = EnumSet.range(TorchRule.MAGIC, TorchRule.STORAGE_LARGE);

    private final Set<TorchRule> rules = EnumSet.allOf(TorchRule.class);

    /** With the rules that only the other layout's files can break. */
    TorchFormat(Set<TorchRule> others) {
        rules.removeAll(others);
        rules.removeAll(LARGE);
    }

    /** What files of this layout are refused with, and short of 2 GiB. */
    Set<TorchRule> rules() {
        return rules;
    }

    abstract NaiveTorch naive(byte[] content) throws IOException;

    @Override
    public String source() {
        return "The buffer";
    }

    @Override
    public Object read(byte[] content) throws IOException {
        return TorchFile.read(ByteBuffer.wrap(content));
    }

    @Override
    public List<String> sentences() {
        return rules.stream().map(TorchRule::sentence).toList();
    }

    @Override
    public void check(byte[] content, Object read) {
        try {
            NaiveTorch reading = naive(content);
            SameValues.check(reading, read);
            if (content.length % 16 == 0) {
                SameValues.check(reading, TorchFile.read(new ByteArrayInputStream(content)));
            }
        } catch (IOException refused) {
            throw new AssertionError("Refused by another reading.", refused);
        }
    }

    /**
     * Opcodes of one to fifteen bytes make objects of up to 800 bytes, which are 56 for a byte at most; tensors may repeat
     * elements up to 1 MiB and 16 times the file's size, which is less for a byte than the objects.
     */
    @Override
    public long allocationLimit(byte[] content) {
        return 64L * content.length + (1 << 20) + (1 << 16);
    }
}
