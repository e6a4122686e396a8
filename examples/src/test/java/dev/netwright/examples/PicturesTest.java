package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.training.data.ImageDataset;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class PicturesTest {

    private static byte[] bytes(ImageDataset pictures) {
        int side = Pictures.SIDE;
        byte[] bytes = new byte[pictures.size() * 3 * side * side];
        for (int i = 0; i < bytes.length; i++) {
            int inPlane = i % (side * side);
            int plane = i / (side * side);
            bytes[i] = (byte) pictures.pixel(plane / 3, plane % 3, inPlane / side, inPlane % side);
        }
        return bytes;
    }

    @Test
    void aSeedGivesTheSameBytesOnEveryMachine() {
        CRC32 checksum = new CRC32();
        checksum.update(bytes(Pictures.draw(100, 7)));
        assertThat(checksum.getValue()).isEqualTo(1943836279L);
    }

    @Test
    void otherSeedsGiveOtherPictures() {
        assertThat(bytes(Pictures.draw(10, 7))).isNotEqualTo(bytes(Pictures.draw(10, 8)));
    }

    @Test
    void moreOfThemBeginWithTheSame() {
        ImageDataset many = Pictures.draw(30, 7);
        assertThat(bytes(many.slice(0, 10))).isEqualTo(bytes(Pictures.draw(10, 7)));
    }

    @Test
    void classesTakeTurns() {
        ImageDataset pictures = Pictures.draw(20, 7);
        assertThat(pictures.classNames())
                .containsExactly(
                        "disc",
                        "ring",
                        "square",
                        "triangle",
                        "cross",
                        "star",
                        "crescent",
                        "arrow",
                        "stripes",
                        "checkers");
        for (int i = 0; i < 20; i++) {
            assertThat(pictures.label(i)).isEqualTo(i % 10);
        }
    }

    @Test
    void aLinearClassifierLearnsLittle() {
        ImageDataset train = Pictures.draw(12_000, 84);
        SoftmaxRegression linear = new SoftmaxRegression(train.sampleSize(), 10);
        linear.train(train, 4, 0.001f);
        double seen = linear.accuracy(train);
        double unseen = linear.accuracy(Pictures.draw(2_000, 85));
        System.out.printf("linear classifier: %.1f %% of train, %.1f %% of test\n", 100 * seen, 100 * unseen);
        // It does learn its training pictures better than by guessing, so the training works.
        assertThat(seen).isGreaterThan(0.15);
        assertThat(unseen).isLessThan(0.60);
    }
}
