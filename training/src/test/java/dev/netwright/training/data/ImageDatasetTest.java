package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.generated.ByteTables;
import dev.netwright.training.transforms.RandomCrop;
import dev.netwright.training.transforms.RandomHorizontalFlip;
import dev.netwright.training.transforms.ToTensor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {

    private static final int[] SHAPE = {2, 1, 2};
    private static final ImageDataset TWO = ImageDataset.of(
            new byte[] {0, 51, 102, (byte) 255, 1, 2, 3, 4}, new byte[] {1, 0}, SHAPE, List.of("cat", "dog"));

    private static Batch read(Dataset dataset, int... indices) throws IOException {
        Batch batch = new Batch(dataset.layout(), indices.length);
        SampleContext context = new SampleContext();
        for (int i = 0; i < indices.length; i++) {
            context.begin(0, i);
            dataset.read(indices[i], batch, i, context);
        }
        return batch;
    }

    @Test
    void bytesBecomeFloatsFromZeroToOne() throws IOException {
        Batch batch = read(TWO, 1, 0);
        assertThat(batch.inputs()).containsExactly(1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f, 0, 51 / 255f, 102 / 255f, 1);
        assertThat(batch.labels()).containsExactly(0, 1);
    }

    @Test
    void bytesCanStayBytes() throws IOException {
        Batch batch = read(TWO.bytes(), 1, 0);
        assertThat(batch.bytes()).containsExactly(1, 2, 3, 4, 0, 51, 102, (byte) 255);
        assertThat(batch.labels()).containsExactly(0, 1);
        assertThatIllegalStateException()
                .isThrownBy(batch::inputs)
                .withMessage(
                        "The input 0 of these samples is U8[2, 1, 2], not F32: ask for bytes(), or let ToTensor make"
                                + " floats.");
        assertThatIllegalStateException().isThrownBy(batch::targets).withMessageContaining("ask for labels()");
    }

    @Test
    void transformsEndInBytesOrFloats() throws IOException {
        assertThat(read(TWO.transform(RandomHorizontalFlip.of(1)), 0).bytes()).containsExactly(51, 0, (byte) 255, 102);
        assertThat(read(TWO.transform(RandomHorizontalFlip.of(1), ToTensor.of()), 0, 1)
                        .inputs())
                .containsExactly(51 / 255f, 0, 1, 102 / 255f, 2 / 255f, 1 / 255f, 4 / 255f, 3 / 255f);
        assertThat(TWO.pixel(0, 0, 0, 0)).isZero();
    }

    @Test
    void transformsMustFitThePictures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.transform(RandomCrop.of(3)))
                .withMessageContaining("cuts out 3 rows, but the picture has 1");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> TWO.normalize(new float[2], new float[] {1, 1}).transform())
                .withMessageContaining("normalised already");
    }

    @Test
    void normalisingIsPerChannel() throws IOException {
        ImageDataset normalized = TWO.normalize(new float[] {0.5f, 0.25f}, new float[] {0.2f, 0.1f});
        assertThat(read(normalized, 0).inputs())
                .containsExactly(
                        (0 - 0.5f) / 0.2f, (51 / 255f - 0.5f) / 0.2f, (102 / 255f - 0.25f) / 0.1f, (1 - 0.25f) / 0.1f);
        assertThat(normalized.pixel(0, 1, 0, 1)).isEqualTo(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.normalize(new float[3], new float[] {1, 1, 1}))
                .withMessage("Normalize has means and deviations of 3 channels, but the picture has 2.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.normalize(new float[2], new float[] {1, 0}))
                .withMessageContaining("Channel 1");
    }

    @Test
    void networksOfBytesNormaliseToTheSameBits() throws IOException {
        float[] mean = {0.4914f, 0.2860f};
        float[] std = {0.2470f, 0.3530f};
        float[] tables = ByteTables.append(new float[0], mean, std);
        byte[] pixels = new byte[512];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        ImageDataset every = ImageDataset.of(pixels, new byte[1], new int[] {2, 16, 16}, List.of("all"));
        assertThat(read(every.normalize(mean, std), 0).inputs()).containsExactly(tables);
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
    void aSampleBeyondTheDataSetIsRefused() {
        assertThatThrownBy(() -> read(TWO, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> read(TWO.slice(0, 1), 1)).isInstanceOf(IndexOutOfBoundsException.class);
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
