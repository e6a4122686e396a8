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
            case TORCH -> torch(path).tensors();
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
        Object saved = TorchFile.read(path);
        try {
            return TorchStateDict.of(saved, entry);
        } catch (IllegalArgumentException absent) {
            throw noStateDict(String.valueOf(path.getFileName()), absent);
        }
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
        return switch (format(path)) {
            case SAFETENSORS -> Safetensors.map(path);
            case TORCH -> torch(path);
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
        InputStream buffered = new BufferedInputStream(in);
        buffered.mark(FileFormat.PREFIX);
        byte[] start = buffered.readNBytes(FileFormat.PREFIX);
        buffered.reset();
        return switch (FileFormat.of("The stream", start)) {
            case SAFETENSORS -> Safetensors.read(buffered);
            case TORCH -> torch("The stream", TorchFile.read(buffered));
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
            case TORCH -> torch("The buffer", TorchFile.read(buffer));
        };
    }

    private static Safetensors.Contents torch(Path path) throws IOException {
        return torch(String.valueOf(path.getFileName()), TorchFile.read(path));
    }

    private static Safetensors.Contents torch(String source, Object saved) throws MalformedFileException {
        try {
            return new Safetensors.Contents(TorchStateDict.of(saved), Map.of());
        } catch (IllegalArgumentException absent) {
            throw noStateDict(source, absent);
        }
    }

    static MalformedFileException noStateDict(String source, IllegalArgumentException reason) {
        return new MalformedFileException(source, 0, reason.getMessage());
    }

    /** The format that a file's first bytes tell. */
    static FileFormat format(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return FileFormat.of(String.valueOf(path.getFileName()), in.readNBytes(FileFormat.PREFIX));
        }
    }
}
