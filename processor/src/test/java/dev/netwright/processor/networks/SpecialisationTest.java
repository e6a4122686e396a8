package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.ColumnPairs;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.SlidingWeightGradient;
import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Tile;
import dev.netwright.processor.plan.WinogradKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sums of convolutions and products of any shape are register tiles with literal strides. */
class SpecialisationTest {
    private static final long SEED = Long.getLong("netwright.test.seed", 1);
    private static final int CASES = 8;

    private final Random random = new Random(SEED);
    private final List<NetworkText> networks = new ArrayList<>();

    SpecialisationTest() {
        for (int i = 0; i < CASES; i++) {
            networks.add(draw("Shape" + i));
        }
    }

    private NetworkText draw(String name) {
        int channels = from(1, 40);
        int side = from(9, 24);
        int kernel = from(1, 5);
        return NetworkText.of(
                name,
                "@Network(input = {%d, %d, %d}, inputGradient = true) @CrossEntropyLoss"
                        .formatted(channels, side, side),
                """
                @Conv2d(outChannels = %d, kernelSize = %d, stride = %d, padding = %d, dilation = %d) Layer conv1;
                %s Layer pool;
                @Conv2d(outChannels = %d, kernelSize = %d, padding = 2) Layer conv2;
                @Flatten Layer flatten;
                @Linear(outFeatures = %d) Layer fc1;
                @ReLU Layer relu;
                @Linear(outFeatures = %d) Layer fc2;
                """.formatted(
                                from(1, 70),
                                kernel,
                                from(1, 2),
                                from(0, kernel / 2),
                                kernel < 3 ? from(1, 2) : 1,
                                random.nextBoolean()
                                        ? "@MaxPool2d(kernelSize = 2)"
                                        : "@AvgPool2d(kernelSize = 3, stride = 1, padding = 1)",
                                from(1, 40),
                                from(1, 3),
                                from(1, 100),
                                from(1, 20)));
    }

    private int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @Test
    void everySumOfAPlanIsATile() {
        for (NetworkText network : networks) {
            Plan plan = Planned.of(network).plan();
            Map<String, Boolean> training = Map.of(
                    "conv1", false,
                    "conv1Gradient", true,
                    "conv1WeightGradient", true,
                    "conv2Gradient", true,
                    "conv2WeightGradient", true,
                    "fc1Gradient", true,
                    "fc1WeightGradient", true,
                    "fc2Gradient", true,
                    "fc2WeightGradient", true);
            training.keySet()
                    .forEach(name -> requireTile(network, plan.training().orElseThrow(), name));
            Stream.of("conv1", "conv2", "fc1", "fc2").forEach(name -> requireTile(network, plan.inference(), name));
        }
    }

    /** One step of the name, or one for each phase of a stride. */
    private void requireTile(NetworkText network, Plan.Program program, String name) {
        List<Step> steps = program.steps().stream()
                .filter(step -> step.name().matches(name + "(Phase\\d)?"))
                .toList();
        assertThat(steps).as("%s of %s, seed %d", name, network.text(), SEED).isNotEmpty();
        assertThat(steps)
                .as("%s of %s, seed %d", name, network.text(), SEED)
                .allMatch(step -> step.kernel() instanceof Tile
                        || step.kernel() instanceof SparseKernel
                        || step.kernel() instanceof ColumnPairs
                        || step.kernel() instanceof SlidingWeightGradient
                        || step.kernel() instanceof WinogradKernel);
    }

    @Test
    void everyTileOfTheCodeHasLiteralCountsAndStrides() {
        CompiledNetworks built = CompiledNetworks.of(networks.toArray(new NetworkText[0]));
        for (NetworkText network : networks) {
            int tiles = LiteralTiles.check(built.sources().get(network.name() + "VectorKernels"));
            assertThat(tiles).as("tiles of %s", network.text()).isGreaterThanOrEqualTo(10);
        }
        System.out.println("seed " + SEED + " drew " + networks.size() + " networks");
    }

    @Test
    void aVariableCountOrStrideIsSeen() {
        String source =
                CompiledNetworks.of(NetworkText.SMALL).sources().get(NetworkText.SMALL.name() + "VectorKernels");
        LiteralTiles.check(source);
        assertThatThrownBy(() -> LiteralTiles.check(source.replaceFirst("k0 < [^;]+;", "k0 < rows;")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rows");
        assertThatThrownBy(() -> LiteralTiles.check(source.replaceFirst("\\+ k0 \\* \\d+", "+ k0 * stride")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stride");
    }
}
