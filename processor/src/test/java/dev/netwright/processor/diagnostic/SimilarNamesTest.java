package dev.netwright.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimilarNamesTest {
    @Test
    void aSwapAnOmissionAndAnInsertionAreOneEditEach() {
        assertThat(SimilarNames.distance("cnov1", "conv1")).isEqualTo(1);
        assertThat(SimilarNames.distance("con1", "conv1")).isEqualTo(1);
        assertThat(SimilarNames.distance("convv1", "conv1")).isEqualTo(1);
        assertThat(SimilarNames.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void theNearestNameIsFoundWhateverItsCase() {
        assertThat(SimilarNames.nearest("Pool2", List.of("pool1", "pool2"))).contains("pool2");
    }

    @Test
    void ofNamesEquallyNearTheFirstIsTaken() {
        assertThat(SimilarNames.nearest("conv", List.of("conv2", "conv1"))).contains("conv2");
    }

    @Test
    void nothingIsNearAQuiteDifferentName() {
        assertThat(SimilarNames.nearest("encoder", List.of("fc", "pool"))).isEmpty();
    }

    @Test
    void aLongListOfKnownNamesIsCapped() {
        List<String> known = IntStream.range(0, 11).mapToObj(i -> "layer" + i).toList();

        assertThat(SimilarNames.suggestion("x", known))
                .isEqualTo("Known are: layer0, layer1, layer2, layer3, layer4, layer5, layer6, layer7 and 3 others.");
    }
}
