package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.LayerAttributes;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.ModelDefinition;
import org.junit.jupiter.api.Test;

class ModelTextTest {
    private static ModelDefinition definition(LayerDefinition layer) {
        return ModelDefinition.builder("Net", "0.1.0")
                .input("input", 1)
                .output("output", 1)
                .layer(layer)
                .build();
    }

    private static ModelDefinition definition(String... keysTypesAndArguments) {
        ModelDefinition.Builder builder =
                ModelDefinition.builder("Net", "0.1.0").input("input", 1).output("output", 1);
        for (int i = 0; i < keysTypesAndArguments.length; i += 3) {
            builder.layer(LayerDefinition.of(
                    "field" + i,
                    keysTypesAndArguments[i],
                    keysTypesAndArguments[i + 1],
                    printing(keysTypesAndArguments[i + 2]),
                    new int[] {1},
                    0,
                    0,
                    new int[] {-1}));
        }
        return builder.build();
    }

    private static LayerAttributes printing(String arguments) {
        return arguments.isEmpty() ? LayerAttributes.NONE : LayerAttributes.NONE.positional("arguments", arguments);
    }

    @Test
    void oneLineForEachLayer() {
        assertThat(ModelText.of(
                        definition("relu", "ReLU", "", "fc", "Linear", "in_features=2, out_features=1, bias=True")))
                .isEqualTo("""
                        Net(
                          (relu): ReLU()
                          (fc): Linear(in_features=2, out_features=1, bias=True)
                        )""");
        assertThat(ModelText.of(definition())).isEqualTo("Net()");
    }

    @Test
    void whatPyTorchDoesNotPrintIsNotPrinted() {
        LayerAttributes printed = printing("kernel_size=2");
        assertThat(ModelText.of(definition(pool(printed.unprinted("divisor_override", 3)))))
                .isEqualTo(ModelText.of(definition(pool(printed))));
    }

    private static LayerDefinition pool(LayerAttributes attributes) {
        return LayerDefinition.of("pool", "pool", "AvgPool2d", attributes, new int[] {1}, 0, 0, new int[] {-1});
    }

    /** The form of {@code torch.nn.Module.__repr__} for modules in nested Sequentials. */
    @Test
    void dottedKeysNestUnderSequential() {
        String conv = "3, 64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1)";
        String pool = "kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False";
        assertThat(ModelText.of(definition(
                        "features.0",
                        "Conv2d",
                        conv,
                        "features.1",
                        "ReLU",
                        "",
                        "features.2",
                        "MaxPool2d",
                        pool,
                        "flatten",
                        "Flatten",
                        "start_dim=1, end_dim=-1",
                        "classifier.block.0",
                        "Linear",
                        "in_features=8, out_features=4, bias=True",
                        "classifier.block.1",
                        "Dropout",
                        "p=0.5, inplace=False",
                        "classifier.add_linear",
                        "Linear",
                        "in_features=4, out_features=2, bias=False")))
                .isEqualTo("""
                        Net(
                          (features): Sequential(
                            (0): Conv2d(3, 64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
                            (1): ReLU()
                            (2): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
                          )
                          (flatten): Flatten(start_dim=1, end_dim=-1)
                          (classifier): Sequential(
                            (block): Sequential(
                              (0): Linear(in_features=8, out_features=4, bias=True)
                              (1): Dropout(p=0.5, inplace=False)
                            )
                            (add_linear): Linear(in_features=4, out_features=2, bias=False)
                          )
                        )""");
    }

    @Test
    void aLayerWithLayersInsidePrintsItsArgumentsOnALineOfTheirOwn() {
        assertThat(ModelText.of(definition("a", "Outer", "x=1", "a.b", "ReLU", "")))
                .isEqualTo("""
                        Net(
                          (a): Outer(
                            x=1
                            (b): ReLU()
                          )
                        )""");
    }

    @Test
    void theSummaryFitsEightyColumnsAndAddsUp() {
        LineModel model = LineModel.create();
        String summary = model.summary();
        assertThat(summary.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(summary.lines().toList())
                .contains(
                        "Layer                       Output shape        Parameters      FLOPs     Memory",
                        "x                           2                                                8 B",
                        "fc (Linear)                 1                            3          4        4 B")
                .anySatisfy(line ->
                        assertThat(line).startsWith("Total").contains("3").contains("4"));
        assertThat(model.kernels()).contains("2 threads");
        assertThat(model.toString()).startsWith("LineNet(\n  (fc): Linear(in_features=2");
    }

    @Test
    void theSummaryTellsALayerFromTheOneWhoseWeightsItHas() {
        LayerDefinition own = LayerDefinition.of(
                "towerA.fc", "features.0", "Linear", LayerAttributes.NONE, new int[] {1}, 3, 4, new int[] {-1});
        LayerDefinition shared = LayerDefinition.of(
                        "towerB.fc", "features.0", "Linear", LayerAttributes.NONE, new int[] {1}, 3, 4, new int[] {-2})
                .shared();
        assertThat(ModelSummary.name(own)).isEqualTo("features.0");
        assertThat(ModelSummary.name(shared)).isEqualTo("towerB.fc");
    }
}
