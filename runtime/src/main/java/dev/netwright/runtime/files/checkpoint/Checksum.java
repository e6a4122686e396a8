package dev.netwright.runtime.files.checkpoint;

import dev.netwright.runtime.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Over all that a file says and holds. Safetensors has none, so a bit that changed in a weight, or in a letter of a
 * name, would make another file that is just as valid.
 */
final class Checksum {
    /** The metadata's entry, and the one that the checksum leaves out. */
    static final String KEY = "netwright.checksum";

    private static final String FORM = "crc32c:";

    private final CRC32C crc = new CRC32C();

    private Checksum() {}

    static String of(Map<String, Tensor> tensors, Map<String, String> metadata) {
        Checksum checksum = new Checksum();
        new TreeMap<>(metadata).forEach((key, value) -> {
            if (!key.equals(KEY)) {
                checksum.add(key, value);
            }
        });
        new TreeMap<>(tensors).forEach((name, tensor) -> {
            checksum.add(name, tensor.dtype().name(), Arrays.toString(tensor.shape()));
            checksum.crc.update(tensor.toBytes());
        });
        return FORM + String.format(Locale.ROOT, "%08x", checksum.crc.getValue());
    }

    /** Whether a text is a checksum that this class could have written. */
    static boolean known(String text) {
        return text != null && text.matches(FORM + "[0-9a-f]{8}");
    }

    private void add(String... texts) {
        for (String text : texts) {
            crc.update(text.getBytes(StandardCharsets.UTF_8));
            crc.update(0);
        }
    }
}
