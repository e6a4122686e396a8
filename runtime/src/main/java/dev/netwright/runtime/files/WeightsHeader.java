package dev.netwright.runtime.files;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.check.Shapes;
import dev.netwright.runtime.files.torch.TorchFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a file of weights says of its tensors before their values: keys, types and shapes, by key. Of a file on disk the
 * values are not read, whatever their size.
 */
public final class WeightsHeader {
    private static final char END = '\n';

    private final Map<String, Entry> entries;

    private WeightsHeader(Map<String, Entry> entries) {
        this.entries = new TreeMap<>(entries);
    }

    /** One tensor. */
    public static final class Entry {
        private final DType type;
        private final int[] shape;

        private Entry(DType type, int[] shape) {
            this.type = type;
            this.shape = shape;
        }

        /**
         * Its dimensions.
         *
         * @return empty for a single value
         */
        public int[] shape() {
            return shape.clone();
        }

        /**
         * Whether models take its values over, converted to the model's type.
         *
         * @return false for what loading refuses, such as complex numbers
         */
        public boolean loadable() {
            return type.convertible();
        }

        /**
         * Type and shape.
         *
         * @return such as {@code F32[64, 3, 3, 3]}
         */
        @Override
        public String toString() {
            return type + Shapes.text(shape);
        }
    }

    /**
     * Reads a file's header.
     *
     * @param path safetensors, a whole model or checkpoint among them, or a file of PyTorch's with a state dict, a
     *     checkpoint or a whole module, as {@link StateDicts#read(Path)} reads them
     * @param entry the state dict's key in a checkpoint, as of {@link StateDicts#read(Path, String)}; null for the one
     *     that {@link StateDicts#read(Path)} finds
     * @return the tensors of its state dict
     * @throws MalformedFileException if it is not such a file
     * @throws IllegalArgumentException if it has no such state dict, or which one is not clear, with what there is, as a
     *     clause without a full stop
     * @throws IOException if it cannot be read
     */
    public static WeightsHeader read(Path path, String entry) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (isSafetensors(StateDicts.format(path), entry)) {
            try (InputStream in = Files.newInputStream(path)) {
                return of(new SafetensorsReader(name, in, Files.size(path)).header());
            }
        }
        return torch(header -> TorchFile.header(path, entry, header));
    }

    private static boolean isSafetensors(FileFormat format, String entry) {
        if (format == FileFormat.SAFETENSORS && entry != null) {
            throw StateDicts.noEntries(entry);
        }
        return format == FileFormat.SAFETENSORS;
    }

    /**
     * As {@link #read(Path, String)}, of a stream, which is read no further than needed: a safetensors file's up to the
     * values, one of PyTorch's to its end.
     *
     * @param name the file's, for messages
     * @param in the stream, left open
     * @param entry the state dict's key in a checkpoint, or null
     * @return the tensors of its state dict
     * @throws MalformedFileException if it is not such a file
     * @throws IllegalArgumentException if it has no such state dict, or which one is not clear
     * @throws IOException if it cannot be read
     */
    public static WeightsHeader read(String name, InputStream in, String entry) throws IOException {
        InputStream buffered = new BufferedInputStream(in);
        buffered.mark(FileFormat.PREFIX);
        byte[] start = buffered.readNBytes(FileFormat.PREFIX);
        buffered.reset();
        if (isSafetensors(FileFormat.of(name, start), entry)) {
            return of(new SafetensorsReader(name, buffered, SafetensorsReader.UNKNOWN).header());
        }
        ByteBuffer whole = ByteBuffer.wrap(buffered.readAllBytes());
        return torch(header -> TorchFile.header(name, whole, entry, header));
    }

    /**
     * The header of what was read already.
     *
     * @param contents a file's
     * @return the tensors of its state dict
     */
    public static WeightsHeader of(Safetensors.Contents contents) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        ModelFile.weights(contents)
                .forEach((key, tensor) -> entries.put(key, new Entry(tensor.dtype(), tensor.shape())));
        return new WeightsHeader(entries);
    }

    private static WeightsHeader of(SafetensorsHeader header) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            if (ModelFile.isWeight(entry.name(), header.metadata())) {
                entries.put(entry.name(), new Entry(entry.dtype(), entry.shape()));
            }
        }
        return new WeightsHeader(entries);
    }

    /** Something that tells a PyTorch file's tensors. */
    @FunctionalInterface
    private interface TorchReader {
        void tell(TorchFile.Header header) throws IOException;
    }

    private static WeightsHeader torch(TorchReader reader) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        reader.tell((key, type, shape) -> entries.put(key, new Entry(type, shape)));
        return new WeightsHeader(entries);
    }

    /**
     * The tensors.
     *
     * @return by key, in the keys' order
     */
    public Map<String, Entry> entries() {
        return new TreeMap<>(entries);
    }

    /**
     * The header of those tensors alone that somebody asks for.
     *
     * @param keys their keys; those that are not there are passed over
     * @return a part of this header
     */
    public WeightsHeader only(Collection<String> keys) {
        Map<String, Entry> some = new TreeMap<>(entries);
        some.keySet().retainAll(new HashSet<>(keys));
        return new WeightsHeader(some);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        entries.forEach((key, entry) -> lines.add(key + " " + entry));
        return lines;
    }

    /**
     * Identifies keys, types and shapes, whatever their order in the file.
     *
     * @return SHA-256, 64 hexadecimal digits
     */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines().forEach(line -> digest.update((line + END).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }

    /**
     * The header as texts that {@link #difference} compares with another one.
     *
     * @param longest about as many characters as one text may have
     * @return texts of several lines, in order
     */
    public List<String> texts(int longest) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String line : lines()) {
            if (text.length() + line.length() >= longest && text.length() > 0) {
                texts.add(text.toString());
                text.setLength(0);
            }
            text.append(line).append(END);
        }
        texts.add(text.toString());
        return texts;
    }

    /**
     * Where this header first differs from an earlier one.
     *
     * @param earlier what {@link #texts} gave of it
     * @return the first key, in the keys' order, that only one of them has, or that has another type or shape, in words;
     *     empty if there is none
     */
    public Optional<String> difference(String... earlier) {
        Map<String, String> before = new TreeMap<>();
        for (String line : String.join("", earlier).split(String.valueOf(END))) {
            // types and shapes have no space before them but this one, and begin with the last that a letter follows
            int end = line.lastIndexOf(' ', Math.max(0, line.lastIndexOf('[')));
            if (end >= 0) {
                before.put(line.substring(0, end), line.substring(end + 1));
            }
        }
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(entries.keySet());
        for (String key : keys) {
            String now =
                    Optional.ofNullable(entries.get(key)).map(Entry::toString).orElse(null);
            String then = before.get(key);
            if (then == null) {
                return Optional.of(key + " is new there, as " + now);
            }
            if (now == null) {
                return Optional.of(key + " is missing there, which was " + then);
            }
            if (!now.equals(then)) {
                return Optional.of(key + " is " + now + " there, and was " + then);
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightsHeader that && lines().equals(that.lines());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lines().toArray());
    }

    /**
     * A line for each tensor.
     *
     * @return keys, each with type and shape
     */
    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
