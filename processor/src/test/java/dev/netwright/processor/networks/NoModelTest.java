package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever forgets the input learns why there is no model; whoever means it hears nothing. */
class NoModelTest {
    private static List<String> notes(String declaration, String... options) {
        NetworkText text = new NetworkText(
                "tested.Net",
                "package tested; import dev.netwright.annotations.*;\n" + declaration
                        + " class Net { @Linear(outFeatures = 2) Layer fc; }");
        return CompiledNetworks.with(List.of(options), text).notes().stream()
                .filter(note -> note.contains("[netwright/no-model]"))
                .toList();
    }

    @Test
    void aLossWithoutAnInputIsNoted() {
        assertThat(notes("@Network @MSELoss"))
                .singleElement()
                .asString()
                .endsWith(
                        "Net has a loss, but no input, so that no NetModel is generated: others can extend it. Write the"
                                + " shape of one sample, without the batch, such as @Network(input = {3, 32, 32}); or abstract"
                                + " before the class, if it is meant so.");
    }

    @Test
    void anInputWithoutAShapeIsNamed() {
        assertThat(notes("@Network @MSELoss @Input(name = \"x\")"))
                .singleElement()
                .asString()
                .endsWith("Net has a loss, but no shape of the input x, so that no NetModel is generated: others can"
                        + " extend it. Write the shape of one sample, without the batch, such as @Input(name = \"x\","
                        + " shape = {3, 32, 32}); or abstract before the class, if it is meant so.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Network(input = 3) @MSELoss",
                "@Network",
                "@Network @MSELoss abstract",
                "@Network @MSELoss @SuppressWarnings(\"netwright/no-model\")",
            })
    void nothingIsNotedOfWhatIsMeantSo(String declaration) {
        assertThat(notes(declaration)).isEmpty();
    }

    @Test
    void itIsSilencedWithTheLints() {
        assertThat(notes("@Network @MSELoss", "-Anetwright.lints=off")).isEmpty();
    }
}
