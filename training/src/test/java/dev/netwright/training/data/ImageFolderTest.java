package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.training.transforms.CenterCrop;
import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.Resize;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    private Path root;

    private void write(String file, int width, int height, Color color) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, color.getRGB());
            }
        }
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        String format = file.substring(file.lastIndexOf('.') + 1).toLowerCase();
        assertThat(ImageIO.write(picture, format, path.toFile())).isTrue();
    }

    private void fill() throws IOException {
        write("dog/b.png", 6, 4, new Color(10, 20, 30));
        write("dog/a/z.JPG", 5, 5, Color.WHITE);
        write("cat/1.bmp", 4, 8, new Color(250, 0, 1));
        write("cat/2.gif", 7, 3, Color.BLACK);
        Files.writeString(root.resolve("cat/notes.txt"), "no picture");
        Files.writeString(root.resolve("beside.png"), "not in a class");
    }

    @Test
    void classesAreFoldersAndSamplesAreFilesInOrder() throws IOException {
        fill();
        ImageFolder folder = ImageFolder.read(root);
        assertThat(folder.classNames()).containsExactly("cat", "dog");
        assertThat(folder.size()).isEqualTo(4);
        assertThat(folder.file(2)).isEqualTo(root.resolve("dog/a/z.JPG"));
        Dataset pictures = folder.transform(Resize.of(4), CenterCrop.of(4));
        assertThat(pictures.shape()).containsExactly(3, 4, 4);
        Batch batch = DataLoader.of(pictures).batchSize(4).workers(2).iterator().next();
        assertThat(batch.labels()).containsExactly(0, 0, 1, 1);
        byte[] bytes = batch.bytes();
        for (int i = 0; i < 16; i++) {
            assertThat(new int[] {bytes[i] & 0xff, bytes[16 + i], bytes[32 + i]})
                    .containsExactly(250, 0, 1);
            assertThat(bytes[3 * 48 + i]).isEqualTo((byte) 10);
            assertThat(bytes[3 * 48 + 32 + i]).isEqualTo((byte) 30);
            assertThat(bytes[2 * 48 + i] & 0xff).isGreaterThan(250);
        }
    }

    @Test
    void decodedPixelsKeepTheirPlaces() throws IOException {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_4BYTE_ABGR);
        for (int i = 0; i < 6; i++) {
            picture.setRGB(i % 3, i / 3, new Color(10 + i, 20 + i, 30 + i, 200).getRGB());
        }
        Files.createDirectories(root.resolve("a"));
        ImageIO.write(picture, "png", root.resolve("a/x.png").toFile());
        Image image = new Image();
        ImageFolder.read(root).load(0, image);
        assertThat(image.toBytes())
                .containsExactly(10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25, 30, 31, 32, 33, 34, 35);
    }

    @Test
    void picturesOfDifferentSizesNeedATransform() throws IOException {
        fill();
        ImageFolder folder = ImageFolder.read(root);
        assertThatIllegalStateException()
                .isThrownBy(() -> DataLoader.of(folder).iterator())
                .withMessageContaining("folder.transform(Resize.of(256), CenterCrop.of(224), ToTensor.of())");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> folder.transform(Resize.of(4)))
                .withMessageContaining("but these are 3 x ? x ? bytes");
    }

    @Test
    void aDamagedPictureIsNamedWhenItIsAskedFor() throws IOException {
        fill();
        byte[] png = Files.readAllBytes(root.resolve("dog/b.png"));
        Files.write(root.resolve("dog/b.png"), Arrays.copyOf(png, png.length / 2));
        Files.writeString(root.resolve("cat/1.bmp"), "text");
        Dataset pictures = ImageFolder.read(root).transform(Resize.of(4, 4));
        for (int workers : new int[] {0, 1}) {
            Iterator<Batch> epoch =
                    DataLoader.of(Subset.of(pictures, 2, 3)).workers(workers).iterator();
            epoch.next();
            assertThatThrownBy(epoch::next)
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageMatching(".*b\\.png cannot be read at byte \\d+: it is damaged, cut short, or .*");
            assertThatThrownBy(() -> DataLoader.of(pictures).iterator().next())
                    .cause()
                    .hasMessageContaining(
                            "1.bmp cannot be read at byte 0: it does not begin as a png, jpg, bmp or gif");
        }
    }

    @Test
    void foldersWithoutPicturesAreRefused() throws IOException {
        assertThatThrownBy(() -> ImageFolder.read(root))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("has no sub-folders");
        assertThatThrownBy(() -> ImageFolder.read(root.resolve("absent"))).hasMessageContaining("does not exist");
        fill();
        Files.createDirectories(root.resolve("bird"));
        assertThatThrownBy(() -> ImageFolder.read(root))
                .hasMessageContaining("bird holds no picture (png, jpg, jpeg, bmp or gif)");
    }
}
