package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What generated code tells who reads it. */
class ReadableCodeTest {
    private static final NetworkText NAMES =
            NetworkText.of("Names", "@Network(input = {3, 8, 8}) @CrossEntropyLoss", """
            @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) Layer aB;
            @BatchNorm2d Layer a_b;
            @ReLU Layer lead;
            @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv;
            @MaxPool2d(kernelSize = 2) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 16) @Key("0") Layer first;
            @Add(from = {"first", "first"}) Layer sum;
            @Linear(outFeatures = 16) Layer wide;
            @Shared(value = "wide", from = "wide") Layer again;
            @Linear(outFeatures = 4) @Key("%s") Layer last;
            """.formatted("long".repeat(50)));

    private static final CompiledNetworks BUILT =
            CompiledNetworks.with(List.of("-Xlint:all,-processing", "-Anetwright.lints=off"), NAMES);

    private static String source(String suffix) {
        return BUILT.sources().get("tested.Names" + suffix);
    }

    private static List<String> constants(String source) {
        return Pattern.compile("private static final int (\\S+) = ")
                .matcher(source)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void placesHaveNamesOfTheirOwn() {
        assertThat(BUILT.warnings()).allSatisfy(warning -> assertThat(warning).contains("incubating module"));
        assertThat(constants(source("Training")))
                .doesNotHaveDuplicates()
                // of layers that are called alike, of one that is called as a constant of ours is, of a key that begins
                // with a digit
                .contains("A_B_WEIGHT", "A_B_WEIGHT_2", "LEAD", "LEAD_2", "_0_WEIGHT", "POOL_INDEX")
                .allSatisfy(name -> assertThat(name).hasSizeLessThan(100).matches("[A-Z_][A-Z0-9_]*"));
    }

    @Test
    void everyPlaceOfAValueHasItsName() {
        Pattern bare = Pattern.compile(
                "\\b(arena|scratch|prepared|parameters|gradients|buffers),\\s+([0-9]|capacity \\* [0-9])");
        for (String suffix : List.of("Inference", "Training")) {
            assertThat(bare.matcher(source(suffix)).results().map(MatchResult::group))
                    .as(suffix)
                    .isEmpty();
        }
    }

    @Test
    void aLayersStepsBeginWithItsDeclaration() {
        assertThat(source("Inference"))
                .contains(
                        "// @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, bias = false) aB\n",
                        "// @Add(from = {\"first\", \"first\"}) sum\n",
                        "// @MaxPool2d(kernelSize = 2) pool\n",
                        "// @Linear(outFeatures = 16) wide\n",
                        "// @Shared(value = \"wide\", from = \"wide\") again\n");
        assertThat(source("Training"))
                .contains("// @Linear(outFeatures = 4) last, backward\n", "// Kernel: product in register tiles. ");
    }

    @Test
    void whatADeclarationNamesIsQuoted() {
        NetworkText text = NetworkText.of("Told", """
            @Network
            @Input(name = "x", shape = {4, 4, 4})
            @Input(name = "length", shape = 1, type = InputType.INT32)
            """, """
            @MaxPool2d(kernelSize = 2, from = "x") Layer pool;
            @MaxUnpool2d(kernelSize = 2, indices = "pool") Layer back;
            @Flatten(startDim = 2) Layer rows;
            @LSTM(hiddenSize = 2, lengths = "length") Layer lstm;
            """);
        assertThat(CompiledNetworks.of(text).sources().get("tested.ToldInference"))
                .contains(
                        "// @MaxUnpool2d(kernelSize = 2, indices = \"pool\") back\n",
                        "// @LSTM(hiddenSize = 2, lengths = \"length\") lstm\n");
    }

    @Test
    void whatIsNotStoredIsNotTold() {
        assertThat(source("Inference")).doesNotContain("pool.index");
        assertThat(source("Training")).contains("pool.index (");
    }

    @Test
    void textsAreThoseOfPeople() {
        for (String suffix : List.of("Inference", "Training", "Kernels")) {
            assertThat(source(suffix)).as(suffix).doesNotContain("&#", "->");
        }
        assertThat(source("Kernels")).contains("in is conv.weight", "long".repeat(50) + ".weight");
    }

    @Test
    void numbersOfCallsHaveTheirParametersNames() {
        assertThat(source("Training")).contains("/* arenaPerSample */ ", "/* microBatch */ ", "/* momentum */ 0.1");
    }
}
