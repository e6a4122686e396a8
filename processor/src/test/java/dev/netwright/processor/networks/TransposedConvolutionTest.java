package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.GroupKernel;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Tile;
import dev.netwright.runtime.Options;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransposedConvolutionTest {
    private static final NetworkText GROUPS = NetworkText.of("GroupsUp", "@Network(input = {4, 5, 6}) @MSELoss", """
            @ConvTranspose2d(outChannels = 6, kernelSize = 3, groups = 2) Layer up;
            """);

    private static NetworkText up(String name, String attributes) {
        return NetworkText.of(
                name,
                "@Network(input = {32, 6, 8}, precision = Precision.EXACT) @MSELoss",
                "@ConvTranspose2d(outChannels = 32, " + attributes + ") Layer up; @ReLU Layer act;");
    }

    /** After {@code torch.manual_seed(3)}; the fan-in is of 3 channels and 9 taps. */
    @Test
    void startsWithPyTorchsWeights() {
        GeneratedModel model = CompiledNetworks.of(GROUPS)
                .network(GROUPS)
                .create(3, Options.defaults().threads(1));

        float[] weight = model.model().stateDict().get("up.weight").toArray();
        float[] bias = model.model().stateDict().get("up.bias").toArray();

        assertThat(model.model().stateDict().get("up.weight").shape()).containsExactly(4, 3, 3, 3);
        assertThat(List.of(weight[0], weight[1], weight[107]))
                .containsExactly(-0.19080905616283417f, -0.15181642770767212f, -0.07149934023618698f);
        assertThat(List.of(bias[0], bias[5])).containsExactly(0.11466041952371597f, -0.14617639780044556f);
    }

    /** A row of the input is then read by all phases while it is in the cache. */
    @Test
    void phasesOfAStrideThatDividesTheKernelAreOneTile() {
        for (String attributes : List.of("kernelSize = 2, stride = 2", "kernelSize = 4, stride = 2, padding = 1")) {
            List<Step> steps = steps(up("Even", attributes));
            assertThat(steps).singleElement().satisfies(step -> {
                assertThat(step.name()).isEqualTo("up");
                assertThat(((Tile) step.kernel()).rowCounts()).containsExactly(6, 2, 2);
                assertThat(((Tile) step.kernel()).sum().biased()).isTrue();
            });
        }
    }

    @Test
    void phasesOfUnequalTapsAreATileEach() {
        assertThat(steps(up("Uneven", "kernelSize = 3, stride = 2, padding = 1, outputPadding = 1")))
                .extracting(Step::name)
                .containsExactly("upPhase0", "upPhase1", "upPhase2", "upPhase3");
        assertThat(steps(up("Rows", "kernelSize = {2, 3}, stride = 2")))
                .extracting(Step::name)
                .containsExactly("upPhase0", "upPhase1");
    }

    /** Lanes are outputs: both groups have a vector of them. */
    @Test
    void phasesOfGroupsOfWholeVectorsAreOneTileToo() {
        List<Step> steps = steps(up("Wide", "kernelSize = 2, stride = 2, groups = 2"));
        assertThat(steps).singleElement().satisfies(step -> {
            Tile tile = (Tile) step.kernel();
            assertThat(tile.rowCounts()).containsExactly(6, 2, 2);
            assertThat(tile.sum().biased()).isTrue();
            assertThat(tile.blocks()).isEqualTo(2 * tile.sum().sharing());
            assertThat(tile.a().block()).isEqualTo(16);
        });
    }

    /** Bias and activation are part of each phase, also where no tap reaches it. */
    @Test
    void phasesOfNarrowGroupsAreAKernelEach() {
        List<Step> steps = steps(up("Narrow", "kernelSize = {1, 2}, stride = 2, outputPadding = {1, 0}, groups = 4"));
        assertThat(steps).extracting(Step::name).containsExactly("upPhase0", "upPhase1", "upPhase2", "upPhase3");
        assertThat(steps)
                .extracting(step -> step.kernel().getClass().getSimpleName())
                .containsExactly("Sums", "Sums", "Tile", "Tile");
        assertThat(steps.subList(0, 2))
                .allMatch(step ->
                        ((GroupKernel.Sums) step.kernel()).products().sum().biased());
        assertThat(steps.subList(2, 4))
                .allMatch(step -> ((Tile) step.kernel()).sum().biased());
    }

    private static List<Step> steps(NetworkText network) {
        return Planned.of(network).plan().inference().steps().stream()
                .filter(step -> step.name().startsWith("up"))
                .filter(step -> step.kernel() instanceof Tile || step.kernel() instanceof GroupKernel.Sums)
                .toList();
    }
}
