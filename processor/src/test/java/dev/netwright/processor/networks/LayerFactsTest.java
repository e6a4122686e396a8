package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.report.LayerFacts;
import dev.netwright.processor.report.PassRecord;
import dev.netwright.processor.report.ReportFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What reports tell of each layer, against numbers reckoned by hand. */
class LayerFactsTest {
    private static final NetworkText BRANCHES =
            NetworkText.of("Branches", "@Network(input = {2, 12, 12}) @MSELoss", """
            @Conv2d(outChannels = 4, kernelSize = 3, stride = 2, padding = 1) Layer strided;
            @Conv2d(outChannels = 4, kernelSize = 3, dilation = 2, padding = 2) Layer dilated;
            @Conv2d(outChannels = 4, kernelSize = {1, 3}, padding = {0, 1}, from = "strided") Layer flat;
            @Add(from = {"dilated", "flat"}) Layer sum;
            @AvgPool2d(kernelSize = 2) Layer pool;
            @ConvTranspose2d(outChannels = 2, kernelSize = 2, stride = 2) Layer up;
            @Conv2d(outChannels = 2, kernelSize = 3, padding = 1) Layer last;
            """);

    private static List<LayerFacts> facts(NetworkText text) {
        Compiled compiled = Compiled.of(text);
        assertThat(compiled.results()).as("%s", compiled.errors()).hasSize(1);
        Network network = compiled.results().get(0).network();
        PassRecord passes = new PassRecord();
        Programs programs = Programs.of(network, passes);
        return ReportFacts.of(network, Planner.plan(programs), true, passes.made(), Map.of())
                .layers();
    }

    @Test
    void aReceptiveFieldGrowsWithKernelsAndStridesBefore() {
        assertThat(facts(NetworkText.CIFAR))
                .extracting(LayerFacts::field)
                .containsExactly("5 x 5", "6 x 6", "14 x 14", "16 x 16", "32 x 32", "36 x 36", "36 x 36", "all", "all");
        // elements of strided are 2 apart, those of pool 4, those of up 2 again
        assertThat(facts(BRANCHES))
                .extracting(LayerFacts::field)
                .containsExactly("3 x 3", "11 x 11", "3 x 7", "11 x 11", "13 x 13", "13 x 13", "17 x 17");
    }

    @Test
    void operationsBytesAndWhatASampleWaitsForAreThoseOfItsShapes() {
        List<LayerFacts> facts = facts(NetworkText.CIFAR);
        LayerFacts conv = facts.get(0);
        LayerFacts pool = facts.get(1);
        LayerFacts flatten = facts.get(6);
        LayerFacts linear = facts.get(7);

        assertThat(conv.flops()).isEqualTo(2L * 32 * 32 * 32 * 3 * 5 * 5);
        assertThat(conv.bytes()).isEqualTo(4L * (3 * 32 * 32 + 32 * 32 * 32 + 32 * 3 * 5 * 5 + 32));
        assertThat(linear.flops()).isEqualTo(2L * 1024 * 64);
        assertThat(linear.bytes()).isEqualTo(4L * (1024 + 64 + 1024 * 64 + 64));
        assertThat(List.of(conv, pool, flatten, linear))
                .extracting(LayerFacts::bound)
                .containsExactly("compute", "memory", "", "memory");
        assertThat(facts.stream().mapToDouble(LayerFacts::share).sum()).isCloseTo(1, within(1e-9));
        assertThat(facts.stream().mapToLong(LayerFacts::parameters).sum()).isEqualTo(145_578);
    }

    @Test
    void whatIsFrozenAndWhereNoGradientFlowsIsKnown() {
        NetworkText frozen = NetworkText.of("Still", "@Network(input = 4) @MSELoss @Frozen(\"a.*\")", """
                @Linear(outFeatures = 4) Layer a;
                @ReLU Layer relu;
                @Linear(outFeatures = 2) Layer b;
                """);

        assertThat(facts(frozen)).extracting(LayerFacts::frozen).containsExactly(true, false, false);
        assertThat(facts(frozen)).extracting(LayerFacts::differentiated).containsExactly(false, false, true);
    }
}
