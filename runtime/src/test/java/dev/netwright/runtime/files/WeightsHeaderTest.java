package dev.netwright.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.torch.TorchFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsHeaderTest {
    private static final String LINES = "a.bias F32[2]\na.weight F32[2, 3]\nsteps I64[]";

    @TempDir
    Path folder;

    private static Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("steps", Tensor.ofLongs(new long[] {4}));
        state.put("a.weight", Tensor.of(new float[6], 2, 3));
        state.put("a.bias", Tensor.of(new float[2], 2));
        return state;
    }

    @Test
    void isTheSameOfEveryFormatReadOrLoaded() throws IOException {
        Path safetensors = folder.resolve("a.safetensors");
        Safetensors.write(safetensors, state(), Map.of("epoch", "3"));
        Path torch = folder.resolve("a.pth");
        TorchFile.write(torch, Map.of("model", state(), "epoch", 3L));

        for (Path path : List.of(safetensors, torch)) {
            WeightsHeader header = WeightsHeader.read(path, null);
            assertThat(header).hasToString(LINES);
            assertThat(WeightsHeader.read("a", new ByteArrayInputStream(Files.readAllBytes(path)), null))
                    .isEqualTo(header);
            assertThat(WeightsHeader.of(StateDicts.views(path)))
                    .isEqualTo(header)
                    .hasSameHashCodeAs(header);
        }
        assertThat(WeightsHeader.read(torch, null).fingerprint())
                .isEqualTo(WeightsHeader.read(safetensors, null).fingerprint());
    }

    @Test
    void ofACheckpointTheEntryIsRead() throws IOException {
        Path torch = folder.resolve("a.pth");
        TorchFile.write(torch, Map.of("model", Map.of("b", Tensor.of(new float[2], 2)), "ema", state()));

        assertThat(WeightsHeader.read(torch, "ema")).hasToString(LINES);
        assertThat(WeightsHeader.read("a", new ByteArrayInputStream(Files.readAllBytes(torch)), "ema"))
                .hasToString(LINES);
        assertThat(WeightsHeader.read(torch, null)).hasToString("b F32[2]");
        assertThatThrownBy(() -> WeightsHeader.read(torch, "avg"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it has no entry \"avg\"; it holds ");
    }

    @Test
    void namesTheFirstDifference() throws IOException {
        WeightsHeader before = WeightsHeader.of(new Safetensors.Contents(state(), Map.of()));
        Map<String, Tensor> changed = state();
        changed.put("a.weight", Tensor.of(new float[6], 3, 2));
        changed.put("b", Tensor.of(new float[1], 1));
        WeightsHeader after = WeightsHeader.of(new Safetensors.Contents(changed, Map.of()));
        for (int longest : new int[] {1, 30, 1000}) {
            String[] texts = before.texts(longest).toArray(String[]::new);

            assertThat(before.difference(texts)).isEmpty();
            assertThat(after.difference(texts)).hasValue("a.weight is F32[3, 2] there, and was F32[2, 3]");
            assertThat(after.only(List.of("a.bias", "b")).difference(texts))
                    .hasValue("a.weight is missing there, which was F32[2, 3]");
        }
        assertThat(after.difference(after.only(List.of("a.bias", "a.weight", "steps"))
                        .texts(1000)
                        .get(0)))
                .hasValue("b is new there, as F32[1]");
        assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    }

    @Test
    void partsOfACheckpointBesideTheModelAreNoWeights() {
        Map<String, Tensor> state = state();
        state.put("optimizer/a.weight", Tensor.of(new float[6], 2, 3));

        assertThat(WeightsHeader.of(new Safetensors.Contents(state, Map.of("netwright.checkpoint", "1.0")))
                        .entries())
                .containsOnlyKeys("a.bias", "a.weight", "steps");
        assertThat(WeightsHeader.of(new Safetensors.Contents(state, Map.of())).entries())
                .hasSize(4);
    }

    @Test
    void ofAFileOfGigabytesTheHeaderAloneIsRead() throws IOException {
        Path path = folder.resolve("large.safetensors");
        String json = "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[2000000000,4000000000]}}";
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length())
                    .array());
            file.write(json.getBytes(StandardCharsets.US_ASCII));
            // the rest is a hole that takes no room on the disk
            file.setLength(8 + json.length() + 4_000_000_000L);
        }
        WeightsHeader.read(path, null);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        WeightsHeader header = WeightsHeader.read(path, null);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(header).hasToString("a F32[500000000]\nb F32[500000000]");
        assertThat(allocated).isLessThan(1 << 20);
    }
}
