package dev.netwright.processor.networks;

import static dev.netwright.processor.networks.Expected.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Means, sums and extremes of the steps that each sample has, against those that PyTorch has of each sample's own. */
class ReducedStepsTest {
    private static final int SAMPLES = 3;

    private static final NetworkText NET = NetworkText.of("ReducedNet", """
            @Network
            @Input(name = "x", shape = {4, 2})
            @Input(name = "length", shape = 1, type = InputType.INT32)
            """, """
            @Parameter(shape = {4, 2}) Layer shift;
            @Add(from = {"x", "shift"}) Layer steps;
            @Mean(dim = 1, lengths = "length", from = "steps") @Output Layer mean;
            @Sum(dim = {1, 2}, lengths = "length", from = "steps") @Output Layer sum;
            @Max(dim = -2, lengths = "length", from = "steps") @Output Layer max;
            @Min(dim = 1, keepdim = true, lengths = "length", from = "steps") @Output Layer min;
            """);

    private static final NetworkText LAST = NetworkText.of("LastNet", """
            @Network(inputGradient = true)
            @Input(name = "x", shape = {4, 2})
            """, """
            @LastStep @Output Layer last;
            """);

    private static final NetworkText LAST_OF_EACH = NetworkText.of("LastOfEachNet", """
            @Network
            @Input(name = "x", shape = {4, 2})
            @Input(name = "length", type = InputType.INT32)
            """, """
            @Parameter(shape = {4, 2}) Layer shift;
            @Add(from = {"x", "shift"}) Layer steps;
            @LastStep(lengths = "length") @Output Layer last;
            """);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(NET, LAST, LAST_OF_EACH);

    private static final int[] LENGTHS = {4, 1, 3};
    private static final float[] X = values(24, Math::sin);

    private static final float[] MEAN = {0.1908648f, 0.3171319f, 1.989358f, 0.9524208f, -0.06524524f, -0.04696422f};

    private static final float[] SUM = {2.031987f, 2.941779f, -0.3366284f};

    private static final float[] MAX = {1f, 1.410889f, 1.989358f, 0.9524208f, 0.7120967f, 1.120318f};

    private static final float[] MIN = {-1.410446f, -0.8488725f, 1.989358f, 0.9524208f, -1.167134f, -0.8401153f};

    private static final float[] GRADIENT = {
        -1.075823f, -0.3823675f, 0.3363308f, -1.019204f, -1.407564f, 0.5338417f, 0.7903023f, -0.3146147f
    };

    private static GeneratedModel model() {
        GeneratedModel model = BUILT.network("ReducedNet", 512).create(1, Options.defaults());
        model.model().parameters().set("shift", Tensor.of(values(8, Math::cos), 4, 2));
        return model;
    }

    private static void check(Map<String, float[]> outputs) {
        close(outputs.get("mean"), MEAN);
        close(outputs.get("sum"), SUM);
        close(outputs.get("max"), MAX);
        close(outputs.get("min"), MIN);
    }

    @Test
    void stepsBeyondASamplesLengthAreNotRead() {
        check(model().predict(List.of(X, LENGTHS), SAMPLES));
        float[] x = X.clone();
        Arrays.fill(x, 10, 16, Float.NaN);
        check(model().predict(List.of(x, LENGTHS), SAMPLES));
    }

    @Test
    void nothingFlowsBackToStepsBeyond() {
        GeneratedModel model = model();
        check(model.forward(List.of(X, LENGTHS), SAMPLES));
        model.backward(
                List.of(
                        values(6, Math::cos),
                        values(3, i -> Math.cos(i + 1)),
                        values(6, i -> Math.cos(i + 2)),
                        values(6, i -> Math.cos(i + 3))),
                SAMPLES);
        close(model.model().gradients().get("shift").toArray(), GRADIENT);
    }

    /** {@code x[torch.arange(3), lengths - 1]}. */
    @Test
    void theLastStepIsEachSamplesOwn() {
        GeneratedModel model = BUILT.network("LastOfEachNet", 512).create(1, Options.defaults());
        model.model().parameters().set("shift", Tensor.of(new float[8], 4, 2));
        float[] x = X.clone();
        Arrays.fill(x, 10, 16, Float.NaN);
        float[] last = {X[6], X[7], X[8], X[9], X[20], X[21]};
        assertThat(model.predict(List.of(x, LENGTHS), SAMPLES).get("last")).containsExactly(last);
        assertThat(model.forward(List.of(x, LENGTHS), SAMPLES).get("last")).containsExactly(last);
        model.backward(List.of(new float[] {1, 2, 3, 4, 5, 6}), SAMPLES);
        assertThat(model.model().gradients().get("shift").toArray()).containsExactly(3, 4, 0, 0, 5, 6, 1, 2);
        assertThatThrownBy(() -> model.predict(List.of(x, new int[] {5, 1, 3}), SAMPLES))
                .hasMessage("The length 5 of sample 0 for last must be from 1 to 4, the steps of a sample.");
    }

    /** {@code x[:, -1]}. */
    @Test
    void theLastStepIsTheSameWithoutLengths() {
        GeneratedModel model = BUILT.network("LastNet", 512).create(1, Options.defaults());
        assertThat(model.forward(List.of(X), SAMPLES).get("last"))
                .containsExactly(X[6], X[7], X[14], X[15], X[22], X[23]);
        model.backward(List.of(new float[] {1, 2, 3, 4, 5, 6}), SAMPLES);
        assertThat(model.inputGradients().get("x").toArray())
                .containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 5, 6);
    }

    @Test
    void aLengthOutOfRangeIsNamedWithItsSample() {
        GeneratedModel model = model();
        for (int wrong : new int[] {0, 5}) {
            assertThatThrownBy(() -> model.predict(List.of(X, new int[] {4, wrong, 3}), SAMPLES))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The length " + wrong
                            + " of sample 1 for mean must be from 1 to 4, the steps of a sample.");
        }
    }

    private static void close(float[] actual, float[] expected) {
        Expected.close(actual, expected, 2e-6f);
    }
}
