package dev.netwright.training.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransformTest {

    private static final Random RANDOM = new Random(7);

    private static byte[] numbered(int size) {
        byte[] pixels = new byte[size];
        for (int i = 0; i < size; i++) {
            pixels[i] = (byte) (i + 1);
        }
        return pixels;
    }

    private static Image grey(int height, int width) {
        return Image.of(numbered(height * width), 1, height, width);
    }

    @Test
    void cropsComeFromEveryPlaceOfThePaddedPicture() {
        RandomCrop crop = RandomCrop.of(2).padding(1);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            Image image = grey(2, 3);
            crop.apply(image, RANDOM);
            seen.add(Arrays.toString(image.toBytes()));
        }
        assertThat(seen).hasSize(3 * 4).contains("[0, 0, 0, 1]", "[1, 2, 4, 5]", "[0, 0, 3, 0]", "[6, 0, 0, 0]");
    }

    @Test
    void aCropMayLieInThePaddingAlone() {
        RandomCrop crop = RandomCrop.of(2).padding(5).fill(9);
        for (int i = 0; i < 200; i++) {
            Image image = grey(2, 2);
            crop.apply(image, RANDOM);
            assertThat(image.toBytes()).hasSize(4);
        }
    }

    @Test
    void smallerPicturesAreRefusedOrPadded() {
        ImageSpec small = new ImageSpec(1, 3, 9, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomCrop.of(6).padding(1).spec(small))
                .withMessage("RandomCrop cuts out 6 rows, but the picture has 3 and a padding of 1: crop less, or set a"
                        + " padding or padIfNeeded(true).");
        Image image = grey(3, 9);
        RandomCrop padding = RandomCrop.of(6).padIfNeeded(true);
        assertThat(padding.spec(small)).isEqualTo(new ImageSpec(1, 6, 6, false));
        padding.apply(image, RANDOM);
        assertThat(image).hasToString("1 x 6 x 6 bytes");
    }

    @Test
    void everySecondPictureIsMirrored() {
        int mirrored = 0;
        for (int i = 0; i < 1_000; i++) {
            Image image = grey(1, 2);
            RandomHorizontalFlip.of().apply(image, RANDOM);
            mirrored += image.toBytes()[0] == 2 ? 1 : 0;
        }
        assertThat(mirrored).isBetween(430, 570);
    }

    @Test
    void randomResizedCropsKeepToTheirRanges() {
        // Without resizing, the crop itself is what comes out.
        Image image = Image.of(new byte[40 * 30], 1, 40, 30);
        RandomResizedCrop crop = RandomResizedCrop.of(40, 30).scale(1, 1).ratio(0.75, 0.75);
        crop.apply(image, RANDOM);
        assertThat(image).hasToString("1 x 40 x 30 bytes");
        Image ramp = grey(10, 10);
        RandomResizedCrop.of(4).apply(ramp, RANDOM);
        assertThat(ramp).hasToString("1 x 4 x 4 bytes");
        byte[] pixels = ramp.toBytes();
        for (int i = 1; i < pixels.length; i++) {
            assertThat(pixels[i])
                    .as("a crop of a rising ramp rises along its rows")
                    .isGreaterThan(i % 4 == 0 ? pixels[i - 4] : pixels[i - 1]);
        }
    }

    @Test
    void erasingWorksOnBytesAndOnFloats() {
        byte[] full = new byte[100];
        Arrays.fill(full, (byte) 5);
        Image bytes = Image.of(full, 1, 10, 10);
        RandomErasing erasing = RandomErasing.of(1).scale(0.1, 0.2);
        erasing.apply(bytes, new Random(3));
        Image floats = Image.of(full, 1, 10, 10);
        ToTensor.of().apply(floats, RANDOM);
        erasing.apply(floats, new Random(3));
        int erased = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(floats.toFloatArray()[i]).isEqualTo(bytes.toBytes()[i] / 255f);
            erased += bytes.toBytes()[i] == 0 ? 1 : 0;
        }
        assertThat(erased).isBetween(6, 26);
        assertThat(full).as("the data set's own bytes").containsOnly(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> erasing.value(0.5f).spec(new ImageSpec(1, 2, 2, false)))
                .withMessageContaining("bytes from 0 to 255, but erases to 0.5");
    }

    @Test
    void normalisingIsTheSameFusedOrNot() {
        Normalize normalize = Normalize.of(new float[] {0.4914f, 0.4822f}, new float[] {0.247f, 0.2435f});
        Image fused = Image.of(numbered(256), 2, 8, 16);
        Compose.of(ToTensor.of(), normalize).apply(fused, RANDOM);
        Image apart = Image.of(numbered(256), 2, 8, 16);
        ToTensor.of().apply(apart, RANDOM);
        normalize.apply(apart, RANDOM);
        assertThat(fused.toFloatArray()).containsExactly(apart.toFloatArray());
        assertThat(fused.toFloatArray()[255]).isEqualTo((0 - 0.4822f) / 0.2435f);
        assertThat(fused.toFloatArray()[0]).isEqualTo((1 / 255f - 0.4914f) / 0.247f);
    }

    @Test
    void jitterDrawsEachFactorFromItsRange() {
        Set<Integer> values = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Image image = Image.of(new byte[] {100, 100, 100}, 3, 1, 1);
            ColorJitter.of(0.2, 0, 0.5, 0).apply(image, RANDOM);
            values.add((int) image.toBytes()[0]);
        }
        assertThat(values)
                .allSatisfy(value -> assertThat(value).isBetween(79, 120))
                .hasSizeGreaterThan(30);
    }

    @Test
    void ordersThatCannotBeAreRefused() {
        ImageSpec spec = new ImageSpec(3, 8, 8, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Compose.of(ToTensor.of(), RandomCrop.of(4)).spec(spec))
                .withMessage("RandomCrop works on bytes, but stands behind ToTensor: write it before ToTensor.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Compose.of(Normalize.of(new float[3], new float[] {1, 1, 1}))
                        .spec(spec))
                .withMessageContaining("write ToTensor.of() first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Compose.of(ToTensor.of(), Normalize.of(new float[1], new float[] {1}))
                        .spec(spec))
                .withMessage("Normalize has means and deviations of 1 channels, but the picture has 3.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Normalize.of(new float[2], new float[] {1, 0}))
                .withMessageContaining("Channel 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pad.of(1).fill(1, 2).spec(spec))
                .withMessageContaining("a fill of 2 values, but the picture has 3 channels");
        assertThatIllegalArgumentException().isThrownBy(() -> Pad.of(-1)).withMessageContaining("crop them");
        assertThatIllegalArgumentException().isThrownBy(() -> RandomHorizontalFlip.of(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> Resize.of(8).maxSize(8));
        assertThatIllegalArgumentException().isThrownBy(() -> ColorJitter.of(0, 0, 0, 0.6));
        Lambda lambda = Lambda.of((Image image) -> image.replace(1, 2, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lambda.apply(grey(3, 3), RANDOM))
                .withMessageContaining("made 1 x 2 x 2 bytes of 1 x 3 x 3 bytes");
        assertThatIllegalStateException().isThrownBy(() -> grey(1, 1).floats()).withMessageContaining("bytes()");
    }

    @Test
    void decodedPicturesBecomePlanesWhateverTheyAreMadeOf() {
        int[] kinds = {
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_3BYTE_BGR,
            BufferedImage.TYPE_4BYTE_ABGR,
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_4BYTE_ABGR_PRE
        };
        for (int kind : kinds) {
            BufferedImage decoded = new BufferedImage(2, 1, kind);
            decoded.setRGB(0, 0, new Color(200, 100, 50).getRGB());
            decoded.setRGB(1, 0, new Color(1, 2, 3).getRGB());
            assertThat(Image.of(decoded).toBytes()).as("type %d", kind).containsExactly((byte) 200, 1, 100, 2, 50, 3);
            BufferedImage part = decoded.getSubimage(1, 0, 1, 1);
            assertThat(Image.of(part).toBytes()).as("part of type %d", kind).containsExactly(1, 2, 3);
        }
        BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100);
        assertThat(Image.of(grey).toBytes()).containsExactly(100, 100, 100);
        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 100 << 8);
        assertThat(Image.of(deep).toBytes()).containsExactly(100, 100, 100);
    }
}
