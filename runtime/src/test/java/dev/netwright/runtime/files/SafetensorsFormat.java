package dev.netwright.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.hostile.Format;
import dev.netwright.runtime.hostile.Mutation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The reader of safetensors under test, and what a naive reading of the same bytes finds. */
class SafetensorsFormat implements Format<SafetensorsStructure> {
    @Override
    public String source() {
        return "The buffer";
    }

    @Override
    public SafetensorsStructure structure(Random random) {
        return SafetensorsStructure.drawn(random);
    }

    @Override
    public byte[] seal(SafetensorsStructure structure) {
        return structure.seal();
    }

    @Override
    public List<Mutation<SafetensorsStructure>> mutations() {
        return SafetensorsMutations.all();
    }

    @Override
    public Safetensors.Contents read(byte[] content) throws IOException {
        return Safetensors.read(ByteBuffer.wrap(content));
    }

    @Override
    public List<String> sentences() {
        return Arrays.stream(SafetensorsRule.values())
                .map(SafetensorsRule::sentence)
                .toList();
    }

    @Override
    public void check(byte[] content, Object read) {
        Safetensors.Contents contents = (Safetensors.Contents) read;
        int length =
                (int) ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Map<?, ?> header = (Map<?, ?>) NaiveJson.parse(new String(content, 8, length, StandardCharsets.UTF_8));
        Map<Object, Object> notes = new LinkedHashMap<>();
        boolean[] covered = new boolean[content.length - 8 - length];
        int tensors = 0;
        for (Map.Entry<?, ?> entry : header.entrySet()) {
            if (entry.getKey().equals("__metadata__")) {
                notes.putAll((Map<?, ?>) entry.getValue());
            } else {
                Tensor tensor = contents.tensors().get(entry.getKey());
                assertThat(tensor).as("%s", entry.getKey()).isNotNull();
                check((Map<?, ?>) entry.getValue(), tensor, content, 8 + length, covered);
                tensors++;
            }
        }
        assertThat(contents.tensors()).hasSize(tensors);
        assertThat(new ArrayList<>(contents.metadata().entrySet())).isEqualTo(new ArrayList<>(notes.entrySet()));
        int holes = 0;
        for (boolean one : covered) {
            holes += one ? 0 : 1;
        }
        assertThat(holes).as("bytes of no tensor").isZero();
        checkStream(content, contents);
    }

    private static void check(Map<?, ?> entry, Tensor tensor, byte[] content, int start, boolean[] covered) {
        assertThat(tensor.dtype()).hasToString((String) entry.get("dtype"));
        assertThat(Arrays.toString(tensor.shape())).isEqualTo(entry.get("shape").toString());
        List<?> offsets = (List<?>) entry.get("data_offsets");
        int begin = Integer.parseInt(offsets.get(0).toString());
        int end = Integer.parseInt(offsets.get(1).toString());
        BigInteger bits = BigInteger.valueOf(tensor.dtype().bits());
        for (int extent : tensor.shape()) {
            bits = bits.multiply(BigInteger.valueOf(extent));
        }
        assertThat(bits).isEqualTo(BigInteger.valueOf(8L * (end - begin)));
        int twice = 0;
        for (int i = begin; i < end; i++) {
            twice += covered[i] ? 1 : 0;
            covered[i] = true;
        }
        assertThat(twice).as("bytes of two tensors").isZero();
        byte[] bytes = Arrays.copyOfRange(content, start + begin, start + end);
        assertThat(Arrays.equals(tensor.toBytes(), bytes)).as("bytes").isTrue();
        if (tensor.dtype() == DType.F32) {
            int[] words = new int[tensor.size()];
            for (int i = 0; i < bytes.length; i++) {
                words[i / 4] |= (bytes[i] & 0xFF) << 8 * (i % 4);
            }
            int[] bitsRead = new int[tensor.size()];
            float[] floats = tensor.toArray();
            Arrays.setAll(bitsRead, i -> Float.floatToRawIntBits(floats[i]));
            assertThat(Arrays.equals(bitsRead, words)).as("floats").isTrue();
        }
    }

    private static void checkStream(byte[] content, Safetensors.Contents expected) {
        try {
            assertThat(Safetensors.read(new ByteArrayInputStream(content)).equals(expected))
                    .as("stream like buffer")
                    .isTrue();
        } catch (IOException refused) {
            throw new AssertionError("The stream is refused, the buffer is not.", refused);
        }
    }
}
