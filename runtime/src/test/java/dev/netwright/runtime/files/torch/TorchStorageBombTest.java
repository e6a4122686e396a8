package dev.netwright.runtime.files.torch;

import static dev.netwright.runtime.files.torch.Bombs.assertRefused;
import static dev.netwright.runtime.files.torch.Bombs.describe;
import static dev.netwright.runtime.files.torch.Bombs.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views, storages and members that ask for more than a file holds. */
class TorchStorageBombTest {
    @TempDir
    private Path folder;

    /** A list of views of one storage of 16 bytes and more, each of one element. */
    private static PickleBuilder views(int count, int elements, boolean colliding) {
        PickleBuilder draw = Pickles.start();
        draw.op('(');
        draw.global("torch._utils", "_rebuild_tensor_v2");
        Pickles.put(draw, 0);
        Pickles.storage(draw, "ByteStorage", "0", elements);
        Pickles.put(draw, 1);
        Pickles.tuple(draw, 1, 1);
        Pickles.put(draw, 2);
        Pickles.ops(draw, '1', ']');
        for (int i = 0; i < count; i++) {
            Pickles.get(draw, 0);
            draw.op('(');
            Pickles.get(draw, 1);
            draw.number(colliding ? 0 : i % elements);
            Pickles.get(draw, 2);
            // 31 a + b is the same for all.
            Pickles.tuple(draw, colliding ? i : 1, colliding ? 31L * (count - i) : 1);
            Pickles.ops(draw, 't', 'R', 'a');
        }
        draw.op('.');
        return draw;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyViewsOfOneStorageAreRead(boolean colliding) throws IOException {
        int count = 30_000;
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        PickleBuilder draw = views(count, bytes.length, colliding);
        byte[] file = Pickles.zip(draw, Map.of("0", bytes));
        List<?> views = (List<?>) read(file);
        assertThat(views.size()).isEqualTo(count);
        for (int i = 0; i < count; i += 997) {
            Tensor expected = Tensor.ofBytes(DType.U8, new byte[] {(byte) (colliding ? 0 : i)}, 1, 1);
            assertThat(views.get(i)).isEqualTo(expected);
        }
        assertThat(describe(folder, file)).startsWith((colliding ? count : 256) + " tensors of ");
    }

    @Test
    void moreViewsThanASystemHasMappingsAreRead() throws IOException {
        int count = 70_000;
        PickleBuilder draw = Pickles.start();
        draw.op('(');
        draw.global("torch._utils", "_rebuild_tensor_v2");
        Pickles.put(draw, 0);
        Pickles.storage(draw, "ByteStorage", "0", 1);
        Pickles.put(draw, 1);
        draw.op(')');
        Pickles.put(draw, 2);
        Pickles.ops(draw, '1', ']');
        for (int i = 0; i < count; i++) {
            Pickles.get(draw, 0);
            draw.op('(');
            Pickles.get(draw, 1);
            draw.number(0);
            Pickles.tuple(draw, 1);
            Pickles.tuple(draw, i);
            Pickles.ops(draw, 't', 'R', 'a');
        }
        draw.op('.');
        byte[] file = new LegacyStructure(draw.tokens, Map.of("0", new byte[] {7}), Map.of("0", 1)).seal();
        Path path = Files.write(folder.resolve("views.pth"), file);
        List<?> views = (List<?>) read(path);
        assertThat(views.size()).isEqualTo(count);
        assertThat(views.get(count - 1)).isEqualTo(Tensor.ofBytes(DType.U8, new byte[] {7}, 1));
    }

    private static byte[] expanded(int times, int size) {
        PickleBuilder draw = Pickles.start();
        draw.op(']');
        for (int i = 0; i < times; i++) {
            draw.global("torch._utils", "_rebuild_tensor_v2");
            draw.op('(');
            Pickles.storage(draw, "FloatStorage", "0", 100);
            draw.number(i);
            Pickles.tuple(draw, size);
            Pickles.tuple(draw, 0);
            Pickles.ops(draw, 't', 'R', 'a');
        }
        draw.op('.');
        return Pickles.zip(draw, Map.of("0", new byte[400]));
    }

    @Test
    void oneElementExpandedIsReadUpToALimit() throws IOException {
        Tensor thousand = (Tensor) ((List<?>) read(expanded(1, 1_000))).get(0);
        assertThat(thousand).isEqualTo(Tensor.of(new float[1_000], 1_000));
        assertRefused(expanded(1, Integer.MAX_VALUE), TorchRule.TENSOR_LARGE, 4L * Integer.MAX_VALUE);
        assertRefused(expanded(1, 10_000_000), TorchRule.REPEATED, 16);
        assertRefused(expanded(100, 50_000), TorchRule.REPEATED, 16);
    }

    @Test
    void aPartOfAStorageBeyondItsMemberIsRefused() {
        PickleBuilder draw = Pickles.start();
        draw.global("torch._utils", "_rebuild_tensor_v2");
        Pickles.ops(draw, '(', '(');
        draw.text("storage");
        draw.global("torch", "FloatStorage");
        draw.text("0");
        draw.text("cpu");
        draw.number(8);
        draw.text("part");
        draw.number(4);
        draw.number(4);
        Pickles.ops(draw, 0x87, 't', 'Q');
        draw.number(0);
        Pickles.tuple(draw, 4);
        Pickles.tuple(draw, 1);
        Pickles.ops(draw, 't', 'R', '.');
        assertRefused(
                Pickles.zip(draw, Map.of("0", new byte[16])),
                TorchRule.STORAGE_MEMBER,
                "\"0\"",
                8,
                4,
                "holds 16 bytes of it");
    }

    @Test
    void membersThatOverlapAreRefused() {
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, 'N', '.');
        ZipStructure structure = Pickles.structure(draw.tokens, Map.of("0", new byte[10]));
        ZipStructure.Part again = new ZipStructure.Part("archive/data/1", new byte[10]);
        again.header = 0L;
        structure.parts.add(again);
        assertRefused(ZipSeal.write(structure), TorchRule.MEMBER_OVERLAP, "\"archive/data/1\"", "\"archive/data.pkl\"");
    }

    @Test
    void aMemberThatInflatesTo64MibIsRefused() {
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, 'N', '.');
        ZipStructure structure = Pickles.structure(draw.tokens, Map.of());
        structure.pickleTail = new byte[1 << 26];
        structure.parts.get(0).deflated = true;
        assertRefused(ZipSeal.write(structure), TorchRule.INFLATED, 16);
    }

    /** Short of what is refused: up to 16 bytes of pickle for each of the file, each of which makes a set. */
    @Test
    void aCompressedPickleTakesMemoryForItsInflatedBytes() throws IOException {
        int sets = 200_000;
        PickleBuilder draw = Pickles.start();
        draw.op('(');
        for (int i = 0; i < sets; i++) {
            draw.op(0x8f);
        }
        Pickles.ops(draw, 'l', '.');
        byte[] incompressible = new byte[sets / 16];
        new Random(1).nextBytes(incompressible);
        ZipStructure structure = Pickles.structure(draw.tokens, Map.of("0", incompressible));
        structure.parts.get(0).deflated = true;
        byte[] file = ZipSeal.write(structure);
        assertThat(file.length).isLessThan(sets / 14);
        List<?> saved = (List<?>) Bombs.readInflated(file, sets);
        assertThat(saved).hasSize(sets);
        assertThat(saved.stream().allMatch(Set.of()::equals)).isTrue();
    }

    @Test
    void theOffsetOfAnErrorInACompressedPickleLiesInTheFile() {
        PickleBuilder draw = Pickles.start();
        draw.text("n".repeat(3_000));
        Pickles.ops(draw, 'N', '.');
        ZipStructure structure = Pickles.structure(draw.tokens, Map.of());
        structure.parts.get(0).deflated = true;
        byte[] file = ZipSeal.write(structure);
        assertThatThrownBy(() -> TorchFile.read(ByteBuffer.wrap(file)))
                .isInstanceOfSatisfying(
                        MalformedFileException.class,
                        refused -> assertThat(refused.offset()).isBetween(30L, (long) file.length))
                .hasMessageContaining(TorchRule.LEFT_OVER.broken(1));
    }

    @Test
    void thousandsOfMembersWithLongNamesAreRead() throws IOException {
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, 'N', '.');
        ZipStructure structure = Pickles.structure(draw.tokens, Map.of());
        String name = "n".repeat(1_000);
        for (int i = 0; i < 3_000; i++) {
            structure.parts.add(new ZipStructure.Part("archive/" + i + name, new byte[0]));
        }
        assertThat(read(ZipSeal.write(structure))).isNull();
        structure.parts.add(new ZipStructure.Part("archive/7" + name, new byte[0]));
        assertRefused(ZipSeal.write(structure), TorchRule.MEMBER_TWICE, "\"archive/7" + "n".repeat(31) + "...\"");
    }
}
