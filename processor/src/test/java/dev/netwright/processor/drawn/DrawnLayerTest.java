package dev.netwright.processor.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DrawnLayerTest {
    /** Blocks draw which of them become parameters, so that a seed draws the same network in every run. */
    @Test
    void attributesStandInOneOrder() {
        Map<String, Object> written =
                Map.of("padding", 1, "kernelSize", 3, "outChannels", 4, "bias", false, "stride", 2);
        DrawnLayer layer = new DrawnLayer("conv", "Conv2d", written, List.of("input"), false);
        assertThat(layer.attributes().keySet())
                .containsExactly("bias", "kernelSize", "outChannels", "padding", "stride");
    }

    /** What needs others before it is easily refused, and then never drawn. */
    @Test
    void whatNeedsOthersBeforeItIsDrawn() {
        Set<String> missing = new TreeSet<>(List.of(
                "CTCLoss",
                "CosineSimilarity",
                "Div",
                "EmbeddingBag",
                "MaxUnpool1d",
                "MaxUnpool2d",
                "MaxUnpool3d",
                "PairwiseDistance",
                "TripletMarginWithDistanceLoss",
                "indices",
                "perSampleWeights",
                "scaleGradByFreq",
                "sparse"));
        for (long seed = 1; seed <= 1500; seed++) {
            DrawnNetwork network = NetworkDrawing.draw(seed);
            for (DrawnLayer layer : network.flat()) {
                missing.remove(layer.annotation());
                missing.removeAll(layer.attributes().keySet());
            }
            network.losses().forEach(loss -> missing.remove(loss.annotation()));
        }
        assertThat(missing).isEmpty();
    }
}
