package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.report.ReportFacts;
import dev.netwright.processor.report.TextReport;
import dev.netwright.runtime.Options;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters that are not trained, and such as several layers have: generated code against the reference. */
@TestInstance(Lifecycle.PER_CLASS)
class FrozenAndSharedTest {
    private static final String BODY = """
                @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) @Key("body.0") Layer conv1;
                @BatchNorm2d @Key("body.1") Layer bn1;
                @ReLU @Key("body.2") Layer relu1;
                @Conv2d(outChannels = 20, kernelSize = 3, padding = 1) @Key("body.3") Layer conv2;
                @ReLU @Key("body.4") Layer relu2;
                @MaxPool2d(kernelSize = 2) @Key("body.5") Layer pool;
                @Conv2d(outChannels = 8, kernelSize = 3, padding = 1, bias = false) Layer head;
                @BatchNorm2d Layer bn2;
                @ReLU Layer relu3;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer fc;
            """;

    private static final List<NetworkText> NETWORKS = List.of(
            image("FrozenBody", "@Frozen(\"body*\")", BODY),
            image("FrozenBodyEvaluates", "@Frozen(value = \"body*\", evaluation = true)", BODY),
            image("FrozenHeadEvaluates", "@Frozen(value = {\"head*\", \"bn2*\"}, evaluation = true)", BODY),
            image("FrozenBiases", "@Frozen(\"*.bias\")", BODY),
            image("FrozenAllButTheLast", "@Frozen(value = {\"body*\", \"head*\", \"bn2*\"}, evaluation = true)", BODY),
            image("SharedConvolution", "", """
                        @Conv2d(outChannels = 12, kernelSize = 3, padding = 1) Layer first;
                        @Conv2d(outChannels = 12, kernelSize = 3, padding = 1) Layer conv;
                        @BatchNorm2d Layer bn;
                        @ReLU Layer relu;
                        @Shared("conv") Layer again;
                        @Shared("bn") Layer bnAgain;
                        @MaxPool2d(kernelSize = 2) Layer pool;
                        @Shared("conv") Layer third;
                        @Flatten Layer flatten;
                        @Linear(outFeatures = 5) Layer fc;
                    """),
            new NetworkText("tested.Towers", """
                    package tested;
                    import dev.netwright.annotations.*;
                    @Network(inputGradient = true)
                    @Input(name = "left", shape = {3, 6, 6}) @Input(name = "right", shape = {3, 6, 6})
                    @MSELoss(of = "towerA") @BCEWithLogitsLoss(of = "fc")
                    class Towers {
                        @Tower(width = 7, from = "left") Layer towerA;
                        @Shared(value = "towerA", from = "right") Layer towerB;
                        @Mul(from = {"towerA", "towerB"}) Layer product;
                        @Linear(outFeatures = 1) Layer fc;
                    }
                    @Block @interface Tower {
                        int width(); int WIDTH = Block.P1;
                        String[] from() default {};
                        class Layers {
                            @Conv2d(outChannels = 5, kernelSize = 3) Layer conv;
                            @ReLU Layer relu;
                            @Flatten Layer flatten;
                            @Linear(outFeatures = WIDTH) Layer fc1;
                            @Tanh Layer tanh;
                            @Linear(outFeatures = WIDTH) @Repeat(2) Layer fcs;
                        }
                    }
                    """),
            new NetworkText("tested.Tied", """
                    package tested;
                    import dev.netwright.annotations.*;
                    @Network(input = 6) @MSELoss @Frozen("start*")
                    class Tied {
                        @Linear(outFeatures = 9) Layer start;
                        @Linear(outFeatures = 9) Layer cell;
                        @Tanh Layer tanh;
                        @Shared("cell") @Repeat(3) Layer cells;
                        @Add(from = {"cells", "start"}) Layer sum;
                    }
                    """));

    private CompiledNetworks compiled;

    private static NetworkText image(String name, String mark, String body) {
        return new NetworkText(
                "tested." + name,
                "package tested;\nimport dev.netwright.annotations.*;\n@Network(input = {3, 8, 8})\n@CrossEntropyLoss\n"
                        + mark + "\nclass " + name + " {\n" + body + "}\n");
    }

    static Stream<NetworkText> networks() {
        return NETWORKS.stream();
    }

    @BeforeAll
    void compile() {
        compiled = CompiledNetworks.of(NETWORKS.toArray(NetworkText[]::new));
    }

    private Outcome run(NetworkText text, int bits, int threads, Numbers numbers) {
        return Outcome.of(
                compiled.network(text, bits).create(3, Options.defaults().threads(threads)), numbers);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithTheReference(NetworkText text) {
        Network network = compiled.declared(text);
        Dice dice = new Dice(5);
        for (int n : new int[] {3, 17}) {
            Numbers numbers = Numbers.draw(network, n, 1, dice);
            Outcome outcome = run(text, 512, 1, numbers);
            Agreement.checkValues(network, numbers, outcome, Agreement.NETWORK);
            if (n == 3) {
                Agreement.checkGradients(network, numbers, outcome, Agreement.NETWORK, dice);
            }
            assertThat(gradients(outcome)).isEqualTo(trained(network));
            SameBits.check("one thread", outcome, "three", run(text, 512, 3, numbers));
            SameBits.check("vector", outcome, "scalar", run(text, CompiledNetworks.SCALAR, 2, numbers));
        }
    }

    private static TreeSet<String> gradients(Outcome outcome) {
        return outcome.values().keySet().stream()
                .filter(name -> name.startsWith(Outcome.GRADIENT))
                .map(name -> name.substring(Outcome.GRADIENT.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> trained(Network network) {
        return network.parameters().stream()
                .filter(Parameter::trained)
                .map(Parameter::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void frozenLayersHaveNoGradientCode() {
        Map<String, String> sources = compiled.sources();
        String training = sources.get("tested.FrozenBodyEvaluatesTraining");
        assertThat(training).doesNotContain("conv1Gradient", "conv1WeightGradient", "conv2WeightGradient", "bn1Mean");
        assertThat(training).contains("headWeightGradient");
        assertThat(sources.get("tested.FrozenBodyTraining")).contains("bn1").doesNotContain("conv2WeightGradient");
    }

    @Test
    void theReportSaysWhatIsSaved() {
        Network network = compiled.declared(NETWORKS.get(1));
        String report =
                TextReport.of(ReportFacts.of(network, Planner.plan(Programs.of(network)), true, List.of(), Map.of()));
        assertThat(report)
                .contains("Frozen: 3,380 parameters without gradients (13.2 KB) and optimiser state.")
                .contains("In training, too, 6 layers compute as in evaluation.");
    }
}
