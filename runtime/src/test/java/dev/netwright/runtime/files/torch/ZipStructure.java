package dev.netwright.runtime.files.torch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A file as PyTorch writes it since 1.6, valid or not. */
final class ZipStructure extends TorchStructure {
    /** A member of the archive: what it says of itself, where that is not what it is. */
    static final class Part {
        byte[] name;
        /** Null for the pickle, or for a storage. */
        byte[] content;

        String storage;
        boolean deflated;
        int method = -1;
        int flags = 0x800;
        boolean zip64;
        Long size;
        Long compressed;
        Long header;
        Integer crc;
        /** Bytes of the extra field of the local header. */
        int filler;

        int localSignature = 0x04034b50;
        int signature = 0x02014b50;
        Integer nameLength;
        /** How much further into the archive than it stands the member's bytes are to begin. */
        int shift;

        Part(String name, byte[] content) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.content = content;
        }

        Part(Part other) {
            name = other.name;
            content = other.content;
            storage = other.storage;
            deflated = other.deflated;
            method = other.method;
            flags = other.flags;
            zip64 = other.zip64;
            size = other.size;
            compressed = other.compressed;
            header = other.header;
            crc = other.crc;
            filler = other.filler;
        }
    }

    final List<Part> parts = new ArrayList<>();
    String folder = "archive";
    byte[] pickleTail = new byte[0];
    boolean aligned;
    boolean zip64;
    byte[] comment = new byte[0];
    byte[] leading = new byte[0];
    int cutOff;
    int endSignature = 0x06054b50;
    int locatorSignature = 0x07064b50;
    int endSignature64 = 0x06064b50;
    Long directory;
    Long directorySize;
    Long end64;

    ZipStructure(Random random, PickleDraw draw) {
        super(draw);
        addParts(random);
    }

    ZipStructure(Random random, List<PickleToken> pickle, Map<String, byte[]> storages) {
        super(pickle, storages, Map.of());
        addParts(random);
    }

    private void addParts(Random random) {
        aligned = random.nextBoolean();
        zip64 = random.nextInt(8) == 0;
        bigEndian = random.nextInt(5) == 0;
        parts.add(new Part(folder + "/data.pkl", null));
        if (bigEndian || random.nextBoolean()) {
            String order = (bigEndian ? "big" : "little") + (random.nextInt(8) == 0 ? "\n" : "");
            parts.add(new Part(folder + "/byteorder", ascii(order)));
        }
        storages.keySet().forEach(this::addStorage);
        parts.add(new Part(
                folder + (random.nextInt(8) == 0 ? "/.data/version" : "/version"),
                ascii((1 + random.nextInt(10)) + "\n")));
        if (random.nextInt(4) == 0) {
            parts.add(new Part(folder + "/.data/serialization_id", ascii("0123456789".repeat(4))));
        }
        for (Part part : parts) {
            part.deflated = random.nextInt(16) == 0;
            part.zip64 = random.nextInt(16) == 0;
            part.filler = random.nextInt(16) == 0 ? random.nextInt(20) : 0;
        }
    }

    private void addStorage(String key) {
        Part part = new Part(folder + "/data/" + key, null);
        part.storage = key;
        parts.add(part);
    }

    /** Those of storages that were added meanwhile too. */
    List<Part> written() {
        List<Part> all = new ArrayList<>(parts);
        for (String key : storages.keySet()) {
            if (key.equals("added") && parts.stream().noneMatch(part -> key.equals(part.storage))) {
                addStorage(key);
                all.add(parts.remove(parts.size() - 1));
            }
        }
        return all;
    }

    byte[] content(Part part) {
        if (part.content != null) {
            return part.content;
        }
        if (part.storage != null) {
            return storages.getOrDefault(part.storage, new byte[0]);
        }
        byte[] written = PickleToken.write(pickle);
        byte[] whole = Arrays.copyOf(written, written.length + pickleTail.length);
        System.arraycopy(pickleTail, 0, whole, written.length, pickleTail.length);
        return whole;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
