package dev.netwright.processor.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.loss.Losses;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DrawnLayerTest {
    private static final int LEAST = 3;

    /** Blocks draw which of them become parameters, so that a seed draws the same network in every run. */
    @Test
    void attributesStandInOneOrder() {
        Map<String, Object> written =
                Map.of("padding", 1, "kernelSize", 3, "outChannels", 4, "bias", false, "stride", 2);
        DrawnLayer layer = new DrawnLayer("conv", "Conv2d", written, List.of("input"), false);
        assertThat(layer.attributes().keySet())
                .containsExactly("bias", "kernelSize", "outChannels", "padding", "stride");
    }

    /** What fits rarely is never drawn, and nobody sees it. Those that differ in their number of axes alone count as one. */
    @Test
    void everyLayerAndLossIsDrawn() {
        Map<String, Integer> drawn = new TreeMap<>();
        Layers.names().forEach(name -> drawn.put(family(name), 0));
        Losses.names().forEach(name -> drawn.put(name, 0));
        // it reads nothing, so that no chain leads to it; ComposedNetworksTest and CompositionTest have it
        drawn.remove("Parameter");
        List.of(
                        "indices",
                        "initialState",
                        "lengths",
                        "lengths of a loss",
                        "memoryLengths",
                        "perSampleWeights",
                        "scaleGradByFreq",
                        "sparse")
                .forEach(name -> drawn.put(name, 0));
        List.of("weights", "hn", "cn").forEach(name -> drawn.put(name, 0));
        for (long seed = 1; seed <= 3000; seed++) {
            DrawnNetwork network = NetworkDrawing.draw(seed);
            for (DrawnLayer layer : network.flat()) {
                drawn.merge(family(layer.annotation()), 1, Integer::sum);
                layer.attributes().keySet().forEach(name -> drawn.computeIfPresent(name, (any, count) -> count + 1));
                layer.from().stream()
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .forEach(name -> drawn.computeIfPresent(name, (any, count) -> count + 1));
            }
            network.losses().forEach(loss -> drawn.merge(loss.annotation(), 1, Integer::sum));
            network.losses().stream()
                    .filter(loss -> loss.attributes().containsKey(DrawnNetwork.LENGTHS))
                    .forEach(loss -> drawn.merge("lengths of a loss", 1, Integer::sum));
        }
        System.out.println("Drawn in 3,000 networks: " + drawn);
        drawn.values().removeIf(count -> count >= LEAST);
        assertThat(drawn).isEmpty();
    }

    private static String family(String layer) {
        return layer.replaceAll("[123]d$", "");
    }
}
