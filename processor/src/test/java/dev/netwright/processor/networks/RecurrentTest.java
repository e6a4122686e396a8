package dev.netwright.processor.networks;

import static dev.netwright.processor.networks.Expected.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Samples of several lengths against numbers of PyTorch's packed sequences, and what is refused. */
class RecurrentTest {
    private static final NetworkText PACKED = NetworkText.of("PackedNet", """
            @Network
            @Input(name = "x", shape = {4, 2})
            @Input(name = "length", shape = 1, type = InputType.INT32)
            """, """
            @Parameter(shape = {4, 2}) Layer shift;
            @Add(from = {"x", "shift"}) Layer steps;
            @LSTM(hiddenSize = 2, bidirectional = true, lengths = "length") @Output Layer lstm;
            @Identity(from = "lstm.hn") @Output Layer h;
            @Identity(from = "lstm.cn") @Output Layer c;
            """);

    private static final NetworkText LONG = NetworkText.of("LongNet", "@Network(input = {1000, 64})", """
            @LSTM(hiddenSize = 64) Layer lstm;
            """);

    private static final NetworkText SHORT = NetworkText.of("ShortNet", "@Network(input = {100, 64})", """
            @LSTM(hiddenSize = 64) Layer lstm;
            """);

    private static final String INPUTS = """
            @Network
            @Input(name = "x", shape = {4, 2})
            @Input(name = "length", shape = 1, type = InputType.INT32)
            """;

    private static final NetworkText ROW = NetworkText.of("RowNet", INPUTS, """
            @GRU(hiddenSize = 2, from = "x", lengths = "length") @Repeat(2) Layer gru;
            """);

    private static final NetworkText WRITTEN = NetworkText.of("WrittenNet", INPUTS, """
            @GRU(hiddenSize = 2, from = "x", lengths = "length") Layer first;
            @GRU(hiddenSize = 2, lengths = "length") Layer gru;
            """);

    /** Nothing but what is read two blocks deep says that the lengths are one number. */
    private static final NetworkText BLOCKS = new NetworkText("tested.BlocksNet", """
            package tested;
            import dev.netwright.annotations.*;

            @Network
            @Input(name = "x", shape = {4, 2})
            @Input(name = "length", type = InputType.INT32)
            class BlocksNet {
                @Both(from = {"x", "length"}) Layer both;
            }

            @Block
            @interface Both {
                String[] from();

                @Input(name = "rows")
                @Input(name = "of")
                class Layers {
                    @One(from = {"rows", "of"}) Layer first;
                    @One(from = {"first", "of"}) Layer second;
                }
            }

            @Block
            @interface One {
                String[] from();

                @Input(name = "steps")
                @Input(name = "count")
                class Layers {
                    @GRU(hiddenSize = 2, from = "steps", lengths = "count") Layer gru;
                }
            }
            """);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(PACKED, LONG, SHORT, ROW, WRITTEN, BLOCKS);

    private static final int[] LENGTHS = {4, 1, 3};

    private static final float[] Y = {
        0.019872f,
        0.05415531f,
        -0.1085514f,
        -0.4511525f,
        0.1405831f,
        0.07329965f,
        -0.1338423f,
        -0.2931074f,
        0.1183914f,
        0.2177947f,
        -0.417298f,
        -0.1270294f,
        0.1546491f,
        0.1538708f,
        -0.1647821f,
        -0.2481377f,
        0.08138489f,
        0.02532013f,
        -0.0110642f,
        -0.2363643f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0f,
        0.1243429f,
        0.1567328f,
        -0.3757071f,
        -0.1761674f,
        0.148213f,
        0.1661835f,
        -0.2636468f,
        -0.3141513f,
        0.1170272f,
        0.1229741f,
        0.02791975f,
        -0.3240259f,
        0f,
        0f,
        0f,
        0f
    };

    private static final float[] H = {
        0.1546491f,
        0.1538708f,
        -0.1085514f,
        -0.4511525f,
        0.08138489f,
        0.02532013f,
        -0.0110642f,
        -0.2363643f,
        0.1170272f,
        0.1229741f,
        -0.3757071f,
        -0.1761674f
    };

    private static final float[] C = {
        0.2756237f,
        0.4397057f,
        -0.2064034f,
        -0.6624042f,
        0.1161416f,
        0.06519158f,
        -0.02501492f,
        -0.3189299f,
        0.1664736f,
        0.3451459f,
        -0.7172589f,
        -0.3122152f
    };

    private static final float[] DX = {
        0.2305892f, -0.0215129f, 0.08173843f, 0.09528112f, -0.2492241f, -0.1523567f, -0.09826342f, -0.02878648f
    };

    private static final float[] DW = {
        0.01435225f,
        0.02201522f,
        0.0324862f,
        0.04907333f,
        0.02237106f,
        0.02829994f,
        0.02218054f,
        0.03437199f,
        0.1765118f,
        0.2142687f,
        0.0460679f,
        0.06812129f,
        0.007024166f,
        0.01697339f,
        -0.001146672f,
        0.01096292f
    };

    private static final float[] DB = {
        0.1742791f, 0.009232884f, -0.01642958f, 0.1942597f, 0.8655305f, -0.2385908f, 0.1512352f, -0.04406557f
    };

    private static GeneratedModel model() {
        return Expected.model(BUILT, "PackedNet", Set.of("shift"));
    }

    private static final float[] X = values(24, Math::sin);

    @Test
    void stepsBeyondASamplesLengthAreZeroAndLeaveTheState() {
        GeneratedModel model = model();
        Map<String, float[]> predicted = model.predict(List.of(X, LENGTHS), 3);
        close(predicted.get("lstm"), Y);
        close(predicted.get("h"), H);
        close(predicted.get("c"), C);
    }

    @Test
    void nothingFlowsBackFromStepsBeyond() {
        GeneratedModel model = model();
        Map<String, float[]> outputs = model.forward(List.of(X, LENGTHS), 3);
        close(outputs.get("lstm"), Y);
        model.backward(List.of(values(48, i -> Math.cos(i / 3)), values(12, Math::cos), values(12, Math::sin)), 3);
        Map<String, Tensor> gradients = model.model().gradients();
        close(gradients.get("shift").toArray(), DX);
        close(gradients.get("lstm.weight_hh_l0").toArray(), DW);
        close(gradients.get("lstm.bias_ih_l0_reverse").toArray(), DB);
    }

    @Test
    void aLengthOutOfRangeIsNamedWithItsSample() {
        GeneratedModel model = model();
        for (int wrong : new int[] {0, 5, -1}) {
            assertThatThrownBy(() -> model.predict(List.of(X, new int[] {4, wrong, 3}), 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The length " + wrong
                            + " of sample 1 for lstm must be from 1 to 4, the steps of a sample.");
            assertThatThrownBy(() -> model.forward(List.of(X, new int[] {4, wrong, 3}), 3))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void eachOfARowReadsTheLengths() {
        float[] row = predicted("RowNet");
        float[] written = predicted("WrittenNet");
        assertThat(row).isEqualTo(written);
        // the second sample ends after one step
        assertThat(Arrays.copyOfRange(row, 10, 16)).containsOnly(0);
    }

    @Test
    void lengthsThatALayerInABlockReadsNeedNoShape() {
        assertThat(predicted("BlocksNet")).isEqualTo(predicted("WrittenNet"));
    }

    private static float[] predicted(String network) {
        GeneratedModel model = BUILT.network(network, 512).create(1, Options.defaults());
        return model.predict(List.of(X, LENGTHS), 3).values().iterator().next();
    }

    /** The loop is written once, whatever the number of steps; few steps have shorter sums besides. */
    @Test
    void codeIsAsLongForAnyNumberOfSteps() {
        double few = bytes("ShortNet");
        assertThat(bytes("LongNet")).isCloseTo(few, within(few / 100));
    }

    private static double bytes(String network) {
        return BUILT.classes().entrySet().stream()
                .filter(each -> each.getKey().contains(network))
                .mapToInt(each -> each.getValue().length)
                .sum();
    }

    private static void close(float[] actual, float[] expected) {
        Expected.close(actual, expected, 2e-6f);
    }
}
