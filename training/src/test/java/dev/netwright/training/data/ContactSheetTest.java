package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {

    @TempDir
    private Path folder;

    @Test
    void everyClassHasARow() throws IOException {
        byte[] pixels = {10, 20, 30, 40, 50, 60, 70, 80, 90};
        ImageDataset dataset =
                ImageDataset.of(pixels, new byte[] {1, 0, 1}, new int[] {3, 1, 1}, List.of("first", "second"));
        Path file = folder.resolve("sheet.png");
        ContactSheet.write(dataset, 2, 4, file);
        BufferedImage sheet = ImageIO.read(file.toFile());
        assertThat(sheet.getWidth()).isEqualTo(14);
        assertThat(sheet.getHeight()).isEqualTo(14);
        assertThat(sheet.getRGB(2, 2) & 0xffffff).isEqualTo(0x28323c);
        assertThat(sheet.getRGB(8, 2) & 0xffffff).isEqualTo(0xffffff);
        assertThat(sheet.getRGB(5, 11) & 0xffffff).isEqualTo(0x0a141e);
        assertThat(sheet.getRGB(8, 8) & 0xffffff).isEqualTo(0x46505a);
    }

    @Test
    void onlyGreyAndColourPicturesCanBeShown() {
        ImageDataset two = ImageDataset.of(new byte[2], new byte[1], new int[] {2, 1, 1}, List.of("only"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContactSheet.write(two, 1, 1, folder.resolve("sheet.png")))
                .withMessageContaining("these have 2");
    }
}
