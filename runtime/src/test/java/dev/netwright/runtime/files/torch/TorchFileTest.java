package dev.netwright.runtime.files.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what PyTorch reads from the same files; {@code src/test/python/expected_values.py} wrote it down. */
class TorchFileTest {
    @TempDir
    Path folder;

    static byte[] golden(String name) throws IOException {
        try (InputStream in = TorchFileTest.class.getResourceAsStream("/golden/torch/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny_state_dict.pth",
                "tiny_state_dict_legacy.pth",
                "tiny_whole_model.pth",
                "tiny_checkpoint_sgd.pth",
                "tiny_checkpoint_adam.pth",
                "tiny_checkpoint_adamw.pth",
                "views_dtypes.pth"
            })
    void everyValueIsTheOneThatPyTorchReads(String name) throws IOException {
        Map<?, ?> expected =
                Golden.map(Golden.map(Golden.read("torch/expected.json")).get(name));
        Path path = Files.write(folder.resolve(name), golden(name));
        for (Object saved : new Object[] {
            TorchFile.read(path),
            TorchFile.read(ByteBuffer.wrap(golden(name))),
            TorchFile.read(new ByteArrayInputStream(golden(name)))
        }) {
            assertThat(flat(saved)).isEqualTo(flatExpected(expected));
        }
    }

    private static Map<String, Object> flatExpected(Map<?, ?> expected) {
        Map<String, Object> flat = new LinkedHashMap<>();
        expected.forEach((path, value) ->
                flat.put((String) path, value instanceof Map<?, ?> tensor ? tensor(tensor) : value));
        return flat;
    }

    private static Tensor tensor(Map<?, ?> json) {
        return Tensor.ofBytes(
                DType.valueOf((String) json.get("dtype")),
                HexFormat.of().parseHex((String) json.get("bytes")),
                Golden.ints(json.get("shape")));
    }

    private static Map<String, Object> flat(Object saved) {
        Map<String, Object> flat = new LinkedHashMap<>();
        walk("", saved instanceof PickledObject ? TorchStateDict.of(saved) : saved, flat);
        return flat;
    }

    private static void walk(String path, Object value, Map<String, Object> flat) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> walk(path + "/" + key, element, flat));
        } else if (value instanceof List || value instanceof PickledTuple) {
            List<?> list = value instanceof PickledTuple tuple ? tuple.elements() : (List<?>) value;
            for (int i = 0; i < list.size(); i++) {
                walk(path + "/" + i, list.get(i), flat);
            }
        } else {
            flat.put(path, value instanceof Tensor ? value : repr(value));
        }
    }

    /** As Python's repr. */
    private static String repr(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof String text) {
            return "'" + text + "'";
        }
        return value.toString().replace("E-", "e-").replace("1.0e-8", "1e-08").replace("1.0e-4", "0.0001");
    }

    @Test
    void aWholeModelIsInertRecordsOfItsClasses() throws IOException {
        Object saved = TorchFile.read(ByteBuffer.wrap(golden("tiny_whole_model.pth")));
        PickledObject model = (PickledObject) saved;
        assertThat(model.type()).isEqualTo(new PickledGlobal("torch.nn.modules.container", "Sequential"));
        Map<?, ?> modules = (Map<?, ?>) ((Map<?, ?>) model.state()).get("_modules");
        PickledObject conv = (PickledObject) modules.get("conv");
        assertThat(conv.type()).hasToString("torch.nn.modules.conv.Conv2d");
        assertThat(((Map<?, ?>) conv.state()).get("kernel_size")).isEqualTo(new PickledTuple(List.of(3L, 3L)));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Tensor shared = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Map<Object, Object> saved = new LinkedHashMap<>();
        saved.put("model", Map.of("w", shared));
        saved.put("tied", shared);
        saved.put("count", Tensor.ofLongs(new long[] {Long.MIN_VALUE}));
        saved.put("empty", Tensor.of(new float[0], 0, 3));
        saved.put("half", Tensor.ofBytes(DType.F16, new byte[] {1, 2, 3, 4}, 2));
        saved.put("tiny", Tensor.ofBytes(DType.F8_E4M3, new byte[] {1, 2, 3}, 3));
        saved.put("numbers", List.of(0L, 255L, 256L, 65535L, 65536L, -1L, 1L << 40, Long.MIN_VALUE));
        saved.put(7L, new PickledTuple(List.of(0.1, "text \u00e9", true, List.of())));
        saved.put("nothing", null);
        Path path = folder.resolve("written.pth");
        TorchFile.write(path, saved);
        Map<?, ?> read = (Map<?, ?>) TorchFile.read(path);
        assertThat(read).isEqualTo(saved);
        assertThat(read.get("tied")).isSameAs(((Map<?, ?>) read.get("model")).get("w"));
    }

    @Test
    void everyMemberStartsAtAMultipleOf64AndEqualContentGivesEqualBytes() throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            state.put("layer" + i, Tensor.of(new float[i], i));
        }
        Path path = folder.resolve("aligned.pth");
        TorchFile.write(path, state);
        byte[] bytes = Files.readAllBytes(path);
        ByteSource source = ByteSource.of(ByteBuffer.wrap(bytes));
        TorchErrors errors = new TorchErrors("aligned.pth");
        ZipMembers members = new ZipMembers(errors, source);
        assertThat(members.names()).hasSize(15).contains("aligned/data.pkl", "aligned/byteorder", "aligned/version");
        for (String name : members.names()) {
            assertThat(members.offset(name) % 64).as(name).isZero();
        }
        TorchFile.write(path, state);
        assertThat(Files.readAllBytes(path)).isEqualTo(bytes);
    }

    @Test
    void aValueThatNoFileCanHoldIsRefusedAndAnOldFileStays() throws IOException {
        Path path = folder.resolve("old.pth");
        TorchFile.write(path, Map.of("w", Tensor.of(new float[] {1}, 1)));
        byte[] before = Files.readAllBytes(path);
        assertThatThrownBy(() -> TorchFile.write(path, Map.of("x", new StringBuilder("?"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("StringBuilder")
                .hasMessageContaining("it holds tensors, numbers");
        assertThatThrownBy(() -> TorchFile.write(path, Map.of("x", Tensor.ofBytes(DType.F4, new byte[1], 2))))
                .hasMessage("PyTorch has no elements of type F4, as F4[2] has.");
        List<Object> itself = new java.util.ArrayList<>();
        itself.add(itself);
        assertThatThrownBy(() -> TorchFile.write(path, itself)).hasMessageContaining("contains itself");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
        assertThat(folder).isDirectoryContaining("glob:**old.pth").isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void filesOfOtherKindsAreNamed() {
        byte[] tar = new byte[512];
        System.arraycopy("ustar".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertThatThrownBy(() -> TorchFile.read(ByteBuffer.wrap(tar)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("tar archive");
        assertThatThrownBy(() -> TorchFile.read(ByteBuffer.allocate(0)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("it is empty");
    }

    /** Of the reference's list; its unpickler refuses every other opcode and global. */
    @Test
    void aWrittenCheckpointHasOnlyWhatWeightsOnlyAccepts() throws IOException {
        Map<String, Tensor> weights = Map.of("w", Tensor.of(new float[] {1, 2}, 2));
        Map<Object, Object> optimizer = new LinkedHashMap<>();
        optimizer.put("state", Map.of(0L, Map.of("step", Tensor.of(new float[] {3}), "exp_avg", weights.get("w"))));
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("lr", 0.001f);
        group.put("betas", new PickledTuple(List.of(0.9f, 0.999f)));
        group.put("amsgrad", false);
        group.put("foreach", null);
        group.put("params", List.of(0L, 1L << 40, -1L, 300L, 70_000L));
        optimizer.put("param_groups", List.of(group));
        Map<String, Object> checkpoint = new LinkedHashMap<>();
        checkpoint.put("model", weights);
        checkpoint.put("optimizer", optimizer);
        checkpoint.put("rare", Tensor.ofBytes(DType.F8_E5M2, new byte[] {1}, 1));
        List<PickleToken> tokens = PickleToken.parse(new PickleWriter().write(checkpoint), 0);
        List<Integer> accepted = new java.util.ArrayList<>(List.of(0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a));
        "cqrhjt)MKJXGQN}]se(uaRb.".chars().forEach(accepted::add);
        assertThat(tokens).extracting(PickleToken::opcode).isSubsetOf(accepted);
        assertThat(tokens.stream()
                        .filter(token -> token.opcode() == 'c')
                        .map(token -> new String(token.operand(), java.nio.charset.StandardCharsets.US_ASCII)
                                .strip()
                                .replace('\n', ' '))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "torch._utils _rebuild_tensor_v2",
                        "torch._utils _rebuild_tensor_v3",
                        "torch FloatStorage",
                        "torch.storage UntypedStorage",
                        "torch float8_e5m2",
                        "collections OrderedDict");
    }
}
