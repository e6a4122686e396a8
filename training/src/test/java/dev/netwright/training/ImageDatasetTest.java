package dev.netwright.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.ByteTables;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {

    private static final int[] SHAPE = {2, 1, 2};
    private static final ImageDataset TWO = ImageDataset.of(
            new byte[] {0, 51, 102, (byte) 255, 1, 2, 3, 4}, new byte[] {1, 0}, SHAPE, List.of("cat", "dog"));

    @Test
    void bytesBecomeFloatsFromZeroToOne() {
        float[] inputs = new float[8];
        int[] labels = new int[2];
        TWO.copy(new int[] {1, 0}, 0, 2, inputs, labels);
        assertThat(inputs).containsExactly(1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f, 0, 51 / 255f, 102 / 255f, 1);
        assertThat(labels).containsExactly(0, 1);
    }

    @Test
    void normalisingIsPerChannel() {
        ImageDataset normalized = TWO.normalize(new float[] {0.5f, 0.25f}, new float[] {0.2f, 0.1f});
        float[] inputs = new float[4];
        normalized.copy(new int[] {0}, 0, 1, inputs, new int[1]);
        assertThat(inputs)
                .containsExactly(
                        (0 - 0.5f) / 0.2f, (51 / 255f - 0.5f) / 0.2f, (102 / 255f - 0.25f) / 0.1f, (1 - 0.25f) / 0.1f);
        assertThat(normalized.pixel(0, 1, 0, 1)).isEqualTo(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.normalize(new float[3], new float[3]))
                .withMessageContaining("2 channels need as many means");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.normalize(new float[2], new float[] {1, 0}))
                .withMessageContaining("channel 1");
    }

    @Test
    void networksOfBytesNormaliseToTheSameBits() {
        float[] mean = {0.4914f, 0.2860f};
        float[] std = {0.2470f, 0.3530f};
        float[] tables = ByteTables.append(new float[0], mean, std);
        byte[] pixels = new byte[512];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        ImageDataset every = ImageDataset.of(pixels, new byte[1], new int[] {2, 16, 16}, List.of("all"));
        float[] floats = new float[512];
        every.normalize(mean, std).copy(new int[1], 0, 1, floats, new int[1]);
        assertThat(tables).containsExactly(floats);
    }

    @Test
    void aSliceIsADatasetOfItsOwn() {
        ImageDataset second = TWO.slice(1, 2);
        assertThat(second.size()).isEqualTo(1);
        assertThat(second.label(0)).isZero();
        assertThat(second.pixel(0, 1, 0, 1)).isEqualTo(4);
        assertThatThrownBy(() -> second.label(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> TWO.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> TWO.slice(1, 1));
    }

    @Test
    void aBadIndexLeavesTheArraysAlone() {
        float[] inputs = new float[8];
        int[] labels = {7, 7};
        assertThatThrownBy(() -> TWO.copy(new int[] {0, 2}, 0, 2, inputs, labels))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(inputs).containsOnly(0);
        assertThat(labels).containsOnly(7);
    }

    @Test
    void sizesMustAgree() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageDataset.of(new byte[7], new byte[2], SHAPE, List.of("cat")))
                .withMessage("2 labels and the shape [2, 1, 2] need 8 pixel bytes, but there are 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageDataset.of(new byte[8], new byte[] {0, 5}, SHAPE, List.of("cat")))
                .withMessageContaining("sample 1 has the label 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageDataset.of(new byte[0], new byte[0], SHAPE, List.of("cat")))
                .withMessageContaining("at least one sample");
    }
}
