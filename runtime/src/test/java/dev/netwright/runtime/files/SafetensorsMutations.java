package dev.netwright.runtime.files;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.files.SafetensorsStructure.Entry;
import dev.netwright.runtime.files.SafetensorsStructure.Field;
import dev.netwright.runtime.hostile.Mutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Ways to damage a safetensors file that leave its length prefix, padding and other offsets in order. */
final class SafetensorsMutations {
    private static final String[] NUMBERS = {
        "0",
        "1",
        "2",
        "3",
        "-1",
        "-0",
        "1.5",
        "1e3",
        "2147483647",
        "2147483648",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "123456789012345678901234567890123456789",
        "true",
        "null",
        "\"3\"",
        "[]",
        "{}",
        "01"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "7",
        "-2.5e-3",
        "\"text\"",
        "[]",
        "{}",
        "[1,[2,{\"x\":[]}]]",
        "{\"x\":1,\"x\":2}",
        "{\"x\":{\"y\":1,\"z\":{}},\"y\":\"\\u00e4\"}",
        "nul",
        "[1,",
        "{\"x\":}",
        "\"\\ud800\"",
        "\"\\x\""
    };
    private static final String[] KEYS = {
        "\"a\"",
        "\"\"",
        "\"__metadata__\"",
        "\"dtype\"",
        "\"shape\"",
        "\"data_offsets\"",
        "\"\\u0061\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"\\ud83d\\ude00\"",
        "\"\u20ac\"",
        "\"\\n\"",
        "\"\n\"",
        "a",
        "7"
    };
    private static final String[] SHAPES = {
        "[65536,65536]", "[2147483647,2147483647,2147483647]", "[0,2147483647,2147483647]", "[2,2000000000]", "null"
    };

    private SafetensorsMutations() {}

    static List<Mutation<SafetensorsStructure>> all() {
        return List.of(
                mutation("rename", 4, (entry, random) -> entry.key = any(KEYS, random)),
                new Mutation<>(
                        "rename to another",
                        2,
                        (structure, random) -> entry(structure, random).key = entry(structure, random).key),
                mutation("long name", 1, (entry, random) -> {
                    if (random.nextInt(200) == 0) {
                        entry.key = "\"" + "n".repeat(random.nextBoolean() ? 60_000 : 70_000) + "\"";
                    }
                }),
                mutation(
                        "dtype",
                        4,
                        (entry, random) -> entry.set(
                                "\"dtype\"",
                                '"'
                                        + DType.ALL
                                                .get(random.nextInt(DType.ALL.size()))
                                                .name()
                                        + '"')),
                mutation(
                        "dtype value",
                        2,
                        (entry, random) ->
                                entry.set("\"dtype\"", random.nextBoolean() ? "\"F33\"" : any(VALUES, random))),
                mutation("shape", 6, SafetensorsMutations::shape),
                mutation(
                        "offsets",
                        6,
                        (entry, random) -> entry.set(
                                "\"data_offsets\"", numbers(random, random.nextInt(6) == 0 ? random.nextInt(4) : 2))),
                mutation("more data", 2, (entry, random) -> {
                    entry.data = new byte[random.nextInt(40)];
                    random.nextBytes(entry.data);
                    if (random.nextBoolean()) {
                        entry.set("\"shape\"", "[" + entry.data.length + "]");
                        entry.set("\"dtype\"", random.nextBoolean() ? "\"U8\"" : "\"I8\"");
                    }
                }),
                mutation("bits of data", 3, (entry, random) -> {
                    entry.data = entry.data.clone();
                    for (int i = 0; i < entry.data.length; i += 1 + random.nextInt(4)) {
                        entry.data[i] = (byte) random.nextInt();
                    }
                }),
                mutation(
                        "field removed",
                        2,
                        (entry, random) -> entry.fields.remove(random.nextInt(entry.fields.size()))),
                mutation(
                        "field twice",
                        2,
                        (entry, random) -> entry.fields.add(entry.fields.get(random.nextInt(entry.fields.size())))),
                mutation(
                        "field added",
                        4,
                        (entry, random) -> entry.fields.add(
                                random.nextInt(entry.fields.size() + 1),
                                new Field(any(KEYS, random), any(VALUES, random)))),
                mutation("fields in another order", 2, (entry, random) -> Collections.shuffle(entry.fields, random)),
                mutation("deep value", 1, (entry, random) -> {
                    int depth = 1 + random.nextInt(60);
                    entry.fields.add(new Field("\"x\"", "[".repeat(depth) + "]".repeat(depth)));
                }),
                new Mutation<>(
                        "entry removed", 1, (structure, random) -> structure.entries.remove(entry(structure, random))),
                new Mutation<>("entry twice", 2, SafetensorsMutations::twice),
                new Mutation<>("exchanged offsets", 4, SafetensorsMutations::exchange),
                new Mutation<>("overlap or hole", 2, SafetensorsMutations::moveBegin),
                mutation("wrapped product", 1, (entry, random) -> {
                    entry.data = new byte[0];
                    entry.set("\"shape\"", "[65536,65536,65536,65536]");
                }),
                new Mutation<>("header in another order", 2, (structure, random) -> {
                    fixOffsets(structure);
                    Collections.shuffle(structure.entries, random);
                    // The data stays in its order: what was fixed describes the old one.
                    structure.entries.sort((a, b) -> Integer.compare(begin(a), begin(b)));
                }),
                new Mutation<>(
                        "note",
                        3,
                        (structure, random) -> structure.notes.add(
                                random.nextInt(structure.notes.size() + 1),
                                new Field(any(KEYS, random), random.nextBoolean() ? "\"text\"" : any(VALUES, random)))),
                new Mutation<>(
                        "note twice",
                        1,
                        (structure, random) -> structure.notes.addAll(new ArrayList<>(structure.notes))),
                new Mutation<>(
                        "member",
                        2,
                        (structure, random) ->
                                structure.members.add(new Field(any(KEYS, random), any(VALUES, random)))),
                new Mutation<>("many", 1, SafetensorsMutations::many),
                new Mutation<>(
                        "end",
                        3,
                        (structure, random) -> structure.end =
                                any(new String[] {"}  ", "}\n", "} \t", "}}", "", "}{}", "} x", ",}"}, random)),
                new Mutation<>(
                        "start",
                        1,
                        (structure, random) ->
                                structure.start = any(new String[] {" {", "[", "", "{{", "\ufeff{", "{ "}, random)),
                new Mutation<>("byte of the header", 4, (structure, random) -> {
                    structure.overwritten = random.nextInt(1 << 16);
                    structure.overwriting = (byte) random.nextInt();
                }),
                new Mutation<>(
                        "trailing",
                        2,
                        false,
                        (structure, random) -> structure.trailing = new byte[1 + random.nextInt(9)]),
                new Mutation<>("cut off", 2, false, (structure, random) -> structure.cutOff = 1 + random.nextInt(40)),
                new Mutation<>("length", 3, false, SafetensorsMutations::length));
    }

    /** Damages one entry. */
    private interface EntryChange {
        void apply(Entry entry, Random random);
    }

    private static Mutation<SafetensorsStructure> mutation(String name, int weight, EntryChange change) {
        return new Mutation<>(name, weight, (structure, random) -> change.apply(entry(structure, random), random));
    }

    private static Entry entry(SafetensorsStructure structure, Random random) {
        if (structure.entries.isEmpty()) {
            structure.entries.add(new Entry("\"one\"", "U8", "[1]", new byte[1]));
        }
        return structure.entries.get(random.nextInt(structure.entries.size()));
    }

    private static String any(String[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static String numbers(Random random, int count) {
        StringBuilder numbers = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            boolean small = random.nextInt(3) > 0;
            numbers.append(i == 0 ? "" : ",")
                    .append(small ? Integer.toString(random.nextInt(64)) : any(NUMBERS, random));
        }
        return numbers.append(']').toString();
    }

    private static void shape(Entry entry, Random random) {
        String shape = switch (random.nextInt(6)) {
            case 0 -> "[" + "1,".repeat(60 + random.nextInt(8)) + "1]";
            case 1 -> any(SHAPES, random);
            // The same number of bytes in one row: valid.
            case 2 -> "[" + entry.data.length + "]";
            default -> numbers(random, random.nextInt(4));
        };
        entry.set("\"shape\"", shape);
        if (shape.equals("[2,2000000000]")) {
            entry.set("\"dtype\"", "\"U8\"");
            entry.set("\"data_offsets\"", "[0,4000000000]");
        } else if (random.nextInt(4) == 0) {
            entry.set("\"dtype\"", "\"U8\"");
        }
    }

    private static void twice(SafetensorsStructure structure, Random random) {
        Entry copy = new Entry(entry(structure, random));
        if (random.nextBoolean()) {
            copy.key = "\"copy\"";
        }
        structure.entries.add(random.nextInt(structure.entries.size() + 1), copy);
    }

    private static void fixOffsets(SafetensorsStructure structure) {
        int offset = 0;
        for (Entry entry : structure.entries) {
            entry.set("\"data_offsets\"", "[" + offset + "," + (offset + entry.data.length) + "]");
            offset += entry.data.length;
        }
    }

    private static int begin(Entry entry) {
        for (Field field : entry.fields) {
            if (field.key().equals("\"data_offsets\"") && field.value() != null) {
                return Integer.parseInt(field.value().substring(1, field.value().indexOf(',')));
            }
        }
        return 0;
    }

    private static void exchange(SafetensorsStructure structure, Random random) {
        fixOffsets(structure);
        Entry a = entry(structure, random);
        Entry b = entry(structure, random);
        String offsets = null;
        for (Field field : List.copyOf(a.fields)) {
            offsets = field.key().equals("\"data_offsets\"") ? field.value() : offsets;
        }
        if (offsets != null) {
            b.set("\"data_offsets\"", offsets);
        }
    }

    /** The last tensor begins earlier or later, with a shape that fits, so that nothing else is wrong. */
    private static void moveBegin(SafetensorsStructure structure, Random random) {
        fixOffsets(structure);
        Entry last = entry(structure, random);
        structure.entries.remove(last);
        structure.entries.add(last);
        fixOffsets(structure);
        int begin = begin(last);
        int end = begin + last.data.length;
        int moved = Math.max(0, Math.min(end, begin + random.nextInt(17) - 8));
        last.set("\"data_offsets\"", "[" + moved + "," + end + "]");
        last.set("\"dtype\"", "\"I8\"");
        last.set("\"shape\"", "[" + (end - moved) + "]");
    }

    /** Files of megabytes: seldom. */
    private static void many(SafetensorsStructure structure, Random random) {
        switch (random.nextInt(400)) {
            case 0, 1, 2, 3 -> {
                for (int i = 0; i < 10_001; i++) {
                    structure.notes.add(new Field("\"" + i + "\"", "\"\""));
                }
            }
            case 4, 5, 6 -> {
                for (int i = 0; i < 100_001; i++) {
                    structure.members.add(
                            new Field("\"" + i + "\"", "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}"));
                }
            }
            case 7 -> structure.members.add(new Field("\"m\"", "{\"x\":[" + "{},".repeat(300_000) + "{}]}"));
            case 8 -> structure.members.add(new Field("\"m\"", "{\"x\":[" + "{\"\":[]},".repeat(100_000) + "0]}"));
            default -> structure.end = "}" + " ".repeat(random.nextInt(100));
        }
    }

    private static void length(SafetensorsStructure structure, Random random) {
        long[] lengths = {0, 1, 2, 100, 99_999_999, 100_000_000, 100_000_001, -1, Long.MIN_VALUE, 1L << 32, 600, 300};
        structure.announced = lengths[random.nextInt(lengths.length)];
    }
}
