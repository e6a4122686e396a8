package dev.netwright.runtime.files.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A file as PyTorch before 1.6 wrote it, valid or not. */
final class LegacyStructure extends TorchStructure {
    static final String MAGIC = "6cfc9c46f9206aa85019";

    List<PickleToken> magic;
    List<PickleToken> protocol;
    List<PickleToken> machine;
    /** Null for the storages' own. */
    List<PickleToken> keys;
    /** Lengths to write instead of the elements' own, by key. */
    final Map<String, Long> lengths = new HashMap<>();

    byte[] trailing = new byte[0];
    int cutOff;
    boolean tar;
    /** A storage that is listed and written twice; null for none. */
    String twice;

    LegacyStructure(Random random, PickleDraw draw) {
        super(draw);
        prefix(random.nextInt(4) == 0);
    }

    LegacyStructure(List<PickleToken> pickle, Map<String, byte[]> storages, Map<String, Integer> widths) {
        super(pickle, storages, widths);
        prefix(false);
    }

    private void prefix(boolean big) {
        bigEndian = big;
        magic = new ArrayList<>(List.of(
                PickleToken.number(0x80, 2),
                PickleToken.of(0x8a, HexFormat.of().parseHex(MAGIC)),
                PickleToken.of('.')));
        protocol = new ArrayList<>(
                List.of(PickleToken.number(0x80, 2), PickleToken.number('M', 1001), PickleToken.of('.')));
        machine = new ArrayList<>(List.of(
                PickleToken.number(0x80, 2),
                PickleToken.of('}'),
                PickleToken.text('X', "little_endian"),
                PickleToken.of(big ? 0x89 : 0x88),
                PickleToken.of('s'),
                PickleToken.of('.')));
    }

    /** The list that is written after the object. */
    List<PickleToken> keyList() {
        List<PickleToken> list =
                new ArrayList<>(List.of(PickleToken.number(0x80, 2), PickleToken.of(']'), PickleToken.of('(')));
        written().forEach(key -> list.add(PickleToken.text('X', key)));
        list.addAll(List.of(PickleToken.of('e'), PickleToken.of('.')));
        return list;
    }

    private List<String> written() {
        List<String> keys = new ArrayList<>(storages.keySet());
        if (storages.containsKey(twice)) {
            keys.add(twice);
        }
        return keys;
    }

    byte[] seal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (List<PickleToken> part : List.of(magic, protocol, machine, pickle, keys == null ? keyList() : keys)) {
            out.writeBytes(PickleToken.write(part));
        }
        for (String key : written()) {
            byte[] bytes = storages.get(key);
            long length = lengths.getOrDefault(key, (long) bytes.length / widths.getOrDefault(key, 4));
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array());
            out.writeBytes(bytes);
        }
        out.writeBytes(trailing);
        byte[] content = out.toByteArray();
        if (tar) {
            content = Arrays.copyOf(content, Math.max(600, content.length));
            content[0] = 's';
            System.arraycopy(new byte[] {'u', 's', 't', 'a', 'r'}, 0, content, 257, 5);
        }
        return Arrays.copyOf(content, Math.max(0, content.length - cutOff));
    }
}
