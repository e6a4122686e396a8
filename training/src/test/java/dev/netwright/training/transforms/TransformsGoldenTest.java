package dev.netwright.training.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Against what torchvision 0.14 made of the same pictures; see transforms_golden.py. */
class TransformsGoldenTest {

    private static final int[][] SIZES = {{9, 10}, {12, 7}, {8, 8}, {1, 7}, {13, 11}};

    private static Image picture(int number) {
        int height = SIZES[number][0];
        int width = SIZES[number][1];
        int plane = height * width;
        // The picture lies inside a larger array, as one of a data set does.
        byte[] pixels = new byte[5 + 3 * plane + 5];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 5 + y * width + x;
                pixels[at] = (byte) (7 * x + 13 * y + 31 * number);
                pixels[at + plane] = (byte) (x * x * 5 + y * 29 + x * y * number);
                pixels[at + 2 * plane] = (byte) ((x ^ y) * 37 + number * 101);
            }
        }
        Image image = new Image();
        image.show(pixels, 5, 3, height, width);
        return image;
    }

    private static Transform transform(String[] words) {
        return switch (words[1]) {
            case "resize" -> resize(words);
            case "center_crop" -> CenterCrop.of(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "pad" -> {
                PaddingMode mode = PaddingMode.valueOf(words[2].toUpperCase());
                yield Pad.of(1, 2, 3, 4).fill(9, 200, 77).mode(mode);
            }
            case "gray" -> Grayscale.of(Integer.parseInt(words[2]));
            case "hflip" -> RandomHorizontalFlip.of(1);
            case "vflip" -> RandomVerticalFlip.of(1);
            case "rotate" -> {
                double angle = Double.parseDouble(words[2]);
                yield RandomRotation.of(angle, angle).fill(5, 6, 250);
            }
            default -> Lambda.of((Image image) -> color(image, words[1], Double.parseDouble(words[2])));
        };
    }

    private static Transform resize(String[] words) {
        if (words[2].equals("short")) {
            Resize resize = Resize.of(Integer.parseInt(words[3]));
            return words.length > 4 ? resize.maxSize(Integer.parseInt(words[5])) : resize;
        }
        return Resize.of(Integer.parseInt(words[3]), Integer.parseInt(words[4]))
                .interpolation(Interpolation.valueOf(words[2].toUpperCase()));
    }

    private static void color(Image image, String kind, double factor) {
        switch (kind) {
            case "brightness" -> Colors.brightness(image, (float) factor);
            case "contrast" -> Colors.contrast(image, (float) factor);
            case "saturation" -> Colors.saturation(image, (float) factor);
            case "hue" -> Colors.hue(image, factor);
            default -> throw new AssertionError(kind);
        }
    }

    @Test
    void deterministicTransformsGiveTorchvisionsPixels() throws IOException {
        int cases = 0;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(getClass().getResourceAsStream("transforms_golden.txt.gz")),
                StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine(), cases++) {
                String[] parts = line.split("\\|");
                String[] words = parts[0].split(" ");
                byte[] expected = HexFormat.of().parseHex(parts[2]);
                Image image = picture(Integer.parseInt(words[0]));
                Transform transform = transform(words);
                ImageSpec spec = transform.spec(new ImageSpec(3, image.height(), image.width(), false));
                transform.apply(image, new Random(1));
                String shape = image.channels() + " " + image.height() + " " + image.width();
                assertThat(shape).as(parts[0]).isEqualTo(parts[1]);
                assertThat(spec).as(parts[0]).hasToString(image.toString());
                assertThat(image.toBytes()).as(parts[0]).isEqualTo(expected);
            }
        }
        assertThat(cases).isEqualTo(221);
    }
}
