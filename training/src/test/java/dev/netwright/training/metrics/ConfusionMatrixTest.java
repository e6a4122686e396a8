package dev.netwright.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfusionMatrixTest {

    private static ConfusionMatrix catsAndDogs() {
        ConfusionMatrix matrix = ConfusionMatrix.of(List.of("cat", "dog"));
        matrix.add(new float[] {2, 1, 0, 3, 5, 5, 9, 0}, new int[] {0, 1, 0, 1}, 4);
        return matrix;
    }

    @Test
    void sharesFollowTheirDefinitions() {
        ConfusionMatrix matrix = catsAndDogs();
        assertThat(matrix.total()).isEqualTo(4);
        assertThat(matrix.count(1, 0)).isEqualTo(1);
        assertThat(matrix.accuracy()).isEqualTo(0.75);
        assertThat(matrix.precision(0)).isEqualTo(2 / 3.0);
        assertThat(matrix.precision(1)).isEqualTo(1);
        assertThat(matrix.recall(0)).isEqualTo(1);
        assertThat(matrix.recall(1)).isEqualTo(0.5);
    }

    @Test
    void anEmptyMatrixHasNoShares() {
        ConfusionMatrix matrix = ConfusionMatrix.of(List.of("cat", "dog"));
        assertThat(matrix.accuracy()).isNaN();
        assertThat(matrix.precision(0)).isNaN();
        assertThat(matrix.recall(0)).isNaN();
        assertThat(matrix.toString()).contains("accuracy NaN % of 0");
    }

    @Test
    void aWrongLabelCountsNothing() {
        ConfusionMatrix matrix = catsAndDogs();
        assertThatThrownBy(() -> matrix.add(new float[4], new int[] {0, 2}, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.add(new float[3], new int[] {0, 1}, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(matrix.total()).isEqualTo(4);
    }

    @Test
    void theTableShowsCountsAndShares() {
        assertThat(catsAndDogs()).hasToString("""
                                      cat     dog  recall
                        cat             2       .     100
                        dog             1       1    50.0
                        precision    66.7     100
                        accuracy 75.00 % of 4""");
    }

    @Test
    void textStaysWithinEightyColumns() {
        ConfusionMatrix ten = ConfusionMatrix.of(Collections.nCopies(10, "a class with a long name"));
        ConfusionMatrix hundred = ConfusionMatrix.of(Collections.nCopies(100, "a class with quite a long name"));
        for (int i = 0; i < 1000; i++) {
            ten.add(0, 0);
            hundred.add(i / 10, i % 100);
        }
        ten.add(3, 4);
        assertThat(ten.toString().lines()).hasSize(13).allMatch(line -> line.length() <= 80);
        assertThat(hundred.toString().lines())
                .hasSize(22)
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.startsWith("and "));
    }

    @Test
    void thePictureIsDarkerWhereMoreWasPredicted(@TempDir Path folder) throws IOException {
        ConfusionMatrix matrix = ConfusionMatrix.of(List.of("cat", "dog"));
        for (int i = 0; i < 9; i++) {
            matrix.add(0, 0);
        }
        matrix.add(0, 1);
        Path file = folder.resolve("confusion.png");
        matrix.writePng(file);
        BufferedImage image = ImageIO.read(file.toFile());
        int right = image.getWidth() - 12;
        int bottom = image.getHeight() - 12;
        int often = image.getRGB(right - 2 * 48 + 3, bottom - 2 * 48 + 3) & 0xff;
        int rarely = image.getRGB(right - 48 + 3, bottom - 2 * 48 + 3) & 0xff;
        int never = image.getRGB(right - 48 + 3, bottom - 48 + 3) & 0xff;
        assertThat(often).isLessThan(rarely);
        assertThat(rarely).isLessThan(never);
        assertThat(never).isEqualTo(255);
    }
}
