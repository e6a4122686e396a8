package dev.netwright.runtime.files.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.StateDicts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What few files have is read, or named by its key while the rest is read; {@code src/test/python/unusual_entries.py}
 * wrote the files.
 */
class TorchUnusualEntriesTest {
    private static final Tensor WEIGHT = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
    private static final Tensor BIAS = Tensor.of(new float[] {8, 9}, 2);

    @TempDir
    Path folder;

    private static Object read(String name) throws IOException {
        return TorchFile.read(ByteBuffer.wrap(TorchFileTest.golden(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"python2_state_dict.pth", "python2_module.pth"})
    void dictionariesOfPython2AreRead(String name) throws IOException {
        Map<String, Tensor> state = TorchStateDict.of(read(name));
        assertThat(state.keySet())
                .containsExactly(
                        "fc.weight",
                        "fc.bias",
                        "bn.weight",
                        "bn.bias",
                        "bn.running_mean",
                        "bn.running_var",
                        "bn.num_batches_tracked");
        // What torch.manual_seed(3) gives Linear(3, 2).
        assertThat(state.get("fc.weight"))
                .isEqualTo(Tensor.of(
                        new float[] {
                            -0.5724271535873413f,
                            -0.45544925332069397f,
                            -0.2472877949476242f,
                            -0.5462254881858826f,
                            -0.032776910811662674f,
                            -0.5079339742660522f
                        },
                        2,
                        3));
        assertThat(state.get("bn.running_var")).isEqualTo(Tensor.of(new float[] {1, 1}, 2));
        assertThat(state.get("bn.num_batches_tracked")).isEqualTo(Tensor.ofLongs(new long[1]));
        assertThat(TorchStateDict.unread(read(name))).isEmpty();
    }

    @Test
    void tensorsOfSubclassesAndWithAttributesAreRead() throws IOException {
        Object saved = read("subclasses.pth");
        assertThat(TorchStateDict.of(saved))
                .isEqualTo(Map.of(
                        "stated", Tensor.of(new float[] {0, 1, 2}, 3),
                        "noted", Tensor.of(new float[] {0, 1, 2, 3}, 4)));
        assertThat(TorchStateDict.unread(saved)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unusual_entries.pth", "unusual_entries_legacy.pth"})
    void whatIsNoTensorIsNamedAndTheRestIsRead(String name) throws IOException {
        Object saved = read(name);
        assertThat(TorchStateDict.of(saved)).isEqualTo(Map.of("fc.weight", WEIGHT, "fc.bias", BIAS));
        Map<String, Object> unread = TorchStateDict.unread(saved);
        assertThat(unread.keySet())
                .containsExactly(
                        "fc._extra_state",
                        "bytes._extra_state",
                        "empty._extra_state",
                        "array._extra_state",
                        "quantised",
                        "quantised32",
                        "sparse",
                        "complex",
                        "meta",
                        "numpy",
                        "number",
                        "none");
        assertThat(unread.get("fc._extra_state")).isEqualTo(Map.of("scale", Tensor.of(new float[] {1, 1}, 2)));
        assertThat(unread.get("bytes._extra_state"))
                .isEqualTo(new PickledBytes(new byte[] {0, (byte) 0xff, (byte) 0x80, 'a', 'b', 'c'}));
        assertThat(unread.get("empty._extra_state")).isEqualTo(new PickledBytes(new byte[0]));
        assertThat(unread.get("array._extra_state")).isEqualTo(new PickledBytes(new byte[] {1, (byte) 0xfe}));
        assertThat(List.of("quantised", "sparse", "complex", "meta", "numpy"))
                .extracting(key -> ((PickledObject) unread.get(key)).type().name())
                .containsExactly(
                        "_rebuild_qtensor",
                        "_rebuild_sparse_tensor",
                        "_rebuild_tensor_v2",
                        "_rebuild_meta_tensor_no_storage",
                        "_reconstruct");
        assertThat(unread).containsEntry("number", 7L).containsEntry("none", null);
    }

    /** PyTorch 2 writes the bits of lazy conjugation and negation behind the other arguments. */
    @ParameterizedTest
    @ValueSource(strings = {"conj", "neg"})
    void conjugatesAndNegativesAreNamedAndNotTakenForWhatIsStored(String bit) throws IOException {
        for (boolean set : new boolean[] {true, false}) {
            PickleBuilder draw = Pickles.start();
            Pickles.ops(draw, '}', '(');
            draw.text("x");
            draw.global("torch._utils", "_rebuild_tensor_v2");
            draw.op('(');
            Pickles.storage(draw, "FloatStorage", "0", 1);
            draw.number(0);
            Pickles.tuple(draw, 1);
            Pickles.tuple(draw, 1);
            draw.op(0x89);
            draw.orderedDict();
            draw.op('}');
            draw.text(bit);
            Pickles.ops(draw, set ? 0x88 : 0x89, 's', 't', 'R', 'u', '.');
            Map<?, ?> read = (Map<?, ?>) Bombs.read(Pickles.zip(draw, Map.of("0", new byte[4])));
            assertThat(read.get("x")).isInstanceOf(set ? PickledObject.class : Tensor.class);
        }
    }

    @Test
    void aStateDictInACheckpointIsFoundThoughAnEntryIsNoTensor() throws IOException {
        Map<String, Object> state = new LinkedHashMap<>(Map.of("fc.weight", WEIGHT));
        state.put("fc._extra_state", Map.of("scale", BIAS));
        Map<String, Tensor> expected = Map.of("fc.weight", WEIGHT);
        assertThat(TorchStateDict.of(state)).isEqualTo(expected);
        assertThat(TorchStateDict.of(Map.of("model", state, "best", BIAS))).isEqualTo(expected);
        assertThat(TorchStateDict.of(Map.of("generator", state, "epoch", 3L))).isEqualTo(expected);
        assertThat(TorchStateDict.of(Map.of("generator", state, "epoch", 3L), "generator"))
                .isEqualTo(expected);
        assertThat(TorchStateDict.unread(Map.of("generator", state), "generator"))
                .isEqualTo(Map.of("fc._extra_state", Map.of("scale", BIAS)));
        // Dictionaries of nothing but tensors go before those that have others.
        assertThat(TorchStateDict.of(Map.of("generator", expected, "random", Map.of("cpu", BIAS, "cuda", List.of()))))
                .isEqualTo(expected);
    }

    @Test
    void whatAModuleHoldsBesideTensorsIsNamed() throws IOException {
        PickledObject child = new PickledObject(new PickledGlobal("torch.jit", "ScriptModule"), PickledTuple.EMPTY);
        PickledObject module = new PickledObject(new PickledGlobal("torch.nn", "Module"), PickledTuple.EMPTY);
        PickledObject odd = new PickledObject(new PickledGlobal("numpy", "array"), PickledTuple.EMPTY);
        Map<Object, Object> parameters = new LinkedHashMap<>(Map.of("weight", WEIGHT, "odd", odd));
        parameters.put("bias", null);
        module.state(Map.of("_parameters", parameters, "_buffers", odd, "_modules", Map.of("child", child)));
        assertThat(TorchStateDict.of(module)).isEqualTo(Map.of("weight", WEIGHT));
        assertThat(TorchStateDict.unread(module)).isEqualTo(Map.of("odd", odd, "_buffers", odd, "child", child));
    }

    @Test
    void membersWithoutAChecksumAreReadAndDamagedOnesRefused() throws IOException {
        Path path = folder.resolve("saved.pth");
        TorchFile.write(path, Map.of("fc.weight", WEIGHT));
        byte[] bytes = Files.readAllBytes(path);
        assertThatThrownBy(() -> TorchFile.read(ByteBuffer.wrap(withChecksums(bytes, 1))))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("is damaged: its checksum is ");
        Files.write(path, withChecksums(bytes, 0));
        assertThat(StateDicts.read(path)).isEqualTo(Map.of("fc.weight", WEIGHT));
    }

    /** Sets the checksums of the directory. */
    private static byte[] withChecksums(byte[] zip, int checksum) {
        ByteBuffer changed = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int entries = 0;
        for (int at = 0; at < zip.length - 46; at++) {
            if (changed.getInt(at) == 0x02014b50) {
                changed.putInt(at + 16, checksum);
                entries++;
            }
        }
        assertThat(entries).isEqualTo(4);
        return changed.array();
    }

    /** A text that is recalled again and again would give any number of bytes. */
    @Test
    void textsAreEncodedOnceEach() throws IOException {
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, ']', '(');
        draw.global("_codecs", "encode");
        Pickles.put(draw, 0);
        draw.op('0');
        draw.text("x".repeat(10_000));
        draw.text("latin1");
        draw.op(0x86);
        Pickles.put(draw, 1);
        draw.op('0');
        for (int i = 0; i < 3; i++) {
            Pickles.get(draw, 0);
            Pickles.get(draw, 1);
            draw.op('R');
        }
        Pickles.ops(draw, 'e', '.');
        List<?> read = (List<?>) Bombs.read(Pickles.zip(draw));
        assertThat(read.get(0)).hasToString("10000 bytes");
        assertThat(read.get(1)).hasToString("_codecs.encode(...)");
        assertThat(read.get(2)).hasToString("_codecs.encode(...)");
    }

    /** Nor does a list of pairs. */
    @Test
    void listsOfPairsBecomeDictionariesOnceEach() throws IOException {
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, ']', '(');
        draw.global("collections", "OrderedDict");
        Pickles.put(draw, 0);
        Pickles.ops(draw, '0', ']', '(', ']', '(');
        draw.text("key");
        draw.number(1);
        draw.op('e');
        Pickles.put(draw, 2);
        for (int i = 0; i < 1_000; i++) {
            Pickles.get(draw, 2);
        }
        Pickles.ops(draw, 'e', 0x85);
        Pickles.put(draw, 1);
        draw.op('0');
        for (int i = 0; i < 4; i++) {
            Pickles.get(draw, 0);
            Pickles.get(draw, 1);
            draw.op('R');
        }
        Pickles.ops(draw, 'e', '.');
        List<?> read = (List<?>) Bombs.read(Pickles.zip(draw));
        assertThat(read.get(0)).isEqualTo(Map.of("key", 1L));
        assertThat(read.get(3)).hasToString("collections.OrderedDict(...)");
    }
}
