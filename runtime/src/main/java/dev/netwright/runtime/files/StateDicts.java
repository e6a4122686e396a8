package dev.netwright.runtime.files;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.torch.TorchFile;
import dev.netwright.runtime.files.torch.TorchStateDict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads state dicts from the files that networks are passed around in: safetensors, and PyTorch's {@code .pth},
 * {@code .pt} and {@code .th} with a state dict, a checkpoint or a whole model. The content tells the format.
 */
public final class StateDicts {
    private StateDicts() {}

    /**
     * Reads a state dict.
     *
     * @param path a safetensors or PyTorch file
     * @return tensors by key, in the order of the file
     * @throws MalformedFileException if the file is damaged, of another format, or has no or several state dicts
     * @throws IOException if it cannot be read
     */
    public static Map<String, Tensor> read(Path path) throws IOException {
        return switch (format(path)) {
            case SAFETENSORS -> Safetensors.read(path).tensors();
            case TORCH -> torch(path, null).tensors();
        };
    }

    /**
     * Reads one of the state dicts of a PyTorch checkpoint.
     *
     * @param path a PyTorch file that holds a dictionary
     * @param entry the state dict's key in it, such as {@code ema}
     * @return tensors by key, in the order of the file
     * @throws MalformedFileException if the file is damaged, of another format, or has no such state dict
     * @throws IOException if it cannot be read
     */
    public static Map<String, Tensor> read(Path path, String entry) throws IOException {
        if (format(path) == FileFormat.SAFETENSORS) {
            throw noStateDict(String.valueOf(path.getFileName()), noEntries(entry));
        }
        return torch(path, entry).tensors();
    }

    /**
     * As {@link #read(Path)}, without copies where the format allows: the tensors of a safetensors file are views of
     * the mapped file, which must not change as long as they are used.
     *
     * @param path the file
     * @return tensors, and the metadata of a safetensors file
     * @throws MalformedFileException if the file is damaged or of another format
     * @throws IOException if it cannot be read
     */
    public static Safetensors.Contents views(Path path) throws IOException {
        return views(path, null);
    }

    /**
     * As {@link #views(Path)}, of one of the state dicts of a PyTorch checkpoint.
     *
     * @param path the file
     * @param entry the state dict's key; null for the one that {@link #read(Path)} finds
     * @return tensors, and the metadata of a safetensors file
     * @throws MalformedFileException if the file is damaged, of another format, or has no such state dict
     * @throws IOException if it cannot be read
     */
    public static Safetensors.Contents views(Path path, String entry) throws IOException {
        FileFormat format = format(path);
        requireEntries(String.valueOf(path.getFileName()), format, entry);
        return switch (format) {
            case SAFETENSORS -> Safetensors.map(path);
            case TORCH -> torch(path, entry);
        };
    }

    /**
     * As {@link #views(Path)}, of a stream read to its end.
     *
     * @param in the stream, left open
     * @return tensors, and the metadata of a safetensors file
     * @throws MalformedFileException if the content is damaged or of another format
     * @throws IOException if it cannot be read
     */
    public static Safetensors.Contents views(InputStream in) throws IOException {
        return views(in, null);
    }

    /**
     * As {@link #views(InputStream)}, of one of the state dicts of a PyTorch checkpoint.
     *
     * @param in the stream, left open
     * @param entry the state dict's key; null for the one that {@link #read(Path)} finds
     * @return tensors, and the metadata of a safetensors file
     * @throws MalformedFileException if the content is damaged, of another format, or has no such state dict
     * @throws IOException if it cannot be read
     */
    public static Safetensors.Contents views(InputStream in, String entry) throws IOException {
        InputStream buffered = new BufferedInputStream(in);
        buffered.mark(FileFormat.PREFIX);
        byte[] start = buffered.readNBytes(FileFormat.PREFIX);
        buffered.reset();
        FileFormat format = FileFormat.of("The stream", start);
        requireEntries("The stream", format, entry);
        return switch (format) {
            case SAFETENSORS -> Safetensors.read(buffered);
            case TORCH -> torch("The stream", TorchFile.read(buffered), entry);
        };
    }

    /**
     * As {@link #views(Path)}, of a buffer from its position to its limit.
     *
     * @param buffer the content of a file
     * @return tensors, and the metadata of a safetensors file
     * @throws MalformedFileException if the content is damaged or of another format
     */
    public static Safetensors.Contents views(ByteBuffer buffer) throws MalformedFileException {
        byte[] start = new byte[Math.min(FileFormat.PREFIX, buffer.remaining())];
        buffer.duplicate().get(start);
        return switch (FileFormat.of("The buffer", start)) {
            case SAFETENSORS -> SafetensorsViews.of("The buffer", buffer);
            case TORCH -> torch("The buffer", TorchFile.read(buffer), null);
        };
    }

    private static void requireEntries(String source, FileFormat format, String entry) throws MalformedFileException {
        if (entry != null && format == FileFormat.SAFETENSORS) {
            throw noStateDict(source, noEntries(entry));
        }
    }

    private static Safetensors.Contents torch(Path path, String entry) throws IOException {
        return torch(String.valueOf(path.getFileName()), TorchFile.read(path), entry);
    }

    private static Safetensors.Contents torch(String source, Object saved, String entry) throws MalformedFileException {
        try {
            return new Safetensors.Contents(
                    entry == null ? TorchStateDict.of(saved) : TorchStateDict.of(saved, entry), Map.of());
        } catch (IllegalArgumentException absent) {
            throw noStateDict(source, absent);
        }
    }

    private static MalformedFileException noStateDict(String source, IllegalArgumentException reason) {
        return new MalformedFileException(source, 0, reason.getMessage());
    }

    static IllegalArgumentException noEntries(String entry) {
        return new IllegalArgumentException(
                "it is a safetensors file, which is one state dict by itself and has no entry \"" + entry + "\"");
    }

    /** The format that a file's first bytes tell. */
    static FileFormat format(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return FileFormat.of(String.valueOf(path.getFileName()), in.readNBytes(FileFormat.PREFIX));
        }
    }
}
