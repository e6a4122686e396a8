package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.io.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The files of {@code torch.save}: zip archives (since PyTorch 1.6) and the older sequence of pickles. They are read as
 * data: no class or function that a file names is looked up or run, so that files of unknown origin are safe to read.
 *
 * <p>Python's values become Java's: None null, bool Boolean, int Long (BigInteger beyond 64 bits), float Double, str
 * String, bytes {@link PickledBytes}, tuple {@link PickledTuple}, list List, set Set, dict and OrderedDict Map (in order),
 * tensors and parameters {@link Tensor}; anything else is a {@link PickledObject} that says what it would have been.
 */
public final class TorchFile {
    private static final int ZIP = 0x04034b50;
    private static final int EMPTY_ZIP = 0x06054b50;
    /** PROTO 2, LONG1 of ten bytes: the pickle of the magic number. */
    private static final int LEGACY = 0x0a8a0280;

    private static final int TAR_MAGIC = 257;

    private TorchFile() {}

    /**
     * Reads a file. It must not change meanwhile.
     *
     * @param path the file
     * @return what was saved
     * @throws MalformedFileException if it is not a file of {@code torch.save}, or is damaged
     * @throws IOException if it cannot be read
     */
    public static Object read(Path path) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            return read(String.valueOf(path.getFileName()), ByteSource.of(channel));
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param in the stream, left open; less than 2 GiB
     * @return what was saved
     * @throws MalformedFileException if it is not a file of {@code torch.save}, or is damaged
     * @throws IOException if it cannot be read
     */
    public static Object read(InputStream in) throws IOException {
        return read("The stream", ByteSource.of(ByteBuffer.wrap(in.readAllBytes())));
    }

    /**
     * Reads a buffer from its position to its limit, both of which stay.
     *
     * @param buffer the content of a file
     * @return what was saved
     * @throws MalformedFileException if it is not a file of {@code torch.save}, or is damaged
     */
    public static Object read(ByteBuffer buffer) throws MalformedFileException {
        try {
            return read("The buffer", ByteSource.of(buffer));
        } catch (MalformedFileException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new IllegalStateException("A buffer cannot fail to be read.", impossible);
        }
    }

    private static Object read(String name, ByteSource source) throws IOException {
        TorchErrors errors = new TorchErrors(name);
        return isZip(errors, source) ? new ZipLayout(errors, source).read() : new LegacyLayout(errors, source).read();
    }

    /** What is told of each tensor of a file whose values are not read. */
    @FunctionalInterface
    public interface Header {
        /**
         * Takes one tensor's form.
         *
         * @param key in the state dict
         * @param type of its elements
         * @param shape its dimensions
         */
        void tensor(String key, DType type, int[] shape);
    }

    /**
     * The keys, types and shapes of a file's state dict. Its tensors' values are not read.
     *
     * @param path the file
     * @param entry the state dict's key, as of {@link TorchStateDict#of(Object, String)}; null for the one that
     *     {@link TorchStateDict#of(Object)} finds
     * @param header is told each tensor, in the order of the file
     * @throws MalformedFileException if it is not a file of {@code torch.save}
     * @throws IllegalArgumentException if there is no state dict, or which one is not clear, with what there is
     * @throws IOException if it cannot be read
     */
    public static void header(Path path, String entry, Header header) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            header(String.valueOf(path.getFileName()), ByteSource.of(channel), entry, header);
        }
    }

    /**
     * As {@link #header(Path, String, Header)}, of a buffer from its position to its limit.
     *
     * @param name the file's, for messages
     * @param buffer the content of a file
     * @param entry the state dict's key, or null
     * @param header is told each tensor, in the order of the file
     * @throws MalformedFileException if it is not a file of {@code torch.save}
     * @throws IllegalArgumentException if there is no state dict, or which one is not clear, with what there is
     * @throws IOException if it cannot be read
     */
    public static void header(String name, ByteBuffer buffer, String entry, Header header) throws IOException {
        header(name, ByteSource.of(buffer), entry, header);
    }

    private static void header(String name, ByteSource source, String entry, Header header) throws IOException {
        Object saved = read(new TorchErrors(name), source, (view, at) -> view);
        TorchStateDict.views(saved, entry).forEach((key, view) -> header.tensor(key, view.dtype(), view.shape()));
    }

    /** What was saved, with whatever tensors become. */
    private static Object read(TorchErrors errors, ByteSource source, TorchPickle.Tensors tensors) throws IOException {
        return isZip(errors, source)
                ? new ZipLayout(errors, source).read(tensors)
                : new LegacyLayout(errors, source).read(tensors);
    }

    /**
     * The structure of a file: the number of its tensors, and every entry with its class, or its type, shape and bytes,
     * as an indented tree.
     *
     * @param path the file, of which the tensors' values are not read
     * @return several lines, without a line end after the last
     * @throws MalformedFileException if it is not a file of {@code torch.save}
     * @throws IOException if it cannot be read
     */
    public static String describe(Path path) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            ByteSource source = ByteSource.of(channel);
            TorchErrors errors = new TorchErrors(String.valueOf(path.getFileName()));
            Set<TorchTensor> tensors = new HashSet<>();
            Object saved = read(errors, source, (view, at) -> {
                tensors.add(view);
                return view;
            });
            long elements = tensors.stream().mapToLong(TorchTensor::size).sum();
            return String.format(Locale.ROOT, "%d tensors of %,d elements\n\n", tensors.size(), elements)
                    + TorchOutline.of(saved);
        }
    }

    /**
     * Whether something starts as the files of {@code torch.save} do.
     *
     * @param start the first bytes, four or more if there are as many
     * @return false for what {@link #read(Path)} certainly refuses
     */
    public static boolean startsLikeOne(byte[] start) {
        int first = start.length < 4
                ? 0
                : ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return first == ZIP || first == EMPTY_ZIP || first == LEGACY;
    }

    private static boolean isZip(TorchErrors errors, ByteSource source) throws IOException {
        int first = source.size() < 4 ? 0 : source.slice(0, 4).getInt(0);
        if (first == ZIP || first == EMPTY_ZIP) {
            return true;
        }
        if (first == LEGACY) {
            return false;
        }
        if (source.size() >= TAR_MAGIC + 5
                && StandardCharsets.ISO_8859_1
                        .decode(source.slice(TAR_MAGIC, 5))
                        .toString()
                        .equals("ustar")) {
            throw errors.at(0, TorchRule.TAR);
        }
        throw errors.at(0, TorchRule.START, (source.size() == 0 ? ", since it is empty" : ""));
    }

    /**
     * Writes a file that {@code torch.load} reads, replacing an old one only when the new one is complete on the disk. A
     * map of tensors becomes an OrderedDict, as state dicts are; other maps become dictionaries. State dicts load with
     * {@code weights_only=True} from PyTorch 1.13 on, other values from 2.0 on.
     *
     * @param path the file; its folder must exist
     * @param value tensors, numbers, texts, Booleans, null, and lists, {@link PickledTuple}s and maps of them
     * @throws IllegalArgumentException if the value holds anything else
     * @throws IOException if the file cannot be written; an old one is then unchanged
     */
    public static void write(Path path, Object value) throws IOException {
        PickleWriter pickle = new PickleWriter();
        byte[] bytes = pickle.write(value);
        String folder = folder(path);
        AtomicFile.write(path, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            try (ZipWriter zip = new ZipWriter(out)) {
                zip.add(folder + "/data.pkl", bytes);
                zip.add(folder + "/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
                for (int key = 0; key < pickle.storages().size(); key++) {
                    zip.add(folder + "/data/" + key, pickle.storages().get(key).toBytes());
                }
                zip.add(folder + "/version", "3\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    /** As PyTorch names it: the file's name without what follows its last dot. */
    private static String folder(Path path) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
