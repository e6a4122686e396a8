package dev.netwright.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.SharedData;
import dev.netwright.training.tensorboard.proto.HParamType;
import dev.netwright.training.tensorboard.proto.HParamsPluginData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/**
 * The calls whose files PyTorch left in the golden sample, field by field. Not compared: its traced graph, the run
 * metadata that belongs to it, and custom scalars, which have no counterpart.
 */
class GoldenSampleTest {
    private static final Clock AT_1000 = Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path golden;

    @BeforeEach
    void find() {
        golden = SharedData.golden("tensorboard_sample");
    }

    private SummaryWriter writer() {
        return SummaryWriter.of(folder, AT_1000).filenameSuffix(".sfx");
    }

    @Test
    void scalarsTextHistogramAndCurveAreTheSameBytes() throws IOException {
        try (SummaryWriter writer = writer()) {
            writer.addScalar("loss", 0.5, 1);
            writer.addScalar("loss_ns", 0.5, 2, ScalarFormat.FLOAT);
            writer.addScalar("loss_dp", 0.5, 2);
            writer.addHistogram("h", new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 1);
            writer.addText("t", "hello", 1);
            writer.addPrCurve("pr", new boolean[] {true, false, true}, new float[] {0.9f, 0.2f, 0.5f}, 1);
        }
        List<byte[]> expected = TensorFlowEvents.records(TensorFlowEvents.file(golden));
        List<byte[]> written = TensorFlowEvents.records(TensorFlowEvents.file(folder));
        assertThat(written.subList(1, written.size()))
                .containsExactly(
                        expected.get(1),
                        expected.get(2),
                        expected.get(3),
                        expected.get(6),
                        expected.get(7),
                        expected.get(10));
        assertThat(TensorFlowEvents.file(folder).getFileName().toString())
                .matches("events\\.out\\.tfevents\\.0000001000\\.[^/]+\\.\\d+\\.\\d+\\.sfx");
    }

    @Test
    void theFirstEventHasPytorchsVersionAndAnotherWriter() throws IOException {
        try (SummaryWriter writer = writer()) {
            writer.addScalar("loss", 0.5, 1);
        }
        List<byte[]> expected = TensorFlowEvents.records(TensorFlowEvents.file(golden));
        List<byte[]> written = TensorFlowEvents.records(TensorFlowEvents.file(folder));
        Event first = Event.parseFrom(written.get(0));
        assertThat(first.getFileVersion())
                .isEqualTo(Event.parseFrom(expected.get(0)).getFileVersion());
        // TensorFlow 1.15 is older than the field that names the writer.
        assertThat(first.getUnknownFields().asMap()).containsOnlyKeys(10);
    }

    @Test
    void imagesHaveTheSamePixels() throws IOException {
        Summary.Value batch = find(golden, "imgs");
        Summary.Value single = find(golden, "img");
        try (SummaryWriter writer = writer()) {
            writer.addImages("imgs", planes(batch, 3), new int[] {3, 3, 4, 5}, 1);
            writer.addImage("img", planes(single, 1), new int[] {3, 4, 5}, 1);
        }
        for (Summary.Value expected : List.of(batch, single)) {
            Summary.Value written = find(folder, expected.getTag());
            assertThat(withoutFile(written)).isEqualTo(withoutFile(expected));
            assertThat(pixels(written)).isEqualTo(pixels(expected));
        }
    }

    /** The images that the sample's picture was made of, each 5 pixels wide: as bytes, channel by channel. */
    private static byte[] planes(Summary.Value value, int images) throws IOException {
        BufferedImage image =
                ImageIO.read(value.getImage().getEncodedImageString().newInput());
        byte[] planes = new byte[images * 3 * 4 * 5];
        for (int i = 0; i < planes.length; i++) {
            int x = i % 5 + i / 60 * 5;
            planes[i] = (byte) (image.getRGB(x, i / 5 % 4) >> 8 * (2 - i / 20 % 3));
        }
        return planes;
    }

    private static Summary.Value withoutFile(Summary.Value value) {
        Summary.Value.Builder builder = value.toBuilder();
        builder.getImageBuilder().clearEncodedImageString();
        return builder.build();
    }

    private static int[] pixels(Summary.Value value) throws IOException {
        BufferedImage image =
                ImageIO.read(value.getImage().getEncodedImageString().newInput());
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static Summary.Value find(Path folder, String tag) throws IOException {
        return TensorFlowEvents.values(folder).stream()
                .filter(value -> value.getTag().equals(tag))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void scalarsOfOneChartAreRunsOfTheSameBytes() throws IOException {
        try (SummaryWriter writer = writer()) {
            writer.addScalars("multi", Map.of("a", 1, "b", 2), 1);
        }
        for (String run : List.of("multi_a", "multi_b")) {
            List<byte[]> written = TensorFlowEvents.records(TensorFlowEvents.file(folder.resolve(run)));
            List<byte[]> expected = TensorFlowEvents.records(TensorFlowEvents.file(golden.resolve(run)));
            assertThat(written.get(1)).isEqualTo(expected.get(1));
            assertThat(written).hasSameSizeAs(expected);
        }
        assertThat(TensorFlowEvents.files(folder)).isEmpty();
    }

    @Test
    void hyperparametersAgreeButForTheTypeOfBooleans() throws IOException {
        Map<String, Object> chosen = new LinkedHashMap<>();
        chosen.put("lr", 0.1);
        chosen.put("bs", 64);
        chosen.put("opt", "sgd");
        chosen.put("nest", true);
        try (SummaryWriter writer = SummaryWriter.of(folder)) {
            writer.addHparams(chosen, Map.of("hp/acc", 0.9), "run", 0);
        }
        List<Summary.Value> expected = TensorFlowEvents.values(golden.resolve("1795401501.083474"));
        List<Summary.Value> written = TensorFlowEvents.values(folder.resolve("run"));
        assertThat(written).extracting(Summary.Value::getTag).isEqualTo(tags(expected));
        assertThat(written.get(2)).isEqualTo(expected.get(2));
        assertThat(written.get(3)).isEqualTo(expected.get(3));
        HParamsPluginData.Builder experiment = content(expected.get(0)).toBuilder();
        experiment.getExperimentBuilder().getHparamInfosBuilder(3).setType(HParamType.DATA_TYPE_BOOL);
        assertThat(content(written.get(0))).isEqualTo(experiment.build());
        HParamsPluginData.Builder start = content(expected.get(1)).toBuilder();
        start.getSessionStartInfoBuilder()
                .putHparams(
                        "nest",
                        com.google.protobuf.Value.newBuilder()
                                .setBoolValue(true)
                                .build());
        assertThat(content(written.get(1))).isEqualTo(start.build());
    }

    private static List<String> tags(List<Summary.Value> values) {
        return values.stream().map(Summary.Value::getTag).toList();
    }

    private static HParamsPluginData content(Summary.Value value) throws IOException {
        assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
        return HParamsPluginData.parseFrom(value.getMetadata().getPluginData().getContent());
    }
}
