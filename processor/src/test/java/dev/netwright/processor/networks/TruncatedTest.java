package dev.netwright.processor.networks;

import static dev.netwright.processor.networks.Expected.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Truncated backpropagation, against PyTorch's numbers of chunks of each sample with {@code detach} between them. */
class TruncatedTest {
    private static final int SAMPLES = 3;

    private static final NetworkText CUT = network("CutNet", ", truncate = 2");
    private static final NetworkText UNCUT = network("UncutNet", "");
    /** As many as there are steps. */
    private static final NetworkText NEVER = network("NeverNet", ", truncate = 5");

    private static final CompiledNetworks BUILT = CompiledNetworks.of(CUT, UNCUT, NEVER);

    private static final int[] LENGTHS = {5, 1, 4};
    private static final float[] X = values(SAMPLES * 10, Math::sin);

    private static final float[] SHIFT = {
        -0.1821734f,
        0.01206278f,
        -0.311511f,
        -0.01942943f,
        -0.3395407f,
        0.07182043f,
        0.3786866f,
        -0.02516353f,
        0.02641168f,
        -0.2887885f
    };

    private static final float[] FIRST_H = {-0.05165152f, 0.1285461f, -0.4903296f, 0.08798797f};

    private static final float[] FIRST_C = {0.008986898f, 0.2219486f, 0.3725504f, 1.174117f};

    private static final float[] OF_STATE = {
        -0.001564458f,
        0.01779835f,
        0.02274014f,
        0.02247343f,
        -0.002580969f,
        -0.0005214145f,
        0.01075965f,
        -0.006300197f,
        -0.4105713f,
        0.143966f,
        -0.1194676f,
        0.1329793f,
        -0.01976406f,
        0.0182067f,
        0.00680505f,
        0.01273378f
    };

    private static final float[] OF_STATE_BACK = {
        -0.06787843f,
        -0.1059391f,
        -0.1291728f,
        -0.168486f,
        -0.05894725f,
        -0.0595246f,
        -0.1178385f,
        -0.1389285f,
        0.130644f,
        0.1589363f,
        0.8210841f,
        0.89038f,
        -0.2309431f,
        -0.2772438f,
        -0.1599373f,
        -0.2230953f
    };

    private static NetworkText network(String name, String truncate) {
        return NetworkText.of(name, """
                @Network
                @Input(name = "x", shape = {5, 2})
                @Input(name = "length", shape = 1, type = InputType.INT32)
                """, """
                @Parameter(shape = {5, 2}) Layer shift;
                @Parameter(shape = {2, 2}) Layer h;
                @Parameter(shape = {2, 2}) Layer c;
                @Add(from = {"x", "shift"}) Layer steps;
                @LSTM(hiddenSize = 2, bidirectional = true, initialState = {"h", "c"}, lengths = "length"%s)
                @Output Layer lstm;
                @Identity(from = "lstm.hn") @Output Layer lastH;
                @Identity(from = "lstm.cn") @Output Layer lastC;
                """.formatted(truncate));
    }

    private static GeneratedModel model(String network) {
        return Expected.model(BUILT, network, Set.of());
    }

    private static Map<String, float[]> forward(GeneratedModel model) {
        return model.forward(List.of(X, LENGTHS), SAMPLES);
    }

    private static Map<String, Tensor> gradients(GeneratedModel model) {
        forward(model);
        model.backward(
                List.of(values(60, i -> Math.cos(i / 3)), values(12, Math::cos), values(12, Math::sin)), SAMPLES);
        return model.model().gradients();
    }

    @Test
    void gradientsAreThoseOfDetachedChunksOfEachSample() {
        Map<String, Tensor> gradients = gradients(model("CutNet"));
        close(gradients.get("shift").toArray(), SHIFT);
        close(gradients.get("h").toArray(), FIRST_H);
        close(gradients.get("c").toArray(), FIRST_C);
        close(gradients.get("lstm.weight_hh_l0").toArray(), OF_STATE);
        close(gradients.get("lstm.weight_hh_l0_reverse").toArray(), OF_STATE_BACK);
    }

    @Test
    void theForwardIsNotChanged() {
        Map<String, float[]> cut = forward(model("CutNet"));
        Map<String, float[]> uncut = forward(model("UncutNet"));
        assertThat(cut.keySet()).isEqualTo(uncut.keySet());
        cut.forEach((output, numbers) -> assertThat(numbers).isEqualTo(uncut.get(output)));
    }

    @Test
    void noStepsAreCutAfterTheLast() {
        Map<String, Tensor> never = gradients(model("NeverNet"));
        Map<String, Tensor> uncut = gradients(model("UncutNet"));
        Map<String, Tensor> cut = gradients(model("CutNet"));
        never.forEach((key, gradient) ->
                assertThat(gradient.toArray()).isEqualTo(uncut.get(key).toArray()));
        assertThat(cut.get("shift").toArray()).isNotEqualTo(uncut.get("shift").toArray());
    }

    @Test
    void keysAndThePrintedFormAreAsWithoutIt() {
        GeneratedModel cut = model("CutNet");
        GeneratedModel uncut = model("UncutNet");
        assertThat(cut.model().stateDict().keySet())
                .isEqualTo(uncut.model().stateDict().keySet());
        assertThat(cut.model().toString().replace("CutNet", ""))
                .isEqualTo(uncut.model().toString().replace("UncutNet", ""));
    }

    private static void close(float[] actual, float[] expected) {
        Expected.close(actual, expected, 2e-6f);
    }
}
