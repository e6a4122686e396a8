package dev.netwright.runtime.files.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beyond 2 and 4 GiB, which take no room on the disk where nothing was written. */
class TorchLargeFileTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path folder;

    /** One ByteStorage tensor of four elements. */
    private static PickleBuilder bytesTensor(long elements, long offset) {
        PickleBuilder draw = new PickleBuilder(false);
        draw.tokens.add(PickleToken.number(0x80, 2));
        draw.global("torch._utils", "_rebuild_tensor_v2");
        draw.op('(');
        Pickles.storage(draw, "ByteStorage", "0", elements);
        draw.number(offset);
        Pickles.tuple(draw, 4);
        Pickles.tuple(draw, 1);
        draw.op('t');
        draw.op('R');
        draw.op('.');
        return draw;
    }

    @Test
    void aMemberBeyond4GibIsRead() throws IOException {
        ZipStructure structure =
                new ZipStructure(new Random(1), bytesTensor(5, 1).tokens, Map.of("0", new byte[] {1, 2, 3, 4, 5}));
        ZipStructure.Part storage = new ZipStructure.Part("archive/data/0", new byte[] {1, 2, 3, 4, 5});
        structure.parts.removeIf(part -> part.storage != null);
        structure.parts.add(storage);
        structure.bigEndian = false;
        structure.aligned = false;
        structure.zip64 = true;
        byte[] near = ZipSeal.write(structure);
        int block = 30 + storage.name.length + 5;
        int directory = directory(near);
        long place = 5 * GIB - 20;
        storage.header = place;
        structure.directory = place + block;
        byte[] first = ZipSeal.write(structure);
        // The end record lies as far behind as the directory does.
        structure.end64 = end64(first) + place + block - directory;
        byte[] sealed = ZipSeal.write(structure);
        Path path = folder.resolve("beyond.pth");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(sealed, 0, directory - block);
            file.seek(place);
            file.write(sealed, directory - block, sealed.length - directory + block);
        }
        assertThat(TorchFile.read(path)).isEqualTo(Tensor.ofBytes(DType.U8, new byte[] {2, 3, 4, 5}, 4));
        assertThat(TorchFile.describe(path)).isEqualTo("1 tensors of 4 elements\n\nU8[4]  4 bytes");
    }

    private static int directory(byte[] archive) {
        return find(archive, 0x02014b50);
    }

    private static int end64(byte[] archive) {
        return find(archive, 0x06064b50);
    }

    private static int find(byte[] archive, int signature) {
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != signature) {
            at++;
        }
        return at;
    }

    @Test
    void aDirectoryOfMoreThan2GibIsRefused() throws IOException {
        Path path = folder.resolve("directory.pth");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(new byte[] {'P', 'K', 3, 4});
            file.setLength(3 * GIB);
            file.seek(3 * GIB - 22);
            file.write(ByteBuffer.allocate(22)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0x06054b50)
                    .putLong(0)
                    .putInt((int) (2 * GIB + 5))
                    .putInt(100)
                    .array());
        }
        assertThatThrownBy(() -> TorchFile.read(path))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage("directory.pth cannot be read at byte 100: "
                        + TorchRule.ZIP_DIRECTORY_LARGE.broken(2 * GIB + 5) + ".");
    }

    @Test
    void aLegacyStorageIsReadUpTo2GibAndRefusedBeyond() throws IOException {
        Path path = folder.resolve("storage.pth");
        long most = Integer.MAX_VALUE - 8;
        writeLegacy(path, most);
        assertThat(TorchFile.read(path)).isEqualTo(Tensor.ofBytes(DType.U8, new byte[] {1, 2, 3, 4}, 4));
        long place = writeLegacy(path, most + 1);
        assertThatThrownBy(() -> TorchFile.read(path))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage("storage.pth cannot be read at byte " + place + ": "
                        + TorchRule.STORAGE_LARGE.broken("\"0\"", most + 1) + ".");
    }

    /** Elements 1 to 4 at the end of a storage of zeros; returns where it starts. */
    private static long writeLegacy(Path path, long elements) throws IOException {
        LegacyStructure structure = new LegacyStructure(
                bytesTensor(elements, elements - 4).tokens, Map.of("0", new byte[0]), Map.of("0", 1));
        structure.lengths.put("0", elements);
        byte[] start = structure.seal();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(0);
            file.write(start);
            file.setLength(start.length + elements);
            file.seek(start.length + elements - 4);
            file.write(new byte[] {1, 2, 3, 4});
        }
        return start.length;
    }

    @Test
    void partsOfALargeFileAreFoundAcrossWindows() throws IOException {
        Path path = folder.resolve("windows.bin");
        long[] places = {0, GIB - 2, 2 * GIB - 3, 3 * GIB - 1, 4 * GIB + 7};
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (long place : places) {
                file.seek(place);
                file.writeInt((int) place);
            }
        }
        try (FileChannel channel = FileChannel.open(path)) {
            ByteSource source = ByteSource.of(channel);
            for (long place : places) {
                ByteBuffer slice = source.slice(place, (int) Math.min(source.size() - place, Integer.MAX_VALUE));
                assertThat(slice.order(ByteOrder.BIG_ENDIAN).getInt(0)).isEqualTo((int) place);
            }
            assertThat(Arrays.stream(places).max().orElseThrow() + 4).isEqualTo(source.size());
        }
    }
}
