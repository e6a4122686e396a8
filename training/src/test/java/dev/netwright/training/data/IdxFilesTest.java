package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFilesTest {

    private static final List<String> NAMES = List.of("zero", "one");

    @TempDir
    private Path folder;

    private Path images;
    private Path labels;

    private static byte[] idx(int magic, int[] shape, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(magic);
        for (int size : shape) {
            out.writeInt(size);
        }
        out.write(data);
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static byte[] pictures() throws IOException {
        return idx(0x803, new int[] {2, 2, 3}, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte) 200});
    }

    @BeforeEach
    void writeValidFiles() throws IOException {
        images = folder.resolve("images");
        labels = folder.resolve("labels");
        Files.write(images, pictures());
        Files.write(labels, idx(0x801, new int[] {2}, new byte[] {1, 0}));
    }

    private void assertRefused(byte[] content, String... parts) throws IOException {
        Files.write(images, content);
        assertThatThrownBy(() -> IdxFiles.read(images, labels, NAMES))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(images.toString())
                .hasMessageContainingAll(parts);
    }

    @Test
    void plainAndCompressedFilesHoldTheSame() throws IOException {
        ImageDataset plain = IdxFiles.read(images, labels, NAMES);
        Files.write(images, gzip(pictures()));
        ImageDataset zipped = IdxFiles.read(images, labels, NAMES);
        for (ImageDataset dataset : List.of(plain, zipped)) {
            assertThat(dataset.size()).isEqualTo(2);
            assertThat(dataset.shape()).containsExactly(1, 2, 3);
            assertThat(dataset.label(0)).isEqualTo(1);
            assertThat(dataset.pixel(1, 0, 1, 2)).isEqualTo(200);
        }
    }

    @Test
    void anotherMagicIsRefused() throws IOException {
        assertRefused(
                idx(0x801, new int[] {2}, new byte[2]),
                "at byte 0",
                "begins with 0x00000801",
                "begins with 0x00000803");
        assertRefused(idx(0xD03, new int[] {2, 2, 3}, new byte[48]), "0x00000d03");
    }

    @Test
    void aFalseSizeIsRefusedBeforeAnythingIsAllocated() throws IOException {
        int huge = Integer.MAX_VALUE - 8;
        assertRefused(
                idx(0x803, new int[] {huge, 1, 1}, new byte[12]),
                "which takes 2147483655 bytes with its header, but it has 28");
        assertRefused(idx(0x803, new int[] {huge, 2, 1}, new byte[12]), "at byte 8", "at most 2147483639");
        assertRefused(idx(0x803, new int[] {-1, 2, 3}, new byte[12]), "[-1] and more", "at least 1");
        assertRefused(idx(0x803, new int[] {0, 2, 3}, new byte[0]), "[0] and more", "at least 1");
        assertRefused(gzip(idx(0x803, new int[] {huge, 1, 1}, new byte[12])), "2147483655 bytes", "has 28");
    }

    @Test
    void aFileCutShortIsRefused() throws IOException {
        byte[] plain = pictures();
        assertRefused(
                Arrays.copyOf(plain, plain.length - 1),
                "at byte 27",
                "which takes 28 bytes with its header, but it has 27");
        assertRefused(Arrays.copyOf(plain, 10), "at byte 10", "cut short");
        assertRefused(new byte[0], "cut short");
        assertRefused(gzip(Arrays.copyOf(plain, plain.length - 1)), "28 bytes with its header, but it has 27");
        byte[] zipped = gzip(plain);
        assertRefused(Arrays.copyOf(zipped, zipped.length - 6), "cut short");
        assertRefused(Arrays.copyOf(zipped, 5), "cut short");
    }

    @Test
    void whatFollowsTheDataIsRefused() throws IOException {
        byte[] longer = Arrays.copyOf(pictures(), pictures().length + 1);
        assertRefused(longer, "at byte 28", "which takes 28 bytes with its header, but it has 29");
        assertRefused(gzip(longer), "but it goes on");
    }

    @Test
    void aDamagedGzipStreamIsRefused() throws IOException {
        byte[] zipped = gzip(pictures());
        zipped[zipped.length - 8] ^= 1;
        assertRefused(zipped, "is damaged");
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws IOException {
        Files.write(labels, idx(0x801, new int[] {3}, new byte[3]));
        assertRefused(pictures(), "2 pictures", "3 labels");
        Files.write(labels, idx(0x801, new int[] {2}, new byte[] {0, 2}));
        assertThatThrownBy(() -> IdxFiles.read(images, labels, NAMES))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(labels
                        + " cannot be read at byte 9: sample 1 has the label 2, but there are 2 classes, 0 to 1.");
    }

    @Test
    void fashionMnistIsReadWhole() throws IOException {
        FashionMnist fashion = FashionMnist.read(SharedData.require("fashion-mnist"));
        assertThat(fashion.train().size()).isEqualTo(60_000);
        assertThat(fashion.test().size()).isEqualTo(10_000);
        long[] perClass = new long[10];
        double sum = 0;
        for (int i = 0; i < fashion.train().size(); i++) {
            perClass[fashion.train().label(i)]++;
            for (int p = 0; p < 784; p++) {
                sum += fashion.train().pixel(i, 0, p / 28, p % 28);
            }
        }
        assertThat(perClass).containsOnly(6_000);
        // The mean that every recipe for this data set normalises with.
        assertThat(sum / 255 / 784 / 60_000).isBetween(0.28595, 0.28605);
    }

    @Test
    void mnistIsReadFromItsFourFiles() throws IOException {
        for (String part : List.of("train", "t10k")) {
            Files.write(
                    folder.resolve(part + "-images-idx3-ubyte.gz"),
                    gzip(idx(0x803, new int[] {1, 28, 28}, new byte[784])));
            Files.write(folder.resolve(part + "-labels-idx1-ubyte"), idx(0x801, new int[] {1}, new byte[] {7}));
        }
        Mnist mnist = Mnist.read(folder);
        assertThat(mnist.test().classNames().get(mnist.test().label(0))).isEqualTo("7");
        assertThat(mnist.train().shape()).containsExactly(1, 28, 28);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> FashionMnist.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz");
    }

    @Test
    void picturesOfAnotherSizeAreNotFashionMnist() throws IOException {
        Files.move(images, folder.resolve("train-images-idx3-ubyte"));
        Files.move(labels, folder.resolve("train-labels-idx1-ubyte"));
        assertThatThrownBy(() -> FashionMnist.read(folder))
                .hasMessageContaining("pictures of 2 x 3 pixels, but Fashion-MNIST's are 28 x 28");
        assertThatThrownBy(() -> Mnist.read(folder)).hasMessageContaining("but MNIST's are 28 x 28");
    }
}
