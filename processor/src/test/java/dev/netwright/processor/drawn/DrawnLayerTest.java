package dev.netwright.processor.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import java.util.List;
import java.util.Map;
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
}
