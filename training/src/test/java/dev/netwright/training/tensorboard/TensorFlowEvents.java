package dev.netwright.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/**
 * Reads event files with TensorFlow's message classes and a checksum of its own, computed bit by bit. An incomplete
 * record at the end is left out, as TensorBoard leaves it.
 */
final class TensorFlowEvents {
    private TensorFlowEvents() {}

    static List<byte[]> records(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (bytes.remaining() >= 12) {
            int start = bytes.position();
            long length = bytes.getLong();
            assertThat(bytes.getInt()).isEqualTo(masked(Arrays.copyOfRange(bytes.array(), start, start + Long.BYTES)));
            if (bytes.remaining() < length + 4) {
                break;
            }
            byte[] record = new byte[(int) length];
            bytes.get(record);
            assertThat(bytes.getInt()).isEqualTo(masked(record));
            records.add(record);
        }
        return records;
    }

    static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        for (byte[] record : records(file)) {
            events.add(Event.parseFrom(record));
        }
        return events;
    }

    /** The summaries of a folder's event files in their order, without those of folders below. */
    static List<Summary.Value> values(Path folder) throws IOException {
        List<Summary.Value> values = new ArrayList<>();
        for (Path file : files(folder)) {
            for (Event event : read(file)) {
                values.addAll(event.getSummary().getValueList());
            }
        }
        return values;
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("events."))
                    .sorted()
                    .toList();
        }
    }

    static Path file(Path folder) throws IOException {
        assertThat(files(folder)).hasSize(1);
        return files(folder).get(0);
    }

    private static int masked(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        int value = ~crc;
        return (value >>> 15 | value << 17) + 0xa282ead8;
    }
}
