package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Generated code of networks that are made of others: as they are used, and as PyTorch prints them. */
class ComposedNetworksTest {
    private static final String DECLARATIONS = """
            package tested;
            import dev.netwright.annotations.*;

            @Network(input = {3, 6, 6})
            @CrossEntropyLoss
            public class Composed {
                @Conv2d(outChannels = 4, kernelSize = 3, padding = 1, bias = false) Layer conv1;
                @Residual(width = 4) @Repeat(2) Layer layer1;
                @Parameter(shape = {4, 1, 1}) Layer scale;
                @Mul(from = {"layer1", "scale"}) Layer scaled;
                @AdaptiveAvgPool2d(outputSize = 1) @Key("avgpool") Layer pool;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
            }

            @Block
            @interface Residual {
                int width(); int WIDTH = Block.P1;

                class Layers {
                    @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, bias = false) Layer conv1;
                    @BatchNorm2d Layer bn1;
                    @Add(from = {"bn1", "input"}) Layer sum;
                    @ReLU Layer relu;
                }
            }
            """;

    private static final NetworkText NETWORK = new NetworkText("tested.Composed", DECLARATIONS);

    @Test
    void layersOfBlocksAreReachedThroughTheirFields() throws Exception {
        Object model = CompiledNetworks.of(NETWORK)
                .network(NETWORK)
                .create(1, Options.defaults().threads(1))
                .model();
        List<?> row = (List<?>) model.getClass().getField("layer1").get(model);
        assertThat(row).hasSize(2);
        Object second = row.get(1);
        Object conv = second.getClass().getField("conv1").get(second);
        assertThat(conv).hasToString("Conv2d(4, 4, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)");
        assertThat(((Tensor) conv.getClass().getMethod("weight").invoke(conv)).shape())
                .containsExactly(4, 4, 3, 3);
        Object scale = model.getClass().getField("scale").get(model);
        assertThat(((Tensor) scale.getClass().getMethod("value").invoke(scale)).shape())
                .containsExactly(4, 1, 1);
    }

    @Test
    void blocksOfOneKindMayHaveRowsOfSeveralLengthsAndRowsOfRows() throws Exception {
        NetworkText network = new NetworkText("tested.Rows", """
                package tested;
                import dev.netwright.annotations.*;
                @Network(input = 4) @MSELoss class Rows {
                    @Stage(depth = 1) Layer one;
                    @Stage(depth = 3) Layer three;
                    @Linear(outFeatures = 4) @Repeat(2) Layer row;
                    @Shared("row") @Repeat(3) Layer again;
                }
                @Block @interface Stage {
                    int depth(); int DEPTH = Block.P1;
                    class Layers {
                        @Linear(outFeatures = 4) @Repeat(DEPTH) Layer fcs;
                        @Shared("fcs") @Repeat(2) Layer again;
                        @Tanh Layer tanh;
                    }
                }
                """);
        GeneratedModel model = CompiledNetworks.of(network)
                .network(network)
                .create(1, Options.defaults().threads(1));
        for (String block : List.of("one", "three")) {
            int depth = block.equals("one") ? 1 : 3;
            Object stage = model.model().getClass().getField(block).get(model.model());
            assertThat((List<?>) stage.getClass().getField("fcs").get(stage)).hasSize(depth);
            assertThat((List<?>) stage.getClass().getField("again").get(stage))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat((List<?>) row).hasSize(depth));
            assertThat(model.layer(block + ".tanh")).hasToString("Tanh()");
            assertThat(model.layer(block + ".again.1.0"))
                    .hasToString("Linear(in_features=4, out_features=4, bias=True)");
        }
        assertThat(model.layer("again.2.1")).hasToString("Linear(in_features=4, out_features=4, bias=True)");
    }

    @Test
    void itIsPrintedAsByPyTorch() {
        GeneratedModel model = CompiledNetworks.of(NETWORK)
                .network(NETWORK)
                .create(1, Options.defaults().threads(1));
        assertThat(model.model()).hasToString("""
                Composed(
                  (conv1): Conv2d(3, 4, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
                  (layer1): Sequential(
                    (0): Residual(
                      (conv1): Conv2d(4, 4, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
                      (bn1): BatchNorm2d(4, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, bias=True)
                      (sum): Add()
                      (relu): ReLU()
                    )
                    (1): Residual(
                      (conv1): Conv2d(4, 4, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
                      (bn1): BatchNorm2d(4, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, bias=True)
                      (sum): Add()
                      (relu): ReLU()
                    )
                  )
                  (scaled): Mul()
                  (avgpool): AdaptiveAvgPool2d(output_size=1)
                  (flatten): Flatten(start_dim=1, end_dim=-1)
                  (fc): Linear(in_features=4, out_features=5, bias=True)
                )""");
        assertThat(model.model().stateDict().keySet())
                .startsWith("conv1.weight", "layer1.0.conv1.weight", "layer1.0.bn1.weight")
                .contains("scale");
    }
}
