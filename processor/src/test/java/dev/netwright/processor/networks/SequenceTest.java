package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Layers along one axis are those of an image of one row: the same kernels, in the same order, on the same memory. */
class SequenceTest {
    private static final String SEQUENCE = """
            package tested;

            import dev.netwright.annotations.*;

            @Network(input = {4, 36}, inputGradient = true) @CrossEntropyLoss
            class Net {
                @Conv1d(outChannels = 16, kernelSize = 5, padding = 2) Layer conv1;
                @BatchNorm1d Layer norm;
                @ReLU Layer relu1;
                @MaxPool1d(kernelSize = 2) Layer pool1;
                @Conv1d(outChannels = 32, kernelSize = 3, stride = 2, padding = 1, dilation = 2, groups = 2) Layer conv2;
                @SiLU Layer act;
                @AvgPool1d(kernelSize = 3, stride = 2, padding = 1) Layer pool2;
                @Conv1d(outChannels = 32, kernelSize = 3, padding = 1, groups = 32) Layer depthwise;
                @AdaptiveMaxPool1d(outputSize = 4) Layer pool3;
                @ConvTranspose1d(outChannels = 24, kernelSize = 4, stride = 2, padding = 1) Layer up;
                @Flatten Layer flat;
                @Linear(outFeatures = 10) Layer head;
            }
            """;

    private static final String IMAGE = """
            package tested;

            import dev.netwright.annotations.*;

            @Network(input = {4, 1, 36}, inputGradient = true) @CrossEntropyLoss
            class Net {
                @Conv2d(outChannels = 16, kernelSize = {1, 5}, padding = {0, 2}) Layer conv1;
                @BatchNorm2d Layer norm;
                @ReLU Layer relu1;
                @MaxPool2d(kernelSize = {1, 2}) Layer pool1;
                @Conv2d(outChannels = 32, kernelSize = {1, 3}, stride = {1, 2}, padding = {0, 1}, dilation = {1, 2}, groups = 2) Layer conv2;
                @SiLU Layer act;
                @AvgPool2d(kernelSize = {1, 3}, stride = {1, 2}, padding = {0, 1}) Layer pool2;
                @Conv2d(outChannels = 32, kernelSize = {1, 3}, padding = {0, 1}, groups = 32) Layer depthwise;
                @AdaptiveMaxPool2d(outputSize = {1, 4}) Layer pool3;
                @ConvTranspose2d(outChannels = 24, kernelSize = {1, 4}, stride = {1, 2}, padding = {0, 1}) Layer up;
                @Flatten Layer flat;
                @Linear(outFeatures = 10) Layer head;
            }
            """;

    /** Without comments, views and fingerprints, which tell shapes, and however lines are wrapped that had comments. */
    private static Map<String, String> kernels(String source) {
        Map<String, String> kernels = new TreeMap<>();
        CompiledNetworks.of(new NetworkText("tested.Net", source)).sources().forEach((name, text) -> {
            if (name.endsWith("Kernels") || name.endsWith("Training") || name.endsWith("Inference")) {
                List<String> lines = text.lines()
                        .map(line -> line.replaceFirst("//.*", "").strip())
                        .filter(line -> !line.isEmpty() && !line.startsWith("*") && !line.startsWith("/**"))
                        .filter(line -> !line.startsWith("return \"") && !line.startsWith("import "))
                        .toList();
                String code = lines.stream().collect(Collectors.joining(" "));
                kernels.put(name, code.replaceAll("return new StridedView[^;]*;", ""));
            }
        });
        return kernels;
    }

    @Test
    void runsTheKernelsOfAnImageOfOneRow() {
        Map<String, String> sequence = kernels(SEQUENCE);
        assertThat(sequence).isNotEmpty();
        assertThat(kernels(IMAGE)).isEqualTo(sequence);
    }

    /** As PyTorch's BatchNorm1d, which then asks for more than 1 value per channel. */
    @Test
    void aSingleRowIsNormalisedByRunningStatisticsAlone() {
        NetworkText rows = new NetworkText("tested.Rows", """
                package tested;

                import dev.netwright.annotations.*;

                @Network(input = 3)
                class Rows {
                    @BatchNorm1d Layer norm;
                }
                """);
        GeneratedModel model = CompiledNetworks.of(rows).network(rows).create(1, Options.defaults());
        List<Object> row = List.of(new float[] {1, -2, 3});
        assertThat(model.predict(row, 1).get("norm")).containsExactly(new float[] {1, -2, 3}, within(1e-4f));
        assertThatThrownBy(() -> model.forward(row, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs at least 2 samples at once, but 1 was given");
    }

    /** As PyTorch's, in evaluation too. */
    @Test
    void aSingleRowIsRefusedWhereNoRunningStatisticsAreKept() {
        NetworkText rows = new NetworkText("tested.Rows", """
                package tested;

                import dev.netwright.annotations.*;

                @Network(input = 3)
                class Rows {
                    @BatchNorm1d(trackRunningStats = false) Layer norm;
                }
                """);
        GeneratedModel model = CompiledNetworks.of(rows).network(rows).create(1, Options.defaults());
        List<Object> row = List.of(new float[] {1, -2, 3});
        assertThatThrownBy(() -> model.predict(row, 1)).hasMessageContaining("needs at least 2 samples at once");
        assertThatThrownBy(() -> model.forward(row, 1)).hasMessageContaining("needs at least 2 samples at once");
        List<Object> two = List.of(new float[] {1, -2, 3, 3, 0, 5});
        assertThat(model.predict(two, 2).get("norm")).containsExactly(new float[] {-1, -1, -1, 1, 1, 1}, within(1e-4f));
    }
}
