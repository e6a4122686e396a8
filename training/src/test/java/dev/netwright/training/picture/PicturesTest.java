package dev.netwright.training.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.runtime.Tensor;
import dev.netwright.training.metrics.ConfusionMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PicturesTest {
    @TempDir
    Path folder;

    @Network(input = {3, 6, 6})
    static class TwoLayers {
        @Conv2d(outChannels = 2, kernelSize = 2, bias = false)
        Layer conv1;

        @Conv2d(outChannels = 2, kernelSize = 2, bias = false)
        Layer conv2;
    }

    private static Curves curves() {
        return Curves.of("A title", "epoch")
                .panel("loss")
                .logarithmic()
                .series("training", 2, 1, 0.5, 0.2, Double.NaN, 0.1, 0)
                .series("validation", new double[] {1, 3, 5}, new double[] {2.5, 1.5, 1.2})
                .panel("accuracy")
                .series("validation", 0.2, 0.5, 0.7);
    }

    @Test
    void oneCallWritesCurvesAsPngAndSvg() throws Exception {
        curves().write(folder, "curves");
        BufferedImage png = ImageIO.read(folder.resolve("curves.png").toFile());
        assertThat(png.getWidth()).isEqualTo(1280);
        assertThat(colours(png)).contains(0x0072b2, 0xd55e00);
        String svg = svg(folder.resolve("curves.svg"));
        assertThat(svg.lines().filter(line -> line.contains(">A title<"))).hasSize(1);
        assertThat(svg.lines().filter(line -> line.contains("stroke:rgb(0,114,178)")))
                .hasSizeGreaterThan(1);
        assertThat(svg.lines().filter(line -> line.contains("stroke:rgb(213,94,0)")))
                .isNotEmpty();
    }

    @Test
    void digitsAreTheSameInEveryLanguage() throws Exception {
        curves().writeSvg(folder.resolve("root.svg"));
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            curves().writeSvg(folder.resolve("arab.svg"));
        } finally {
            Locale.setDefault(before);
        }
        assertThat(folder.resolve("arab.svg")).hasSameBinaryContentAs(folder.resolve("root.svg"));
    }

    private static List<Integer> colours(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return java.util.Arrays.stream(pixels)
                .map(pixel -> pixel & 0xffffff)
                .distinct()
                .boxed()
                .toList();
    }

    /** The file's text, which is XML with the root svg; its document type is not fetched. */
    private static String svg(Path file) throws Exception {
        assertThat(document(file).getDocumentElement().getTagName()).isEqualTo("svg");
        return Files.readString(file);
    }

    private static Document document(Path file) throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new ByteArrayInputStream(new byte[0])));
        return builder.parse(file.toFile());
    }

    @Test
    void pointsOfALogarithmicPanelLieBesideTheTicksOfTheirValues() throws Exception {
        Path file = folder.resolve("log.svg");
        Curves.of("t", "x")
                .panel("y")
                .logarithmic()
                .series("s", 0.1, 0.2, 7, 10)
                .writeSvg(file);
        List<Double> ticks = new ArrayList<>();
        List<Double> points = new ArrayList<>();
        NodeList lines = document(file).getElementsByTagName("line");
        for (int i = 0; i < lines.getLength(); i++) {
            Element line = (Element) lines.item(i);
            double from = Double.parseDouble(line.getAttribute("y1"));
            double to = Double.parseDouble(line.getAttribute("y2"));
            if (from == to && line.getAttribute("style").contains("rgb(130,130,130)")) {
                ticks.add(from);
            } else if (from != to && line.getAttribute("style").contains("rgb(0,114,178)")) {
                points.addAll(List.of(from, to));
            }
        }
        assertThat(points).hasSize(6);
        assertThat(points).allSatisfy(y -> assertThat(ticks).anyMatch(tick -> Math.abs(tick - y) < 1.5));
    }

    @Test
    void manyPointsHaveRoundNumbersBelowThemAndFewHaveTheirOwn() throws Exception {
        assertThat(labelledX(93)).containsExactly(10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L);
        assertThat(labelledX(1001)).startsWith(100L, 200L).endsWith(900L, 1000L);
        assertThat(labelledX(5)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /** At which x of a series from 1 on there are marks. */
    private List<Long> labelledX(int count) throws Exception {
        Path file = folder.resolve(count + ".svg");
        double[] y = IntStream.range(0, count).mapToDouble(i -> i % 2).toArray();
        Curves.of("t", "x").panel("y").series("s", y).writeSvg(file);
        List<Double> ticks = new ArrayList<>();
        List<Double> points = new ArrayList<>();
        NodeList lines = document(file).getElementsByTagName("line");
        for (int i = 0; i < lines.getLength(); i++) {
            Element line = (Element) lines.item(i);
            double from = Double.parseDouble(line.getAttribute("x1"));
            double to = Double.parseDouble(line.getAttribute("x2"));
            boolean upright = from == to;
            if (upright && line.getAttribute("style").contains("rgb(130,130,130)")) {
                ticks.add(from);
            } else if (!upright
                    && line.getAttribute("style").contains("rgb(0,114,178)")
                    && !line.getAttribute("y1").equals(line.getAttribute("y2"))) {
                points.addAll(List.of(from, to));
            }
        }
        double first = Collections.min(points);
        double step = (Collections.max(points) - first) / (count - 1);
        return ticks.stream()
                .map(tick -> Math.round(1 + (tick - first) / step))
                .filter(x -> x >= 1)
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void seriesThatCannotBeDrawnAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Curves.of("t", "x").series("a", 1))
                .withMessageContaining(".panel(");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> curves().series("validation", 1))
                .withMessageContaining("already has a series validation");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> curves().series("other", new double[2], new double[1]))
                .withMessageContaining("2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> curves().series("other", new double[] {Double.NaN}, new double[1]))
                .withMessageContaining("finite");
    }

    @Test
    void aPanelWithoutAnythingToDrawIsStillAPicture() {
        assertThat(Curves.of("t", "x")
                        .panel("y")
                        .series("diverged", Double.NaN)
                        .image()
                        .getHeight())
                .isEqualTo(484);
    }

    @Test
    void aGridHasGapsAndZoomAndItsSvgHoldsTheSamePixels() throws Exception {
        ImageGrid grid = ImageGrid.of(new byte[] {10, 20, 30, 40, 50, 60, 70, 80, (byte) 200}, 3, 3, 1, 1)
                .columns(2)
                .zoom(4);
        grid.write(folder, "grid");
        BufferedImage png = ImageIO.read(folder.resolve("grid.png").toFile());
        assertThat(png.getWidth()).isEqualTo(2 + 2 * 6);
        assertThat(png.getRGB(2, 2)).isEqualTo(0xff0a141e);
        assertThat(png.getRGB(11, 5)).isEqualTo(0xff28323c);
        assertThat(png.getRGB(5, 11)).isEqualTo(0xff4650c8);
        assertThat(png.getRGB(8, 8)).isEqualTo(0xffffffff);
        Matcher embedded = Pattern.compile("data:image/png;base64,([^\"]+)").matcher(svg(folder.resolve("grid.svg")));
        assertThat(embedded.find()).isTrue();
        BufferedImage within =
                ImageIO.read(new ByteArrayInputStream(Base64.getMimeDecoder().decode(embedded.group(1))));
        assertThat(within.getRGB(11, 5)).isEqualTo(0xff28323c);
    }

    @Test
    void imagesOfOtherShapesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageGrid.of(new float[8], 2, 2, 2))
                .withMessageContaining("[2, 2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageGrid.of(new float[7], 2, 1, 2, 2))
                .withMessageContaining("8 values, but the array has 7");
    }

    @Test
    void filtersAreNormalisedEachByItself() {
        PicturesTest_TwoLayersModel net = PicturesTest_TwoLayersModel.create(1);
        float[] weight = new float[24];
        weight[0] = 0.01f;
        weight[1] = -0.01f;
        net.parameters().set("conv1.weight", Tensor.of(weight, 2, 3, 2, 2));
        ImageGrid grid = Filters.of(net, "conv1");
        BufferedImage image = grid.image();
        assertThat(image.getWidth()).isEqualTo(2 + 2 * 50);
        assertThat(image.getRGB(2, 2)).isEqualTo(0xffff7f7f);
        assertThat(image.getRGB(2 + 24, 2)).isEqualTo(0xff007f7f);
        assertThat(image.getRGB(2 + 50, 2)).isEqualTo(0xff7f7f7f);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filters.of(net, "conv2"))
                .withMessageContaining("conv2 is [2, 2, 2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filters.of(net, "conv3"))
                .withMessageContaining("conv1.weight");
    }

    @Test
    void inTheSvgOfAConfusionMatrixNamesAreTurnedAboveItAndUprightBesideIt() throws Exception {
        List<String> names = List.of("cat", "dog", "frog");
        ConfusionMatrix matrix = ConfusionMatrix.of(names);
        matrix.add(0, 1);
        Path file = folder.resolve("confusion.svg");
        matrix.writeSvg(file);
        svg(file);
        NodeList texts = document(file).getElementsByTagName("text");
        List<String> upright = new ArrayList<>();
        List<String> turned = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            (turned(texts.item(i)) ? turned : upright).add(texts.item(i).getTextContent());
        }
        assertThat(turned).containsExactlyElementsOf(names);
        assertThat(upright).containsAll(names).contains("1", "true / predicted");
    }

    private static boolean turned(Node node) {
        for (Node n = node; n instanceof Element element; n = n.getParentNode()) {
            if (element.getAttribute("transform").matches(".*(matrix|rotate).*")) {
                return true;
            }
        }
        return false;
    }
}
