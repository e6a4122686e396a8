package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {
    /** Of the file that PyTorch and the reference writer made of the same network with manual_seed(0). */
    private static final String PYTORCH_FILE = "c413a0eefe15dab1f7bb3790fb0a6c9216a82b1113b15582cdc6d6143ba64a7e";

    @TempDir
    private Path folder;

    @Test
    void theCifarNetworkDrawnWithSeedZeroIsPyTorchsFileToTheByte() throws IOException, NoSuchAlgorithmException {
        Parameters parameters = Models.cifar();
        parameters.initialize(0);
        Path file = folder.resolve("net.safetensors");
        Safetensors.write(file, parameters.stateDict(), Map.of());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(PYTORCH_FILE);
    }

    private static Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.of(new float[] {1, Float.NaN, -0f}, 3));
        tensors.put("steps", Tensor.ofLongs(new long[] {Long.MIN_VALUE}));
        tensors.put("a \"quoted\" \u00e4", Tensor.of(new float[] {4}, 1, 1));
        tensors.put("half", Tensor.ofBytes(DType.F16, new byte[] {0, 0x3C}, 1));
        tensors.put("nothing", Tensor.of(new float[0], 0, 3));
        return tensors;
    }

    @Test
    void readsWhatItWroteFromEverySource() throws IOException {
        Path file = folder.resolve("all.safetensors");
        Map<String, String> metadata = Map.of("format", "pt");
        Safetensors.write(file, tensors(), metadata);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Safetensors.Contents expected = new Safetensors.Contents(tensors(), metadata);
        assertThat(Safetensors.read(file)).isEqualTo(expected);
        assertThat(Safetensors.read(new ByteArrayInputStream(bytes))).isEqualTo(expected);
        assertThat(Safetensors.read(buffer)).isEqualTo(expected);
        assertThat(buffer.remaining()).isEqualTo(bytes.length);
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
        assertThat(expected.tensors().get("half").toFloat().toArray()).containsExactly(1);
    }

    @Test
    void ordersBySizeOfElementThenByName() throws IOException {
        Path file = folder.resolve("order.safetensors");
        Safetensors.write(file, tensors(), Map.of());
        assertThat(Safetensors.read(file).tensors().keySet())
                .containsExactlyInAnyOrderElementsOf(tensors().keySet())
                .startsWith("steps")
                .endsWith("half");
    }

    @Test
    void replacesAFileAndLeavesNothingElseBehind() throws IOException {
        Path file = folder.resolve("net.safetensors");
        Safetensors.write(file, tensors(), Map.of());
        Safetensors.write(file, Map.of("x", Tensor.of(new float[1], 1)), Map.of());
        assertThat(Safetensors.read(file).tensors()).containsOnlyKeys("x");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFailedWriteKeepsTheOldFile() throws IOException {
        Path file = Files.createDirectory(folder.resolve("taken"));
        Files.createFile(file.resolve("inside"));
        assertThatThrownBy(() -> Safetensors.write(file, tensors(), Map.of())).isInstanceOf(IOException.class);
        assertThat(file.resolve("inside")).exists();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(() -> Safetensors.write(
                        folder.resolve("x"), Map.of("__metadata__", Tensor.of(new float[0], 0)), Map.of()))
                .hasMessageContaining("__metadata__");
    }

    static byte[] file(String json, int dataBytes) {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static String entry(String shape, String offsets) {
        return "{\"a\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
    }

    static Stream<Arguments> malformed() {
        String valid = entry("[2]", "[0,8]");
        String twice = valid.substring(0, valid.length() - 1) + "," + valid.substring(1);
        return Stream.of(
                Arguments.of(new byte[5], "it has 5 bytes, fewer than the 8"),
                Arguments.of(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, "a header of 18446744073709551615 bytes"),
                Arguments.of(new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{'}, "header"),
                Arguments.of(file("", 0), "does not start with '{'"),
                Arguments.of(file(" {}", 0), "does not start with '{'"),
                Arguments.of(file("{", 0), "not valid JSON"),
                Arguments.of(file("{}{}", 0), "goes on after its closing brace"),
                Arguments.of(file("{}", 1), "10 bytes"),
                Arguments.of(file(valid, 7), "bytes"),
                Arguments.of(file(valid, 9), "bytes"),
                Arguments.of(file(twice, 8), "Duplicate field 'a'"),
                Arguments.of(file(entry("[2]", "[4,12]"), 12), "nothing covers the bytes from 0"),
                Arguments.of(file(twice.replaceFirst("\"a\"", "\"b\""), 8), "begins at 0, but other data goes on to 8"),
                Arguments.of(file(entry("[3]", "[0,8]"), 8), "needs 12.0 bytes as F32[3], but its data_offsets span 8"),
                Arguments.of(file(entry("[-2]", "[0,8]"), 8), "negative number -2"),
                Arguments.of(file(entry("[2]", "[8,0]"), 8), "not a begin and an end"),
                Arguments.of(file(entry("[2]", "[0,8,8]"), 8), "not a begin and an end"),
                Arguments.of(file(entry("[2.5]", "[0,8]"), 8), "VALUE_NUMBER_FLOAT"),
                Arguments.of(file(entry("2", "[0,8]"), 8), "VALUE_NUMBER_INT in the header, not START_ARRAY"),
                Arguments.of(file(entry("[2000000000,2000000000,2000000000]", "[0,8]"), 8), "overflows"),
                Arguments.of(file(entry("[99999999999999999999]", "[0,8]"), 8), "out of range"),
                Arguments.of(file(entry("[9999999999]", "[0,8]"), 8), "beyond 2147483647"),
                Arguments.of(file(valid.replace("F32", "F33"), 8), "unknown dtype \"F33\""),
                Arguments.of(file(valid.replace("dtype", "type"), 8), "lacks dtype"),
                Arguments.of(file("{\"a\":3}", 0), "\"a\" is VALUE_NUMBER_INT"),
                Arguments.of(file("{\"__metadata__\":{\"k\":1}}", 0), "__metadata__ \"k\" is VALUE_NUMBER_INT"),
                Arguments.of(
                        file(valid.replace("\"shape\"", "\"x\":" + "[".repeat(99) + "]".repeat(99) + ",\"shape\""), 8),
                        "not valid JSON"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesMalformedContentFromEverySource(byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), content);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("bad.safetensors is not a valid safetensors file: ")
                .hasMessageContaining(message);
        assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(content)))
                .isInstanceOf(MalformedFileException.class);
        assertThatThrownBy(() -> Safetensors.read(ByteBuffer.wrap(content))).isInstanceOf(MalformedFileException.class);
    }

    @Test
    void acceptsWhatTheFormatAllows() throws IOException {
        String json = "{\"z\":{\"data_offsets\":[4,4],\"shape\":[0,7],\"dtype\":\"BF16\",\"note\":{\"x\":[1]}},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}   ";
        Map<String, Tensor> tensors =
                Safetensors.read(ByteBuffer.wrap(file(json, 4))).tensors();
        assertThat(tensors).containsOnlyKeys("a", "z");
        assertThat(tensors.get("a").shape()).isEmpty();
        assertThat(tensors.get("z").size()).isZero();
    }
}
