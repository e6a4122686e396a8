package dev.netwright.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.generated.Models;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
        assertThat(Safetensors.read(file)).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(Safetensors.map(file)).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(Safetensors.map(file)).isEqualTo(Safetensors.read(file));
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
        int[] shape = new int[65];
        Arrays.fill(shape, 1);
        assertThatThrownBy(() -> Safetensors.write(
                        folder.resolve("x"), Map.of("deep", Tensor.of(new float[1], shape)), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"deep\" has 4 and 65");
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
        String four = valid.replace("\"a\"", "\"\u00e4\u20ac\ud83d\ude00\"");
        return Stream.of(
                Arguments.of(new byte[5], 0, "it has 5 bytes, fewer than the 8 of the header's length"),
                Arguments.of(
                        new byte[] {-1, -1, -1, -1, -1, -1, -1, -1},
                        0,
                        "it announces a header of 18446744073709551615 bytes, beyond the 100000000 that the format"
                                + " allows"),
                Arguments.of(
                        new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{'},
                        0,
                        "it announces a header of 100 bytes, but only 1 follow"),
                Arguments.of(file("", 0), 8, "the header starts with nothing, not with '{'"),
                Arguments.of(file(" {}", 0), 8, "the header starts with the byte 0x20, not with '{'"),
                Arguments.of(
                        file("{", 0),
                        9,
                        "the header is not JSON: Unexpected end-of-input: expected close marker for Object"),
                Arguments.of(
                        file("{}{}", 0),
                        10,
                        "the header goes on after its closing brace, where only spaces may follow"),
                Arguments.of(
                        file("{}\n", 0),
                        10,
                        "the header goes on after its closing brace, where only spaces may follow"),
                Arguments.of(file("{}", 1), 10, "the data ends here, but the file goes on"),
                Arguments.of(file(valid, 7), 62, "the data of \"a\" goes on to byte 70, but the file ends at byte 69"),
                Arguments.of(file(valid, 9), 70, "the data ends here, but the file goes on"),
                Arguments.of(file(twice, 8), 62, "the key \"a\" appears twice"),
                Arguments.of(
                        file(valid.replace("}}", ",\"dtype\":\"F32\"}}"), 8), 61, "the key \"dtype\" appears twice"),
                Arguments.of(
                        file(valid.replace("}}", ",\"x\":{\"y\":1,\"y\":2}}}"), 8), 72, "the key \"y\" appears twice"),
                Arguments.of(
                        file(entry("[2]", "[4,12]"), 12), 63, "nothing covers the 4 bytes before the data of \"a\""),
                Arguments.of(
                        file(twice.replaceFirst("\"a\"", "\"b\""), 8),
                        115,
                        "the data of \"a\" begins 8 bytes before the data before it ends"),
                Arguments.of(
                        file(entry("[3]", "[0,8]"), 8),
                        9,
                        "\"a\" needs 96 bits as F32[3], but its data_offsets span 8 bytes"),
                Arguments.of(file(entry("[-2]", "[0,8]"), 8), 37, "shape of \"a\" contains the negative number -2"),
                Arguments.of(
                        file(entry("[2]", "[8,0]"), 8), 9, "data_offsets of \"a\" are [8, 0], not a begin and an end"),
                Arguments.of(
                        file(entry("[2]", "[0,8,8]"), 8),
                        9,
                        "data_offsets of \"a\" are [0, 8, 8], not a begin and an end"),
                Arguments.of(
                        file(entry("[2.5]", "[0,8]"), 8),
                        37,
                        "an element of the shape of \"a\" is a fraction, not an integer"),
                Arguments.of(file(entry("2", "[0,8]"), 8), 36, "shape of \"a\" is an integer, not an array"),
                Arguments.of(
                        file(entry("[2000000000,2000000000,2000000000]", "[0,8]"), 8),
                        9,
                        "the size of \"a\" with shape [2000000000, 2000000000, 2000000000] overflows 64 bits"),
                Arguments.of(
                        file(entry("[99999999999999999999]", "[0,8]"), 8),
                        37,
                        "shape of \"a\" contains a number beyond 9223372036854775807"),
                Arguments.of(
                        file(entry("[9999999999]", "[0,8]"), 8),
                        9,
                        "\"a\" has the dimension 9999999999, beyond 2147483647"),
                Arguments.of(
                        file(entry("[1000000000]", "[0,4000000000]"), 8),
                        9,
                        "\"a\" has 1000000000 elements in 4000000000 bytes; one tensor has at most 2147483639 of each"),
                Arguments.of(
                        file(entry("[" + "1,".repeat(64) + "2]", "[0,8]"), 8),
                        165,
                        "the shape of \"a\" has more than 64 dimensions, the most that PyTorch has"),
                Arguments.of(file(valid.replace("F32", "F33"), 8), 22, "\"a\" has the unknown dtype \"F33\""),
                Arguments.of(file(valid.replace("dtype", "type"), 8), 9, "\"a\" lacks dtype"),
                Arguments.of(file(four.replace("F32", "F\u00e4"), 8), 30, "has the unknown dtype \"F\u00e4\""),
                Arguments.of(file("{\"a\":3}", 0), 13, "\"a\" is an integer, not an object"),
                Arguments.of(
                        file("{\"__metadata__\":{\"k\":1}}", 0), 29, "__metadata__ \"k\" is an integer, not a string"),
                Arguments.of(
                        file("{\"__metadata__\":{\"k\":\"\\ud83d\"}}", 0),
                        29,
                        "\"?\" has half of a surrogate pair, which is no text"),
                Arguments.of(
                        file(valid.replace("\"shape\"", "\"x\":" + "[".repeat(99) + "]".repeat(99) + ",\"shape\""), 8),
                        62,
                        "the header has 33 levels of nesting, and the reader takes at most 32"),
                Arguments.of(
                        file(valid.replace("\"shape\"", "\"x\":[" + "9".repeat(1_000_000) + "],\"shape\""), 8),
                        33,
                        "the header has 1000000 characters in a number, and the reader takes at most 32"),
                Arguments.of(
                        file("{\"\\u0061\\n" + "a".repeat(49_999) + "\" :{}}", 0),
                        9,
                        "the header has 50001 characters in a name, and the reader takes at most 50000"),
                Arguments.of(
                        file(valid.replace("\"shape\"", "\"x\":[" + "0,".repeat(4_000_000) + "0],\"shape\""), 8),
                        8_000_019,
                        "the header has 4000001 tokens, and the reader takes at most 4000000"),
                Arguments.of(
                        file("{\"__metadata__\":{\"k\":\"" + "a".repeat(20_000_001) + "\"}}", 0),
                        29,
                        "the header has 20000001 characters in a string, and the reader takes at most 20000000"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesMalformedContentFromEverySource(byte[] content, int offset, String problem) throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), content);
        String place = " cannot be read at byte " + offset + ": ";
        for (ThrowingCallable read : List.<ThrowingCallable>of(
                () -> Safetensors.read(file),
                () -> Safetensors.map(file),
                () -> LineModel.create().loadStateDict(file))) {
            assertThatThrownBy(read)
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageStartingWith("bad.safetensors" + place)
                    .hasMessageEndingWith(problem + ".")
                    .extracting(thrown -> ((MalformedFileException) thrown).offset())
                    .isEqualTo((long) offset);
        }
        assertThatThrownBy(() -> Safetensors.read(ByteBuffer.wrap(content)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("The buffer" + place);
        assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(content)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("The stream" + place);
    }

    @Test
    void refusesMoreTensorsAndNotesThanItsLimits() {
        StringBuilder notes = new StringBuilder("{\"__metadata__\":{\"0\":\"\"");
        for (int i = 1; i <= 10_000; i++) {
            notes.append(",\"").append(i).append("\":\"\"");
        }
        byte[] manyNotes = file(notes.append("}}").toString(), 0);
        assertThatThrownBy(() -> Safetensors.read(ByteBuffer.wrap(manyNotes)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("more than 10000 metadata entries");
        StringBuilder tensors = new StringBuilder("{");
        for (int i = 0; i <= 100_000; i++) {
            tensors.append(i == 0 ? "\"" : ",\"")
                    .append(i)
                    .append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] manyTensors = file(tensors.append("}").toString(), 0);
        assertThatThrownBy(() -> Safetensors.read(ByteBuffer.wrap(manyTensors)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("more than 100000 tensors");
    }

    @Test
    void theLongestNamesAndNotesAreWrittenAndRead() throws IOException {
        Path file = folder.resolve("long.safetensors");
        Map<String, Tensor> tensors = Map.of("\n".repeat(50_000), Tensor.of(new float[] {1}, 1));
        Map<String, String> notes = Map.of("\u00e4".repeat(50_000), "n".repeat(20_000_000));
        Safetensors.write(file, tensors, notes);
        assertThat(Safetensors.read(file)).isEqualTo(new Safetensors.Contents(tensors, notes));
        for (Map<String, String> refused :
                List.of(Map.of("a".repeat(50_001), ""), Map.of("a", "n".repeat(20_000_001)))) {
            assertThatThrownBy(() -> Safetensors.write(file, Map.of(), refused))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(" in a safetensors file has at most ");
        }
        assertThatThrownBy(() ->
                        Safetensors.write(file, Map.of("t".repeat(50_001), Tensor.of(new float[] {1}, 1)), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("...\" has 50001.");
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

    @Test
    void readCopiesAndMapDoesNot() throws IOException {
        Path file = folder.resolve("copied.safetensors");
        Safetensors.write(file, Map.of("x", Tensor.of(new float[] {1, 2}, 2)), Map.of());
        byte[] content = Files.readAllBytes(file);
        Tensor read = Safetensors.read(file).tensors().get("x");
        Tensor fromBuffer = Safetensors.read(ByteBuffer.wrap(content)).tensors().get("x");
        Tensor mapped = Safetensors.map(file).tensors().get("x");
        content[content.length - 1] = 0x7F;
        Files.write(file, new byte[] {0x7F}, StandardOpenOption.APPEND);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {0x41}), content.length - 1);
        }
        assertThat(read.toArray()).containsExactly(1, 2);
        assertThat(fromBuffer.toArray()).containsExactly(1, 2);
        assertThat(mapped.toArray()).containsExactly(1, 8);
    }

    @Test
    void loadingAMappedFileAllocatesAFractionOfIt() throws IOException {
        Parameters source = new Models()
                .linear("a", 1000, 2000)
                .convolution("b", 256, 256, 3)
                .parameters();
        source.initialize(3);
        Path file = folder.resolve("eleven-megabytes.safetensors");
        Safetensors.write(file, source.stateDict(), Map.of());
        Parameters target = new Models()
                .linear("a", 1000, 2000)
                .convolution("b", 256, 256, 3)
                .parameters();
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = bean.getCurrentThreadAllocatedBytes();
        target.load(Safetensors.map(file).tensors(), true);
        assertThat(bean.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        assertThat(Arrays.equals(target.values(), source.values())).isTrue();
    }

    @Test
    void filesBeyondTwoGigabytesAreMapped() throws IOException {
        int gigabyte = 1 << 30;
        String json = "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + gigabyte + "],\"data_offsets\":[0," + gigabyte + "]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[" + gigabyte / 4 + "],\"data_offsets\":[" + gigabyte + ","
                + 2L * gigabyte + "]},\"c\":{\"dtype\":\"U8\",\"shape\":[" + gigabyte + "],\"data_offsets\":["
                + 2L * gigabyte + "," + 3L * gigabyte + "]},\"d\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":["
                + 3L * gigabyte + "," + (3L * gigabyte + 8) + "]}}";
        byte[] start = file(json, 0);
        Path path = folder.resolve("large.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            // A hole takes no room on the disk.
            file.setLength(start.length + 3L * gigabyte + 8);
            file.write(start);
            file.seek(start.length + 2L * gigabyte - 1);
            file.write(0x40);
            file.seek(start.length + 3L * gigabyte + 3);
            file.write(0xC0);
        }
        Map<String, Tensor> tensors = Safetensors.map(path).tensors();
        assertThat(tensors.keySet()).containsExactly("a", "b", "c", "d");
        ByteBuffer last = ByteBuffer.allocate(2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        tensors.get("b").copyBytes(gigabyte - 2 * Float.BYTES, last);
        assertThat(last.flip().asFloatBuffer()).isEqualTo(FloatBuffer.wrap(new float[] {0, 2}));
        assertThat(tensors.get("d").toArray()).containsExactly(-2, 0);
        assertThat(tensors.get("c").size()).isEqualTo(gigabyte);
    }
}
