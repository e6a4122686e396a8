package dev.netwright.runtime.files;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.io.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header, the tensors' bytes. Reading refuses
 * everything the specification forbids (holes, overlaps, trailing bytes, duplicate keys, sizes that disagree) with a
 * {@link MalformedFileException}, and allocates nothing from a size that it has not checked against the input.
 *
 * <p>Limits, refused with the same exception: 100,000 tensors, 10,000 metadata entries, 64 dimensions, names of 50,000
 * characters, notes of 20,000,000, 2,147,483,639 bytes and as many elements in one tensor. A file may be longer.
 */
public final class Safetensors {
    /**
     * What a file holds.
     *
     * @param tensors by name, in the order of their data
     * @param metadata the file's own notes, in the order of the file
     */
    public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {
        /**
         * Copies the maps.
         *
         * @param tensors by name
         * @param metadata the file's notes
         */
        public Contents {
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
            metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        }
    }

    private Safetensors() {}

    /**
     * Maps a file into memory: its tensors are views of the file, and a byte is read when it is first used. Until then
     * they take no memory, and afterwards none of the heap. From a file system that maps no files, such as an archive's,
     * the bytes are read into the heap.
     *
     * <p>The file must not be changed or cut off while its tensors are in use: they would show the new bytes, or end in
     * an {@link InternalError}. Replacing it by a rename, as {@link #write} does, is safe. The mapping ends
     * when the garbage collector finds its tensors unused; until then Windows lets nobody replace or delete the file.
     * {@link #read(Path)} maps nothing.
     *
     * @param path the file
     * @return its tensors and metadata
     * @throws MalformedFileException if the file breaks a rule of the format
     * @throws IOException if it cannot be read
     */
    public static Contents map(Path path) throws IOException {
        return SafetensorsViews.map(path);
    }

    /**
     * Reads a file into the heap.
     *
     * @param path the file
     * @return its tensors and metadata
     * @throws MalformedFileException if the file breaks a rule of the format
     * @throws IOException if it cannot be read
     */
    public static Contents read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new SafetensorsReader(String.valueOf(path.getFileName()), in, Files.size(path)).contents();
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param in the stream, left open
     * @return its tensors and metadata
     * @throws MalformedFileException if the content breaks a rule of the format
     * @throws IOException if it cannot be read
     */
    public static Contents read(InputStream in) throws IOException {
        return new SafetensorsReader("The stream", in, SafetensorsReader.UNKNOWN).contents();
    }

    /**
     * Reads a buffer from its position to its limit, both of which stay.
     *
     * @param buffer the content of a file, copied
     * @return its tensors and metadata
     * @throws MalformedFileException if the content breaks a rule of the format
     */
    public static Contents read(ByteBuffer buffer) throws MalformedFileException {
        Contents views = SafetensorsViews.of("The buffer", buffer);
        Map<String, Tensor> copies = new LinkedHashMap<>();
        views.tensors().forEach((name, tensor) -> copies.put(name, tensor.copy()));
        return new Contents(copies, views.metadata());
    }

    /**
     * Writes a file, replacing an old one only when the new one is complete on the disk.
     *
     * @param path the file; its folder must exist
     * @param tensors by name; the file orders them by element size, largest first, then by name
     * @param metadata notes; may be empty
     * @throws IllegalArgumentException if a tensor is named {@code __metadata__}, or a limit of the reader is passed
     * @throws IOException if the file cannot be written; an old one is then unchanged
     */
    public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter(tensors, metadata);
        AtomicFile.write(path, writer::writeTo);
    }
}
