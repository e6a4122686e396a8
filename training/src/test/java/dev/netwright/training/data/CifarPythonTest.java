package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarPythonTest {

    @TempDir
    private Path folder;

    /** Every pixel is 100 plus the label; the last one of each picture is 255. */
    private static byte[] pixels(int... labels) {
        byte[] pixels = new byte[labels.length * 3072];
        for (int i = 0; i < labels.length; i++) {
            Arrays.fill(pixels, i * 3072, (i + 1) * 3072 - 1, (byte) (100 + labels[i]));
            pixels[(i + 1) * 3072 - 1] = (byte) 255;
        }
        return pixels;
    }

    private static byte[] file(String key, int... labels) {
        return CifarArchive.pickle(key, pixels(labels), labels);
    }

    private static int[] labels(ImageDataset dataset) {
        return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
    }

    /** In the order of the original archive. */
    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("data_batch_2", file("labels", 3));
        files.put("batches.meta", "not looked at".getBytes(StandardCharsets.US_ASCII));
        files.put("test_batch", file("labels", 9));
        files.put("data_batch_1", file("labels", 1, 2));
        return files;
    }

    private void check(Cifar10 cifar) {
        assertThat(labels(cifar.train())).containsExactly(1, 2, 3);
        assertThat(labels(cifar.test())).containsExactly(9);
        assertThat(cifar.train().pixel(1, 0, 0, 0)).isEqualTo(102);
        assertThat(cifar.train().pixel(2, 2, 31, 31)).isEqualTo(255);
        assertThat(cifar.train().pixel(2, 2, 31, 30)).isEqualTo(103);
    }

    @Test
    void thePythonVersionIsReadFromFolderAndArchive() throws IOException {
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        check(Cifar10.read(folder));
        Path archive = folder.resolve("cifar-10-python.tar.gz");
        CifarArchive.gzip(archive, CifarArchive.tar("cifar-10-batches-py", files()));
        check(Cifar10.read(archive));
    }

    @Test
    void theBinaryVersionIsReadFromItsArchive() throws IOException {
        byte[] records = new byte[2 * 3074];
        records[0] = 3;
        records[1] = 77;
        records[3074] = 19;
        records[3075] = 99;
        records[2 * 3074 - 1] = (byte) 200;
        Path archive = folder.resolve("cifar-100-binary.tar.gz");
        CifarArchive.gzip(
                archive, CifarArchive.tar("cifar-100-binary", Map.of("train.bin", records, "test.bin", records)));
        Cifar100 fine = Cifar100.read(archive);
        assertThat(labels(fine.train())).containsExactly(77, 99);
        assertThat(fine.train().classNames()).hasSize(100).contains("trout").doesNotHaveDuplicates();
        assertThat(fine.train().classNames().get(99)).isEqualTo("worm");
        assertThat(fine.test().pixel(1, 2, 31, 31)).isEqualTo(200);
        Cifar100 coarse = Cifar100.read(archive, Cifar100.Labels.COARSE);
        assertThat(labels(coarse.train())).containsExactly(3, 19);
        assertThat(coarse.train().classNames()).hasSize(20).endsWith("vehicles_2");
    }

    @Test
    void cifar100sPythonVersionHasBothLabels() throws IOException {
        Files.write(folder.resolve("train"), file("fine_labels", 42, 50));
        Files.write(folder.resolve("test"), file("fine_labels", 0));
        assertThat(labels(Cifar100.read(folder).train())).containsExactly(42, 50);
        assertThatThrownBy(() -> Cifar100.read(folder, Cifar100.Labels.COARSE))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("cannot be read at byte 0: its dictionary has no list \"coarse_labels\"");
    }

    @Test
    void aDamagedPickleIsRefused() throws IOException {
        Path file = folder.resolve("data_batch_1");
        byte[] whole = file("labels", 1, 2);
        Files.write(file, Arrays.copyOf(whole, 3000));
        assertThatThrownBy(() -> Cifar10.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageMatching(".*data_batch_1 cannot be read at byte \\d+: .*");
        Files.write(file, CifarArchive.pickle("labels", pixels(1), 1, 2));
        assertThatThrownBy(() -> Cifar10.read(folder)).hasMessageContaining("2 labels need 6144 bytes of pictures");
        Files.write(file, file("labels", 1, 10));
        assertThatThrownBy(() -> Cifar10.read(folder)).hasMessageContaining("record 1 has the label 10");
        Files.write(file, "\u0080\u0002K\u0001.".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Cifar10.read(folder)).hasMessageContaining("holds no dictionary");
    }

    @Test
    void aDamagedArchiveIsRefused() throws IOException {
        Path archive = folder.resolve("cifar.tar.gz");
        byte[] tar = CifarArchive.tar("cifar-10-batches-py", files());
        CifarArchive.gzip(archive, Arrays.copyOf(tar, 5000));
        assertThatThrownBy(() -> Cifar10.read(archive))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("cifar.tar.gz cannot be read at byte 5000")
                .hasMessageContaining("cut short");
        CifarArchive.gzip(archive, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Cifar10.read(archive)).hasMessageContaining("cut short");
        byte[] other = new byte[1024];
        Arrays.fill(other, (byte) 'x');
        CifarArchive.gzip(archive, other);
        assertThatThrownBy(() -> Cifar10.read(archive)).hasMessageContaining("no tar archive");
        CifarArchive.gzip(archive, tar);
        byte[] zipped = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(zipped, zipped.length / 2));
        assertThatThrownBy(() -> Cifar10.read(archive)).hasMessageContaining("cut short");
        CifarArchive.gzip(archive, CifarArchive.tar("other", Map.of("readme", new byte[3])));
        assertThatThrownBy(() -> Cifar10.read(archive)).hasMessageContaining("holds no file of CIFAR-10");
    }
}
