package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.generated.Models;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GradientsTest {
    private static Trainable model(int threads) {
        Parameters parameters = Models.cifar();
        Random random = new Random(3);
        for (int i = 12; i < parameters.gradients().length; i++) {
            parameters.gradients()[i] = (float) random.nextGaussian();
        }
        return new Models.Bare(parameters, Threads.of(threads));
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Test
    void normIsTheSameForAnyNumberOfThreads() {
        float norm = Gradients.norm(model(1));
        assertThat((double) norm).isCloseTo(norm(model(1).parameters().gradients()), within(1e-4));
        assertThat(Gradients.norm(model(3))).isEqualTo(norm);
    }

    @Test
    void clipNormScalesToTheBoundAndReturnsTheNormBefore() {
        Trainable model = model(2);
        float before = Gradients.norm(model);
        float first = model.parameters().gradients()[12];
        assertThat(Gradients.clipNorm(model, 2)).isEqualTo(before);
        assertThat(Gradients.norm(model)).isEqualTo(2, within(1e-5f));
        assertThat(model.parameters().gradients()[12]).isEqualTo(first * (2 / (before + 1e-6f)));
    }

    @Test
    void otherNormsSumMagnitudesOrTakeTheLargest() {
        double sum = 0;
        float largest = 0;
        for (float gradient : model(1).parameters().gradients()) {
            sum += Math.abs(gradient);
            largest = Math.max(largest, Math.abs(gradient));
        }
        assertThat(Gradients.norm(model(3), 1))
                .isEqualTo(Gradients.norm(model(1), 1))
                .isEqualTo((float) sum);
        assertThat(Gradients.norm(model(2), Float.POSITIVE_INFINITY)).isEqualTo(largest);
        Trainable model = model(2);
        assertThat(Gradients.clipNorm(model, 0.5f, Float.POSITIVE_INFINITY)).isEqualTo(largest);
        assertThat(Gradients.norm(model, Float.POSITIVE_INFINITY)).isEqualTo(0.5f, within(1e-6f));
        Gradients.clipNorm(model, 3, 1);
        assertThat(Gradients.norm(model, 1)).isEqualTo(3, within(1e-5f));
        assertThatThrownBy(() -> Gradients.clipNorm(model, 1, 3))
                .hasMessage("The type of a norm is 1, 2 or Float.POSITIVE_INFINITY, but is 3.0.");
    }

    @Test
    void clipNormLeavesSmallGradientsAlone() {
        Trainable model = model(1);
        float[] before = model.parameters().gradients().clone();
        Gradients.clipNorm(model, 1e9f);
        assertThat(model.parameters().gradients()).containsExactly(before);
    }

    @Test
    void clipNormRefusesNaNAndNamesItsParameter() {
        Trainable model = model(1);
        ParameterSpec spec = model.parameters().specs().get(3);
        model.parameters().gradients()[spec.offset()] = Float.NaN;
        float[] before = model.parameters().gradients().clone();
        assertThatThrownBy(() -> Gradients.clipNorm(model, 1))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("The norm of the gradients is NaN, so they cannot be clipped: the gradient of 2.bias"
                        + " contains NaN.");
        assertThat(model.parameters().gradients()).containsExactly(before);
        assertThatThrownBy(() -> Gradients.clipNorm(model, -1)).hasMessageContaining("but is -1.0");
    }

    @Test
    void clipValueLimitsBothSidesAndKeepsNaN() {
        Trainable model = new Models.Bare(new Models().linear("a", 1, 4).parameters(), Threads.of(1));
        ParameterSpec spec = model.parameters().specs().get(0);
        spec.layout()
                .pack(new float[] {-3, 0.5f, 9, Float.NaN}, model.parameters().gradients(), spec.offset());
        Gradients.clipValue(model, 1);
        assertThat(model.parameters().gradient("a.weight").toArray()).containsExactly(-1, 0.5f, 1, Float.NaN);
    }
}
