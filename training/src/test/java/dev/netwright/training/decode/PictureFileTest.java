package dev.netwright.training.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.training.transforms.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFileTest {

    @TempDir
    private Path folder;

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PictureFileTest.class.getResourceAsStream("pictures/" + name)) {
            return in.readAllBytes();
        }
    }

    private Image read(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        return Image.read(file);
    }

    /** Profiles, markers that are missing, inks, transparency, orientations, 1 to 16 bits: see pictures_golden.py. */
    @Test
    void picturesAreThoseOfPil() throws IOException {
        List<String> expected = new String(resource("pictures.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> found = new ArrayList<>();
        for (String line : expected) {
            String name = line.substring(0, line.indexOf(' '));
            Image image = read(name, resource(name));
            CRC32 sum = new CRC32();
            sum.update(image.toBytes());
            found.add(name + " " + image.width() + " " + image.height() + " " + sum.getValue());
        }
        assertThat(found).hasSize(54).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "signed.tif, The picture's values have a sign",
        "cmyk-jpeg.tif, The picture is inks compressed as JPEG",
    })
    void whatHasNoKnownMeaningIsRefused(String name, String reason) {
        assertThatThrownBy(() -> read(name, resource(name)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(reason);
    }

    private static BufferedImage drawn(int type) {
        BufferedImage picture = new BufferedImage(320, 240, type);
        for (int y = 0; y < 240; y++) {
            for (int x = 0; x < 320; x++) {
                picture.setRGB(x, y, (x * 11 & 255) << 16 | (y * 16 & 255) << 8 | x * y * 3 & 255);
            }
        }
        return picture;
    }

    private byte[] jpeg(BufferedImage picture, boolean progressive) throws IOException {
        Path file = folder.resolve("drawn.jpg");
        Files.deleteIfExists(file);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return Files.readAllBytes(file);
    }

    private void refusesWhatIsCut(String name, byte[] whole) throws IOException {
        assertThat(read(name, whole).size()).isEqualTo(3 * 320 * 240);
        for (int percent : new int[] {20, 40, 60, 80, 90, 95, 99}) {
            int length = (int) (whole.length * (long) percent / 100);
            assertThatThrownBy(() -> read(name, Arrays.copyOf(whole, length)))
                    .as("%s, %s %%", name, percent)
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageMatching(".*" + name + " cannot be read at byte \\d+: it is damaged, cut short, or .*");
        }
    }

    @Test
    void whatIsCutShortIsRefused() throws IOException {
        byte[] baseline = jpeg(drawn(BufferedImage.TYPE_INT_RGB), false);
        byte[] progressive = jpeg(drawn(BufferedImage.TYPE_INT_RGB), true);
        assertThat(frame(baseline)).isEqualTo(0xc0);
        assertThat(frame(progressive)).isEqualTo(0xc2);
        refusesWhatIsCut("baseline.jpg", baseline);
        refusesWhatIsCut("progressive.jpg", progressive);
        refusesWhatIsCut("grey.jpg", jpeg(drawn(BufferedImage.TYPE_BYTE_GRAY), false));
        for (byte[] whole : List.of(baseline, progressive)) {
            // PIL refuses these, too, although each pixel is there.
            assertThatThrownBy(() -> read("end.jpg", Arrays.copyOf(whole, whole.length - 2)))
                    .hasMessageContaining("Missing EOI marker");
            // Bytes that are missing within leave as much grey.
            byte[] hole = Arrays.copyOf(whole, whole.length - 2000);
            System.arraycopy(whole, whole.length - 2, hole, hole.length - 2, 2);
            assertThatThrownBy(() -> read("hole.jpg", hole)).hasMessageContaining("premature end of data segment");
        }
        for (String format : List.of("png", "gif", "bmp", "tiff")) {
            Path file = folder.resolve("drawn." + format);
            ImageIO.write(drawn(BufferedImage.TYPE_INT_RGB), format, file.toFile());
            refusesWhatIsCut("cut." + format, Files.readAllBytes(file));
        }
    }

    /** The directory, at this file's end, has values after it, without which the JDK's reader decodes something else. */
    @Test
    void noCutOfATiffFileHasOtherPixels() throws IOException {
        byte[] whole = resource("rgb-lzw.tif");
        byte[] pixels = read("whole.tif", whole).toBytes();
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            try {
                assertThat(read("cut.tif", Arrays.copyOf(whole, length)).toBytes())
                        .as("%d bytes", length)
                        .isEqualTo(pixels);
            } catch (MalformedFileException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 2);
    }

    private static int frame(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xfc) != 0xc0 || (jpeg[at + 1] & 0xff) == 0xc4) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        return jpeg[at + 1] & 0xff;
    }

    @Test
    void whatIsTooLargeIsNotToldAsDamaged() throws IOException {
        byte[] png = resource("rgb8.png");
        ByteBuffer.wrap(png).putInt(16, 60000).putInt(20, 40000);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        assertThatThrownBy(() -> read("large.png", png))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(folder.resolve("large.png") + " is too large: its 60000 x 40000 pixels are more than"
                        + " 536870909; make it smaller, or cut it into parts.");
        byte[] jpeg = resource("ycc420.jpg");
        int at = 0;
        while (jpeg[at] != (byte) 0xff || jpeg[at + 1] != (byte) 0xc0) {
            at++;
        }
        ByteBuffer.wrap(jpeg).putShort(at + 5, (short) 65500).putShort(at + 7, (short) 65500);
        assertThatThrownBy(() -> read("large.jpg", jpeg)).hasMessageContaining("is too large: its 65500 x 65500");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image().replace(3, 40000, 40000))
                .withMessage("A picture of 3 x 40000 x 40000 values is too large: an array holds 2147483639.");
    }

    @Test
    void valuesWithoutAKnownRangeAreRefused() {
        ColorSpace grey = ColorSpace.getInstance(ColorSpace.CS_GRAY);
        for (int type : new int[] {DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_SHORT}) {
            ComponentColorModel model = new ComponentColorModel(grey, false, false, ComponentColorModel.OPAQUE, type);
            WritableRaster raster = model.createCompatibleWritableRaster(2, 2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Image.of(new BufferedImage(model, raster, false, null)))
                    .withMessageContaining("convert it to 8 or 16 bits without a sign");
        }
    }

    /** Four bands may be colours with transparency, multiplied by it or not, or inks. */
    @Test
    void theColourSpaceDecides() {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB_PRE);
        picture.setRGB(0, 0, 0x80ff0000);
        picture.setRGB(1, 0, 0xff102030);
        assertThat(Image.of(picture).toBytes()).containsExactly(255, 16, 0, 32, 0, 48);
        ComponentColorModel inks = new ComponentColorModel(
                CmykColorSpace.INSTANCE, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        WritableRaster raster = inks.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {255, 100, 0, 55});
        // PIL 9.4: Image.new("CMYK", (1, 1), (255, 100, 0, 55)).convert("RGB").getpixel((0, 0)) is (0, 122, 200).
        assertThat(Image.of(new BufferedImage(inks, raster, false, null)).toBytes())
                .containsExactly(0, 122, 200);
    }
}
