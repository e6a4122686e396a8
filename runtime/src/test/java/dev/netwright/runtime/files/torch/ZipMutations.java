package dev.netwright.runtime.files.torch;

import static dev.netwright.runtime.files.torch.ZipStructure.ascii;

import dev.netwright.runtime.files.torch.ZipStructure.Part;
import dev.netwright.runtime.hostile.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Ways to damage an archive and its members; what is not damaged fits together. */
final class ZipMutations {
    private static final String[] NAMES = {
        "archive/data.pkl",
        "archive/version",
        "archive/byteorder",
        "archive/data/0",
        "archive/data/absent",
        "archive/constants.pkl",
        "other/data.pkl",
        "data.pkl",
        "a/b/data.pkl",
        "archive/",
        "",
        "\u00fc/data.pkl"
    };
    private static final String[] VERSIONS = {
        "", "0", "1", "10", "11", "999", "1000", "x", " 3 ", "-1", "3\u0000", "9".repeat(200)
    };
    private static final String[] ORDERS = {"big", "little", "BIG", "", "bigger", "little\n", "b".repeat(200)};

    private ZipMutations() {}

    static List<Mutation<ZipStructure>> all() {
        List<Mutation<ZipStructure>> all = new ArrayList<>(PickleMutations.<ZipStructure>all());
        all.add(part(
                "name",
                3,
                (part, random) -> part.name = random.nextInt(4) == 0
                        ? PickleMutations.bytes(random, 1 + random.nextInt(9))
                        : new Part(NAMES[random.nextInt(NAMES.length)], null).name));
        all.add(part("compressed", 3, (part, random) -> part.deflated = !part.deflated));
        all.add(part("method", 2, false, (part, random) -> part.method = random.nextInt(14)));
        all.add(part("flags", 1, (part, random) -> part.flags = random.nextInt(1 << 16)));
        all.add(part("zip64", 2, (part, random) -> part.zip64 = !part.zip64));
        all.add(part("filler", 1, (part, random) -> part.filler = random.nextInt(200)));
        all.add(part("content", 3, ZipMutations::content));
        all.add(part("checksum", 2, false, (part, random) -> part.crc = random.nextInt()));
        all.add(part("size", 2, false, (part, random) -> part.size = number(random)));
        all.add(part("size in the archive", 1, false, (part, random) -> part.compressed = number(random)));
        all.add(part("place", 2, false, (part, random) -> part.header = number(random)));
        all.add(part(
                "place of the bytes",
                2,
                false,
                (part, random) -> part.shift = random.nextInt(random.nextBoolean() ? 60 : 60_000)));
        all.add(part("header", 1, false, (part, random) -> part.localSignature ^= 1 << random.nextInt(32)));
        all.add(part("entry", 1, false, (part, random) -> part.signature ^= 1 << random.nextInt(32)));
        all.add(part(
                "length of the name",
                2,
                false,
                (part, random) -> part.nameLength = random.nextInt(random.nextBoolean() ? 20 : 60_000)));
        all.add(part("more than 2 GiB", 1, false, (part, random) -> {
            part.deflated = true;
            part.size = Integer.MAX_VALUE - 10L + random.nextInt(20);
        }));
        all.add(new Mutation<>("member removed", 2, (file, random) -> file.parts.remove(any(file, random))));
        all.add(new Mutation<>(
                "member added",
                4,
                (file, random) -> file.parts.add(
                        random.nextInt(file.parts.size() + 1),
                        new Part(
                                NAMES[random.nextInt(NAMES.length)],
                                PickleMutations.bytes(random, random.nextInt(9))))));
        all.add(new Mutation<>("member twice", 1, (file, random) -> file.parts.add(new Part(any(file, random)))));
        all.add(new Mutation<>(
                "members in another order", 2, (file, random) -> Collections.shuffle(file.parts, random)));
        all.add(new Mutation<>("version", 3, (file, random) -> replace(file, "version", VERSIONS, random)));
        all.add(new Mutation<>("byte order", 3, (file, random) -> replace(file, "byteorder", ORDERS, random)));
        all.add(new Mutation<>("another file's pickle", 1, (file, random) -> {
            Part part = new Part("other/data.pkl", ascii("\u0080\u0002N."));
            file.parts.add(random.nextInt(file.parts.size() + 1), part);
        }));
        all.add(new Mutation<>(
                "compressed pickle",
                3,
                (file, random) ->
                        file.parts.forEach(part -> part.deflated |= part.content == null && part.storage == null)));
        all.add(new Mutation<>("bomb", 2, ZipMutations::bomb));
        all.add(new Mutation<>("zip64 end", 2, (file, random) -> file.zip64 = !file.zip64));
        all.add(new Mutation<>("comment", 1, (file, random) -> file.comment = new byte[random.nextInt(300)]));
        all.add(new Mutation<>("damaged end", 3, false, ZipMutations::end));
        all.add(new Mutation<>("leading", 1, false, (file, random) -> file.leading = new byte[1 + random.nextInt(9)]));
        all.add(new Mutation<>("cut off", 2, false, (file, random) -> file.cutOff = 1 + random.nextInt(300)));
        all.add(new Mutation<>("tar", 1, false, (file, random) -> {
            file.leading = new byte[600];
            System.arraycopy(ascii("ustar"), 0, file.leading, 257, 5);
        }));
        return all;
    }

    /** Damages a member. */
    private interface PartChange {
        void apply(Part part, Random random);
    }

    private static Mutation<ZipStructure> part(String name, int weight, PartChange change) {
        return part(name, weight, true, change);
    }

    private static Mutation<ZipStructure> part(String name, int weight, boolean sealed, PartChange change) {
        return new Mutation<>(name, weight, sealed, (file, random) -> change.apply(any(file, random), random));
    }

    private static Part any(ZipStructure file, Random random) {
        if (file.parts.isEmpty()) {
            file.parts.add(new Part("archive/data.pkl", null));
        }
        // The members around the storages say more.
        Part part = file.parts.get(random.nextInt(file.parts.size()));
        return part.storage != null ? file.parts.get(random.nextInt(file.parts.size())) : part;
    }

    private static long number(Random random) {
        return random.nextBoolean()
                ? random.nextInt(3_000)
                : PickleMutations.NUMBERS[random.nextInt(PickleMutations.NUMBERS.length)];
    }

    private static void content(Part part, Random random) {
        if (part.storage == null && part.content == null) {
            part.filler = 1 + random.nextInt(30);
        } else {
            part.content = PickleMutations.bytes(random, random.nextInt(64));
        }
    }

    private static void replace(ZipStructure file, String name, String[] values, Random random) {
        file.parts.removeIf(part -> new String(part.name, StandardCharsets.UTF_8).endsWith(name));
        file.parts.add(new Part(file.folder + '/' + name, ascii(values[random.nextInt(values.length)])));
    }

    /** Bytes behind the pickle, which its reader does not look at, that take nearly no room when compressed. */
    private static void bomb(ZipStructure file, Random random) {
        if (random.nextInt(20) == 0) {
            file.pickleTail = new byte[60_000 + random.nextInt(60_000)];
        } else {
            file.pickleTail = new byte[random.nextInt(3_000)];
        }
        for (Part part : file.parts) {
            part.deflated |= part.content == null && part.storage == null;
        }
    }

    private static void end(ZipStructure file, Random random) {
        switch (random.nextInt(7)) {
            case 0 -> file.directory = number(random);
            case 1 -> file.directorySize = number(random);
            case 2 -> file.endSignature = random.nextInt();
            case 3 -> {
                file.zip64 = true;
                file.locatorSignature = random.nextInt();
            }
            case 4 -> {
                file.zip64 = true;
                file.endSignature64 = random.nextInt();
            }
            case 5 -> {
                file.zip64 = true;
                file.end64 = number(random);
            }
            default -> {
                file.zip64 = random.nextBoolean();
                file.directory = (long) Integer.MAX_VALUE;
                file.directorySize = number(random);
            }
        }
    }
}
