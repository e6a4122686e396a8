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
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
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
        assertThat(folder.file(2)).isEqualTo(root.resolve("dog/b.png"));
        Dataset pictures = folder.transform(Resize.of(4), CenterCrop.of(4));
        assertThat(pictures.shape()).containsExactly(3, 4, 4);
        Batch batch = DataLoader.of(pictures).batchSize(4).workers(2).iterator().next();
        assertThat(batch.labels()).containsExactly(0, 0, 1, 1);
        byte[] bytes = batch.bytes();
        for (int i = 0; i < 16; i++) {
            assertThat(new int[] {bytes[i] & 0xff, bytes[16 + i], bytes[32 + i]})
                    .containsExactly(250, 0, 1);
            assertThat(bytes[2 * 48 + i]).isEqualTo((byte) 10);
            assertThat(bytes[2 * 48 + 32 + i]).isEqualTo((byte) 30);
            assertThat(bytes[3 * 48 + i] & 0xff).isGreaterThan(250);
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
                    DataLoader.of(Subset.of(pictures, 3, 2)).workers(workers).iterator();
            epoch.next();
            assertThatThrownBy(epoch::next)
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageMatching(".*b\\.png cannot be read at byte \\d+: it is damaged, cut short, or .*");
            assertThatThrownBy(() -> DataLoader.of(pictures).iterator().next())
                    .cause()
                    .hasMessageContaining(
                            "1.bmp cannot be read at byte 0: it does not begin as a png, jpg, bmp, gif or tif");
        }
    }

    /** What torchvision's make_dataset makes of these files: sorted(os.walk(folder)), and in each folder sorted(names). */
    @Test
    void nestedFoldersAreInTorchvisionsOrder() throws IOException {
        List<String> order = List.of(
                ".png",
                "10.png",
                "9.png",
                "B.png",
                "a.png",
                "b.TIFF",
                "z.png",
                "\uff5e.png",
                "\ud83d\ude00.png",
                "A/3.png",
                "a/x.png",
                "a/y.png",
                "a-b/2.png",
                "a.b/5.png",
                "a/x/1.png",
                "a/x/y/z.tif",
                "sub.png/6.jpg",
                "\u00e9/4.png");
        List<String> shuffled = new ArrayList<>(order);
        shuffled.add("png");
        shuffled.add("a/Thumbs.db");
        Collections.shuffle(shuffled, new Random(1));
        // names in archives are UTF-8 whatever the machine is set to
        URI archive = URI.create("jar:" + root.resolve("pictures.zip").toUri());
        try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path cat = files.getPath("/pictures/cat");
            for (String name : shuffled) {
                Path file = cat.resolve(name);
                Files.createDirectories(file.getParent());
                Files.createFile(file);
            }
            ImageFolder folder = ImageFolder.read(files.getPath("/pictures"));

            assertThat(IntStream.range(0, folder.size()).mapToObj(folder::file))
                    .map(file -> cat.relativize(file).toString())
                    .isEqualTo(order);
        }
    }

    @Test
    void tiffIsReadAlsoFromAnArchive() throws IOException {
        write("cat/1.tif", 3, 2, new Color(1, 2, 3));
        write("cat/2.tiff", 3, 2, new Color(4, 5, 6));
        URI archive = URI.create("jar:" + root.resolve("pictures.zip").toUri());
        try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path copy = Files.createDirectories(files.getPath("/pictures/cat"));
            for (String name : List.of("1.tif", "2.tiff")) {
                Files.copy(root.resolve("cat").resolve(name), copy.resolve(name));
            }
            for (Path place : List.of(root, copy.getParent())) {
                ImageFolder folder = ImageFolder.read(place);
                Image image = new Image();
                folder.load(0, image);
                assertThat(image.toBytes()).startsWith(1, 1, 1, 1, 1, 1, 2).hasSize(18);
                folder.load(1, image);
                assertThat(image.toBytes()).startsWith(4, 4, 4, 4, 4, 4, 5).hasSize(18);
            }
        }
    }

    @Test
    void picturesThatNothingHereReadsAreNamed() throws IOException {
        write("cat/a.png", 1, 1, Color.RED);
        for (String name : List.of("cat/b.webp", "cat/c.WEBP", "cat/d/e.ppm", "cat/f.txt")) {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), "");
        }
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger("dev.netwright.training");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord warning) {
                warnings.add(warning.getLevel() + " " + warning.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        ImageFolder folder;
        try {
            folder = ImageFolder.read(root);
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(folder.size()).isEqualTo(1);
        assertThat(folder.unread())
                .containsExactly(root.resolve("cat/b.webp"), root.resolve("cat/c.WEBP"), root.resolve("cat/d/e.ppm"));
        assertThat(warnings)
                .containsExactly(
                        "WARNING " + root + ": 3 pictures are left out, as the JDK reads no .ppm, .webp, such as "
                                + root.resolve("cat/b.webp")
                                + ". Convert them to png, or add a library that reads them through javax.imageio.");
        Files.delete(root.resolve("cat/a.png"));
        assertThatThrownBy(() -> ImageFolder.read(root))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(
                        "cat holds no picture (png, jpg, jpeg, bmp, gif, tif or tiff), but each sub-folder is"
                                + " a class. 3 pictures are left out, as the JDK reads no .ppm, .webp, such as ");
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
                .hasMessageContaining("bird holds no picture (png, jpg, jpeg, bmp, gif, tif or tiff)");
    }
}
