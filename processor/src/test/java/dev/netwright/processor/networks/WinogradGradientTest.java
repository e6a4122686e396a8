package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.WinogradForm;
import dev.netwright.processor.report.TextReport;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weight gradients of many channels by Winograd's algorithm, beside those that are computed directly. */
class WinogradGradientTest {
    private static final int SAMPLES = 5;

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void areThoseOfDirectSumsWithinTheBound(int taps) {
        NetworkText fast = network("FastNet" + taps, "DEFAULT", taps);
        NetworkText exact = network("ExactNet" + taps, "EXACT", taps);
        assertThat(steps(fast)).contains("conv2WeightGradientProducts");
        assertThat(steps(exact)).doesNotContain("conv2WeightGradientProducts");
        assertThat(report(fast)).containsPattern("conv2WeightGradient +F\\(" + taps + "x" + taps + ",4x4\\)");
        CompiledNetworks built = CompiledNetworks.of(fast, exact);
        Map<String, Tensor> gradients = gradients(built, fast);
        gradients(built, exact).forEach((key, direct) -> {
            float[] wanted = direct.toArray();
            float[] found = gradients.get(key).toArray();
            double error = 0;
            double largest = 0;
            for (int i = 0; i < wanted.length; i++) {
                error = Math.max(error, Math.abs(wanted[i] - found[i]));
                largest = Math.max(largest, Math.abs(wanted[i]));
            }
            assertThat(error / largest).as(key).isLessThan(new WinogradForm(4, taps).error());
        });
    }

    private static NetworkText network(String name, String precision, int taps) {
        return NetworkText.of(
                name,
                "@Network(input = {64, 14, 11}, precision = Precision." + precision + ") @CrossEntropyLoss",
                """
                @Conv2d(outChannels = 80, kernelSize = 1) Layer conv1;
                @Conv2d(outChannels = 65, kernelSize = %d, padding = 1) Layer conv2;
                @ReLU Layer relu;
                @Flatten Layer flatten;
                @Linear(outFeatures = 3) Layer fc;
                """.formatted(taps));
    }

    private static List<String> steps(NetworkText network) {
        return Planned.of(network).plan().training().orElseThrow().steps().stream()
                .map(step -> step.name())
                .toList();
    }

    private static String report(NetworkText network) {
        Planned planned = Planned.of(network);
        return TextReport.of(planned.facts());
    }

    private static Map<String, Tensor> gradients(CompiledNetworks built, NetworkText network) {
        GeneratedModel model = built.network(network).create(3, Options.defaults());
        model.loss(List.of(Training.images(model, SAMPLES, 1)), List.of(Training.classes(model, SAMPLES, 2)), SAMPLES);
        model.model().backward();
        return model.model().gradients();
    }
}
