package dev.netwright.processor.networks;

import static dev.netwright.processor.networks.Expected.values;
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

    private static final CompiledNetworks BUILT = CompiledNetworks.of(NET);

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
