package dev.netwright.runtime.files.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.torch.NaivePickle.Storage;
import dev.netwright.runtime.files.torch.NaivePickle.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A second reading of whole files that were accepted, by the plainest means. */
final class NaiveTorch {
    private final byte[] file;
    private final Map<String, byte[]> storages = new HashMap<>();
    private boolean bigEndian;
    private Object value;

    private NaiveTorch(byte[] file) {
        this.file = file;
    }

    static NaiveTorch zip(byte[] file) throws IOException {
        NaiveTorch reading = new NaiveTorch(file);
        reading.zip();
        return reading;
    }

    static NaiveTorch legacy(byte[] file) {
        NaiveTorch reading = new NaiveTorch(file);
        reading.legacy();
        return reading;
    }

    Object value() {
        return value;
    }

    private long little(int at, int width) {
        byte[] reversed = new byte[width + 1];
        for (int i = 0; i < width; i++) {
            reversed[width - i] = file[at + i];
        }
        return new BigInteger(reversed).longValue();
    }

    private void zip() throws IOException {
        int end = file.length - 22;
        while (little(end, 4) != 0x06054b50L) {
            end--;
        }
        int size = (int) little(end + 12, 4);
        int at = (int) little(end + 16, 4);
        if (size == -1 || at == -1 || little(end + 10, 2) == 0xFFFF) {
            int record = (int) little(end - 20 + 8, 8);
            size = (int) little(record + 40, 8);
            at = (int) little(record + 48, 8);
        }
        Map<String, byte[]> members = new HashMap<>();
        Map<String, IOException> damaged = new HashMap<>();
        int limit = at + size;
        while (at < limit) {
            int name = (int) little(at + 28, 2);
            int extra = (int) little(at + 30, 2);
            String path = new String(file, at + 46, name, StandardCharsets.UTF_8);
            try {
                members.put(path, member(at, at + 46 + name, extra));
            } catch (IOException | IndexOutOfBoundsException broken) {
                // Members that nothing asks for may be broken.
                damaged.put(path, new IOException(path, broken));
            }
            at += 46 + name + extra + (int) little(at + 32, 2);
        }
        String folder = null;
        for (String path : members.keySet()) {
            if (path.matches("(?s)[^/]*/data\\.pkl")) {
                assertThat(folder).as("one pickle only").isNull();
                folder = path.substring(0, path.indexOf('/') + 1);
            }
        }
        String start = folder;
        assertThat(members).doesNotContainKey(start + "constants.pkl");
        byte[] version = members.getOrDefault(start + "version", members.get(start + ".data/version"));
        assertThat(Integer.parseInt(new String(version, StandardCharsets.ISO_8859_1).strip()))
                .isBetween(1, 10);
        String order =
                new String(members.getOrDefault(start + "byteorder", new byte[0]), StandardCharsets.ISO_8859_1).strip();
        assertThat(damaged).doesNotContainKeys(start + "byteorder", start + "version");
        bigEndian = order.equals("big");
        NaivePickle pickle = new NaivePickle(members.get(start + "data.pkl"), 0);
        value = pickle.read();
        members.forEach((path, content) -> {
            if (path.startsWith(start + "data/")) {
                storages.put(path.substring(start.length() + 5), content);
            }
        });
        storages.keySet().retainAll(pickle.storages.keySet());
    }

    private byte[] member(int entry, int extra, int extraLength) throws IOException {
        long[] numbers = {little(entry + 24, 4), little(entry + 20, 4), little(entry + 42, 4)};
        for (int at = extra; at + 4 <= extra + extraLength; at += 4 + (int) little(at + 2, 2)) {
            int field = at + 4;
            int fieldEnd = Math.min(extra + extraLength, field + (int) little(at + 2, 2));
            for (int i = 0; i < 3 && little(at, 2) == 1; i++) {
                if (numbers[i] == 0xFFFFFFFFL && field + 8 <= fieldEnd) {
                    numbers[i] = little(field, 8);
                    field += 8;
                }
            }
        }
        int header = Math.toIntExact(numbers[2]);
        int start = header + 30 + (int) little(header + 26, 2) + (int) little(header + 28, 2);
        byte[] content = Arrays.copyOfRange(file, start, start + (int) numbers[1]);
        if (start + numbers[1] > file.length || numbers[0] > 1 << 24) {
            throw new IOException("too long");
        }
        if (little(entry + 10, 2) == 8) {
            content = new InflaterInputStream(new ByteArrayInputStream(content), new Inflater(true))
                    .readNBytes((int) numbers[0]);
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        long checksum = little(entry + 16, 4);
        if (checksum != 0 && crc.getValue() != checksum || content.length != numbers[0]) {
            throw new IOException("checksum");
        }
        return content;
    }

    private void legacy() {
        NaivePickle magic = new NaivePickle(file, 0);
        assertThat(magic.read()).isEqualTo(new BigInteger("119547037146038801333356"));
        NaivePickle protocol = new NaivePickle(file, magic.at);
        assertThat(protocol.read()).isEqualTo(1001L);
        NaivePickle machine = new NaivePickle(file, protocol.at);
        Object facts = machine.read();
        bigEndian = facts instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("little_endian"));
        NaivePickle object = new NaivePickle(file, machine.at);
        value = object.read();
        NaivePickle list = new NaivePickle(file, object.at);
        List<?> keys = (List<?>) list.read();
        int at = list.at;
        for (Object key : keys) {
            Storage storage = object.storages.getOrDefault(key, object.foreign.get(key));
            long elements = bigEndian ? Long.reverseBytes(little(at, 8)) : little(at, 8);
            assertThat(elements).as("elements of %s", key).isEqualTo(storage.elements());
            int length = Math.toIntExact(elements * storage.type().width());
            assertThat(storages).doesNotContainKey((String) key);
            assertThat(at + 8 + length).isLessThanOrEqualTo(file.length);
            storages.put((String) key, Arrays.copyOfRange(file, at + 8, at + 8 + length));
            at += 8 + length;
        }
    }

    /** Compares type, shape and every byte. */
    void check(View view, Tensor tensor) {
        assertThat(tensor.dtype()).hasToString(view.type().name());
        assertThat(Arrays.stream(tensor.shape()).asLongStream().boxed().toList())
                .isEqualTo(view.shape());
        byte[] storage = storages.get(view.storage().key());
        int width = view.type().width();
        byte[] bytes = tensor.toBytes();
        BigInteger size = BigInteger.ONE;
        for (long extent : view.shape()) {
            size = size.multiply(BigInteger.valueOf(extent));
        }
        assertThat(BigInteger.valueOf(bytes.length)).isEqualTo(size.multiply(BigInteger.valueOf(width)));
        int wrong = 0;
        for (int element = 0; element < size.intValueExact(); element++) {
            long from = view.offset();
            long rest = element;
            for (int axis = view.shape().size() - 1; axis >= 0; axis--) {
                long extent = view.shape().get(axis);
                from = Math.addExact(from, Math.multiplyExact(rest % extent, (long)
                        view.strides().get(axis)));
                rest /= extent;
            }
            int start = Math.toIntExact(
                    view.storage().first() * view.storage().type().width() + from * width);
            for (int i = 0; i < width; i++) {
                int swapped = view.type().swapped();
                int source = bigEndian ? i / swapped * swapped + swapped - 1 - i % swapped : i;
                wrong += bytes[element * width + i] == storage[start + source] ? 0 : 1;
            }
        }
        assertThat(wrong).as("bytes that differ").isZero();
    }
}
