package dev.netwright.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.RowGradient;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.init.Initial;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Rows of 4 x 3 numbers that steps name two at a time, against PyTorch 1.13. */
class SparseAdamTest {
    private static final int[][] NAMED = {{0, 2}, {2, 2}, {3, 0}, {2, 1}};
    private static final float[][] ROW_GRADIENTS = {{1, -2, 0.5f}, {0.25f, 3, -1}};

    private static final float[][] EXPECTED = {
        {
            -0.599684775f,
            -0.275157869f,
            -0.349371523f,
            -0.125f,
            0f,
            0.125f,
            0.151249111f,
            0.275105298f,
            0.599684775f,
            0.625f,
            0.75f,
            0.875f
        },
        {
            -0.599684775f,
            -0.275157869f,
            -0.349371523f,
            -0.125f,
            0f,
            0.125f,
            0.0641919747f,
            0.188885406f,
            0.692244053f,
            0.625f,
            0.75f,
            0.875f
        },
        {
            -0.671660542f,
            -0.301743746f,
            -0.312901258f,
            -0.125f,
            0f,
            0.125f,
            0.0641919747f,
            0.188885406f,
            0.692244053f,
            0.557745159f,
            0.817360997f,
            0.807956457f
        },
        {
            -0.671660542f,
            -0.301743746f,
            -0.312901258f,
            -0.187035561f,
            -0.062754117f,
            0.187622234f,
            -0.0222026482f,
            0.175942332f,
            0.72208631f,
            0.557745159f,
            0.817360997f,
            0.807956457f
        }
    };

    private static final Offset<Float> CLOSE = within(1e-6f);

    private static Parameters parameters() {
        Parameters parameters = new Parameters(List.of(ParameterSpec.parameter(
                        "rows.weight", new int[] {4, 3}, 12, StorageLayout.rowMajor(4, 3), Initial.constant(0))
                .read(ParameterSpec.Reading.SPARSE)));
        float[] weight = new float[12];
        for (int i = 0; i < 12; i++) {
            weight[i] = i / 8f - 0.5f;
        }
        parameters.set("rows.weight", Tensor.of(weight, 4, 3));
        return parameters;
    }

    private static SparseAdam optimizer() {
        return SparseAdam.of(0.1f).betas(0.8f, 0.9f).eps(1e-3f);
    }

    private static void step(Parameters parameters, SparseAdam optimizer, int[] named, int threads) {
        parameters.zeroGradients();
        RowGradient rows = parameters.rowGradients().get(0);
        rows.touch(named, 0, 2, -1);
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 3; k++) {
                parameters.gradientStorage()[12 + named[i] * 3 + k] += ROW_GRADIENTS[i][k];
            }
        }
        optimizer.step(parameters, Threads.of(threads));
    }

    @Test
    void followsPyTorch() {
        Parameters parameters = parameters();
        SparseAdam optimizer = optimizer();
        for (int step = 0; step < NAMED.length; step++) {
            step(parameters, optimizer, NAMED[step], 2);
            assertThat(parameters.get("rows.weight").toArray())
                    .as("step %d", step + 1)
                    .containsExactly(EXPECTED[step], CLOSE);
        }
        Map<String, Tensor> state = optimizer.stateDict();
        assertThat(state.get("rows.weight.exp_avg").toArray())
                .containsExactly(
                        new float[] {
                            0.21f, 0.28f, -0.12f, 0.05f, 0.6f, -0.2f, 0.432f, 0.144f, -0.108f, 0.2f, -0.4f, 0.1f
                        },
                        CLOSE);
        assertThat(state.get("rows.weight.exp_avg_sq").toArray())
                .containsExactly(
                        new float[] {
                            0.09625f, 1.26f, 0.1225f, 0.00625f, 0.9f, 0.1f,
                            0.2456875f, 1.219f, 0.1285f, 0.1f, 0.4f, 0.025f
                        },
                        CLOSE);
    }

    @Test
    void goesOnFromItsState() {
        Parameters whole = parameters();
        SparseAdam optimizer = optimizer();
        for (int[] named : NAMED) {
            step(whole, optimizer, named, 1);
        }
        Parameters parts = parameters();
        SparseAdam first = optimizer();
        step(parts, first, NAMED[0], 1);
        step(parts, first, NAMED[1], 1);
        SparseAdam second = optimizer();
        second.load(parts, first.stateDict());
        step(parts, second, NAMED[2], 1);
        step(parts, second, NAMED[3], 1);
        assertThat(parts.get("rows.weight").toArray())
                .isEqualTo(whole.get("rows.weight").toArray());
    }

    @Test
    void needsAnOptimiserOfWholeGradientsForTheOthers() {
        assertThatThrownBy(() -> optimizer().others(SparseAdam.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as Adam, but this is SparseAdam");
        Parameters whole = new Parameters(List.of(
                ParameterSpec.parameter("bias", new int[] {3}, 12, StorageLayout.vector(3), Initial.constant(0))));
        assertThatThrownBy(() -> optimizer().step(whole, Threads.of(1)))
                .hasMessageContaining("but that of bias is not. Give it an optimiser for the others");
    }
}
