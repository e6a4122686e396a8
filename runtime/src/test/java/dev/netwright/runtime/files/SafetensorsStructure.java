package dev.netwright.runtime.files;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.check.Shapes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A safetensors file in pieces of JSON text, valid or not. */
final class SafetensorsStructure {
    /** A member of an object: both texts as they are written, the key with its quotation marks. */
    record Field(String key, String value) {}

    /** A tensor: its members, and its data. */
    static final class Entry {
        String key;
        final List<Field> fields = new ArrayList<>();
        byte[] data;

        Entry(String key, String dtype, String shape, byte[] data) {
            this.key = key;
            this.data = data;
            fields.add(new Field("\"dtype\"", '"' + dtype + '"'));
            fields.add(new Field("\"shape\"", shape));
            fields.add(new Field("\"data_offsets\"", null));
        }

        Entry(Entry other) {
            key = other.key;
            fields.addAll(other.fields);
            data = other.data;
        }

        void set(String key, String value) {
            fields.replaceAll(field -> field.key().equals(key) ? new Field(key, value) : field);
        }
    }

    final List<Entry> entries = new ArrayList<>();
    final List<Field> notes = new ArrayList<>();
    /** More members of the outermost object. */
    final List<Field> members = new ArrayList<>();

    String start = "{";
    String end = "}";
    byte[] trailing = new byte[0];
    int cutOff;
    /** A byte that overwrites one of the header, and where, modulo its length; -1 for none. */
    int overwritten = -1;

    byte overwriting;
    Long announced;

    static SafetensorsStructure of(Safetensors.Contents contents) {
        SafetensorsStructure structure = new SafetensorsStructure();
        contents.tensors()
                .forEach((name, tensor) -> structure.entries.add(new Entry(
                        '"' + name + '"', tensor.dtype().name(), Arrays.toString(tensor.shape()), tensor.toBytes())));
        return structure;
    }

    static SafetensorsStructure drawn(Random random) {
        SafetensorsStructure structure = new SafetensorsStructure();
        String[] dtypes = {"F32", "I64", "F16", "U8", "BOOL", "F64", "C64", "F8_E4M3"};
        for (int i = random.nextInt(5); i >= 0; i--) {
            DType dtype = DType.valueOf(dtypes[random.nextInt(dtypes.length)]);
            int[] shape = new int[random.nextInt(4)];
            Arrays.setAll(shape, axis -> random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4));
            byte[] data = new byte[Shapes.elements(shape) * dtype.bits() / 8];
            random.nextBytes(data);
            structure.entries.add(new Entry("\"layer." + i + ".\u00fc\"", dtype.name(), Arrays.toString(shape), data));
        }
        if (random.nextBoolean()) {
            structure.notes.add(new Field("\"format\"", "\"pt\""));
        }
        return structure;
    }

    /** With the length and the offsets that fit, unless they are damaged on purpose. */
    byte[] seal() {
        StringBuilder json = new StringBuilder(start);
        String separator = "";
        if (!notes.isEmpty()) {
            json.append("\"__metadata__\":").append(object(notes));
            separator = ",";
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            String offsets = "[" + data.size() + "," + (data.size() + entry.data.length) + "]";
            data.writeBytes(entry.data);
            List<Field> fields = new ArrayList<>(entry.fields);
            fields.replaceAll(field -> field.value() == null ? new Field(field.key(), offsets) : field);
            json.append(separator).append(entry.key).append(':').append(object(fields));
            separator = ",";
        }
        for (Field member : members) {
            json.append(separator).append(member.key()).append(':').append(member.value());
            separator = ",";
        }
        byte[] header = json.append(end).toString().getBytes(StandardCharsets.UTF_8);
        if (overwritten >= 0) {
            header[overwritten % header.length] = overwriting;
        }
        int padding = -header.length & 7;
        int kept = Math.max(0, data.size() - cutOff);
        return ByteBuffer.allocate(8 + header.length + padding + kept + trailing.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(announced == null ? header.length + padding : announced)
                .put(header)
                .put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8))
                .put(data.toByteArray(), 0, kept)
                .put(trailing)
                .array();
    }

    private static String object(List<Field> fields) {
        StringBuilder object = new StringBuilder("{");
        for (Field field : fields) {
            object.append(object.length() == 1 ? "" : ",")
                    .append(field.key())
                    .append(':')
                    .append(field.value());
        }
        return object.append('}').toString();
    }
}
