package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {

    @TempDir
    private Path folder;

    /** Record i has the given label, and every pixel of its planes is label, label + 10, label + 20. */
    private void write(String file, int... labels) throws IOException {
        byte[] bytes = new byte[labels.length * 3073];
        for (int i = 0; i < labels.length; i++) {
            bytes[i * 3073] = (byte) labels[i];
            for (int c = 0; c < 3; c++) {
                int from = i * 3073 + 1 + c * 1024;
                Arrays.fill(bytes, from, from + 1024, (byte) (labels[i] + 10 * c));
            }
        }
        Files.write(folder.resolve(file), bytes);
    }

    private static int[] labels(ImageDataset dataset) {
        return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
    }

    @Test
    void theTestBatchIsTheTestSet() throws IOException {
        write("data_batch_2.bin", 3);
        write("data_batch_1.bin", 1, 2);
        write("test_batch.bin", 9);
        Files.writeString(folder.resolve("batches.meta.txt"), "airplane\n");
        Cifar10 cifar = Cifar10.read(folder);
        assertThat(labels(cifar.train())).containsExactly(1, 2, 3);
        assertThat(labels(cifar.test())).containsExactly(9);
        assertThat(cifar.train().shape()).containsExactly(3, 32, 32);
        assertThat(cifar.train().pixel(2, 0, 31, 31)).isEqualTo(3);
        assertThat(cifar.train().pixel(2, 1, 0, 0)).isEqualTo(13);
        assertThat(cifar.train().pixel(2, 2, 31, 31)).isEqualTo(23);
        assertThat(cifar.test().classNames()).hasSize(10).endsWith("truck");
    }

    @Test
    void withoutATestBatchTheLastQuarterIsTheTestSet() throws IOException {
        write("a.bin", 0, 1, 2, 3, 4);
        write("b.bin", 5, 6, 7, 8);
        Cifar10 cifar = Cifar10.read(folder);
        assertThat(labels(cifar.train())).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(labels(cifar.test())).containsExactly(7, 8);
    }

    @Test
    void aFileCutShortIsRefused() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), new byte[3073 * 2 - 1]);
        assertThatThrownBy(() -> Cifar10.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("data_batch_1.bin cannot be read at byte 3073: the file has 6145 bytes")
                .hasMessageContaining("1 records and 3072 bytes");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        write("data_batch_1.bin", 1, 2, 3, 4);
        Files.write(folder.resolve("data_batch_2.bin"), new byte[0]);
        assertThatThrownBy(() -> Cifar10.read(folder))
                .hasMessageContaining("data_batch_2.bin cannot be read at byte 0: the file has 0 bytes");
    }

    @Test
    void aLabelAboveNineIsRefused() throws IOException {
        write("data_batch_1.bin", 1, 2, 10, 3);
        assertThatThrownBy(() -> Cifar10.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(folder.resolve("data_batch_1.bin")
                        + " cannot be read at byte 6146: record 2 has the label 10," + " but CIFAR-10's are 0 to 9.");
    }

    @Test
    void aFolderWithNothingToTrainOnIsRefused() throws IOException {
        assertThatThrownBy(() -> Cifar10.read(folder))
                .hasMessageContaining("holds no file of CIFAR-10: neither *.bin, nor data_batch_1 to data_batch_5");
        assertThatThrownBy(() -> Cifar10.read(folder.resolve("absent"))).hasMessageContaining("does not exist");
        write("test_batch.bin", 1);
        assertThatThrownBy(() -> Cifar10.read(folder)).hasMessageContaining("holds test_batch alone");
        assertThatThrownBy(() -> Cifar10.read(folder.resolve("test_batch.bin")))
                .hasMessageContaining("is no archive packed by gzip");
        Files.delete(folder.resolve("test_batch.bin"));
        write("few.bin", 1, 2, 3);
        assertThatThrownBy(() -> Cifar10.read(folder)).hasMessageContaining("at least 4 records");
    }

    @Test
    void theFirstFourThousandRealPicturesAreReadWhole() throws IOException {
        Cifar10 cifar = Cifar10.read(SharedData.require("cifar10-4000"));
        assertThat(cifar.train().size()).isEqualTo(3000);
        assertThat(cifar.test().size()).isEqualTo(1000);
        // The first training picture of CIFAR-10 is a frog whose first pixel is (59, 62, 63).
        assertThat(cifar.train().classNames().get(cifar.train().label(0))).isEqualTo("frog");
        assertThat(cifar.train().pixel(0, 0, 0, 0)).isEqualTo(59);
        assertThat(cifar.train().pixel(0, 1, 0, 0)).isEqualTo(62);
        assertThat(cifar.train().pixel(0, 2, 0, 0)).isEqualTo(63);
    }
}
