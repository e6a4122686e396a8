package dev.netwright.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.netwright.training.tensorboard.proto.HistogramProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummariesTest {
    @TempDir
    Path folder;

    @Test
    void aHistogramOfNegativeValuesBeginsWithAnEmptyBucket() {
        HistogramProto histogram = Histogram.of(new float[] {-1, -0f, 0, Float.NaN, Float.POSITIVE_INFINITY, 1e30f});
        assertThat(histogram.getNum()).isEqualTo(4);
        assertThat(histogram.getMin()).isEqualTo(-1);
        assertThat(histogram.getMax()).isEqualTo(1e30f);
        assertThat(histogram.getBucket(0)).isZero();
        assertThat(histogram.getBucket(1)).isEqualTo(1);
        assertThat(histogram.getBucketLimit(0)).isLessThanOrEqualTo(-1);
        assertThat(histogram.getBucketLimit(1)).isGreaterThan(-1);
        int zero = histogram.getBucketLimitList().indexOf(1e-12);
        assertThat(histogram.getBucket(zero)).isEqualTo(2);
        assertThat(histogram.getBucket(histogram.getBucketCount() - 1)).isEqualTo(1);
        assertThat(histogram.getBucketCount()).isEqualTo(histogram.getBucketLimitCount());
    }

    @Test
    void aHistogramWithoutAFiniteValueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Histogram.of(new float[] {Float.NaN}))
                .withMessageContaining("of these 1 none is");
    }

    @Test
    void scoresThatAreNoProbabilitiesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrCurve.of("pr", new boolean[2], new float[] {0.5f, 1.5f}))
                .withMessageContaining("score 1 is 1.5");
    }

    @Test
    void hyperparametersOfOtherTypesAreRefusedBeforeAnythingIsWritten() {
        try (SummaryWriter writer = SummaryWriter.of(folder)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.addHparams(Map.of("sizes", new int[2]), Map.of()))
                    .withMessageContaining("sizes is a [I");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anEmbeddingIsFilesAndAnEntryThatIsListedOnce() throws IOException {
        try (SummaryWriter writer = SummaryWriter.of(folder)) {
            float[] vectors = {1, 2, 3, 4, 5, 6};
            for (int time = 0; time < 2; time++) {
                writer.addEmbedding(
                        "fc/1", vectors, 2, List.of("a", "b\tb", "c"), new float[18], new int[] {3, 1, 2, 3}, 7);
            }
            writer.addEmbedding("plain", vectors, 3, List.of(), 7);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.addEmbedding("few", vectors, 2, List.of("a"), 7))
                    .withMessageContaining("3 vectors, but 1 labels");
        }
        Path set = folder.resolve("00007").resolve("fc_1");
        assertThat(set.resolve("tensors.tsv")).hasContent("1.0\t2.0\n3.0\t4.0\n5.0\t6.0\n");
        assertThat(set.resolve("metadata.tsv")).hasContent("a\nb b\nc\n");
        assertThat(ImageIO.read(set.resolve("sprite.png").toFile()).getWidth()).isEqualTo(6);
        assertThat(Files.readString(folder.resolve("projector_config.pbtxt"))).isEqualTo("""
                        embeddings {
                          tensor_name: "fc/1:00007"
                          tensor_path: "00007/fc_1/tensors.tsv"
                          metadata_path: "00007/fc_1/metadata.tsv"
                          sprite {
                            image_path: "00007/fc_1/sprite.png"
                            single_image_dim: 3
                            single_image_dim: 2
                          }
                        }
                        embeddings {
                          tensor_name: "plain:00007"
                          tensor_path: "00007/plain/tensors.tsv"
                        }
                        """);
    }
}
