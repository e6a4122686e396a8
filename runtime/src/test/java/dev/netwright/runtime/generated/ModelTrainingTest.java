package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.Mode;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ModelTrainingTest {
    private static final int N = 37;
    private final float[] x = LineModel.samples(N);
    private final float[] y = LineModel.targets(N);

    @Test
    void aTrainingStepIsLossBackwardAndStepBitForBit() {
        LineModel whole = LineModel.create();
        LineModel byHand = LineModel.create();
        Optimizer wholeOptimizer = SGD.of(0.1f).momentum(0.9f);
        Optimizer byHandOptimizer = SGD.of(0.1f).momentum(0.9f);
        for (int n : new int[] {N, 5, N, 20}) {
            float loss = whole.trainStep(x, y, n, wholeOptimizer);
            assertThat(byHand.loss(x, y, n)).isEqualTo(loss);
            byHand.backward();
            byHandOptimizer.step(byHand);
            byHand.zeroGrad();
            assertThat(byHand.everything()).isEqualTo(whole.everything());
        }
    }

    @Test
    void trainingLearnsTheLine() {
        LineModel model = LineModel.create();
        Optimizer optimizer = SGD.of(0.3f);
        float first = model.trainStep(x, y, N, optimizer);
        float last = 0;
        for (int step = 0; step < 200; step++) {
            last = model.trainStep(x, y, N, optimizer);
        }
        assertThat(last).isLessThan(1e-6f * first);
        assertThat(model.fc.weight().toArray()).containsExactly(new float[] {2, -1}, Offset.offset(1e-3f));
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        LineModel one = LineModel.of(LineModel.MSE, Options.defaults().threads(1));
        LineModel four =
                LineModel.of(LineModel.MSE, Options.defaults().threads(4).predictionThreads(3));
        for (int step = 0; step < 3; step++) {
            assertThat(four.trainStep(x, y, N, SGD.of(0.1f))).isEqualTo(one.trainStep(x, y, N, SGD.of(0.1f)));
        }
        assertThat(four.everything()).isEqualTo(one.everything());
        assertThat(four.predict(x, N)).isEqualTo(one.predict(x, N));
        assertThat(four.evaluate(x, y, N)).isEqualTo(one.evaluate(x, y, N));
    }

    @Test
    void backwardAccumulatesUntilZeroGrad() {
        LineModel model = LineModel.create();
        model.loss(x, y, N);
        model.backward();
        float[] once = model.gradients().get("fc.weight").toArray();
        model.loss(x, y, N);
        model.backward();
        assertThat(model.gradients().get("fc.weight").toArray())
                .containsExactly(new float[] {2 * once[0], 2 * once[1]}, Offset.offset(1e-5f));
        model.zeroGrad();
        assertThat(model.gradients().get("fc.weight").toArray()).containsOnly(0f);
    }

    @Test
    void gradientsAreTheLossesDerivatives() {
        LineModel model = LineModel.create();
        model.loss(x, y, N);
        model.backward();
        float[] gradient = model.gradients().get("fc.weight").toArray();
        float[] weight = model.fc.weight().toArray();
        float h = 1e-2f;
        for (int i = 0; i < 2; i++) {
            float[] moved = weight.clone();
            moved[i] = weight[i] + h;
            model.fc.weight(Tensor.of(moved, 1, 2));
            double up = model.evaluate(x, y, N);
            moved[i] = weight[i] - h;
            model.fc.weight(Tensor.of(moved, 1, 2));
            double down = model.evaluate(x, y, N);
            // The loss is quadratic: the central difference is exact but for rounding.
            assertThat((up - down) / (2 * h)).isCloseTo(gradient[i], Offset.offset(1e-4));
            model.fc.weight(Tensor.of(weight, 1, 2));
        }
    }

    @Test
    void gradientsAreNotShownAfterATrainingStepAndTheNextBackwardStartsFromZero() {
        LineModel model = LineModel.create();
        LineModel fresh = LineModel.create();
        model.trainStep(x, y, N, SGD.of(0f));
        assertThatThrownBy(model::gradients)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("After trainStep the gradients are not specified");
        model.loss(x, y, N);
        model.backward();
        fresh.loss(x, y, N);
        fresh.backward();
        assertThat(model.gradients()).isEqualTo(fresh.gradients());
    }

    @Test
    void backwardNeedsALossThatWasNotUsed() {
        LineModel model = LineModel.create();
        assertThatThrownBy(model::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loss(...)");
        model.loss(x, y, N);
        model.backward();
        assertThatThrownBy(model::backward).isInstanceOf(IllegalStateException.class);
        model.loss(x, y, N);
        model.trainStep(x, y, N, SGD.of(0.1f));
        assertThatThrownBy(model::backward).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void evaluationChangesNothing() {
        LineModel model = LineModel.create();
        model.loss(x, y, N);
        model.backward();
        var before = model.everything();
        var gradients = model.gradients();
        model.loss(x, y, N);
        var afterLoss = model.everything();
        assertThat(afterLoss).isNotEqualTo(before);
        float loss = model.evaluate(x, y, N);
        assertThat(model.everything()).isEqualTo(afterLoss);
        assertThat(model.gradients()).isEqualTo(gradients);
        assertThat(loss).isCloseTo(model.loss(x, y, N), Offset.offset(1e-6f));
        model.evaluate(x, y, N);
        model.backward();
    }

    @Test
    void lossesApartAreWeightedAndTakeTheirGradient() {
        LineModel apart = LineModel.of(LineModel.APART, Options.defaults());
        LineModel mean = LineModel.create();
        float[] losses = apart.losses(x, y, N);
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        assertThat((float) (sum / (2 * N))).isCloseTo(mean.loss(x, y, N), Offset.offset(1e-6f));
        assertThat(apart.evaluateApart(x, y, N)).isEqualTo(losses);
        float[] gradient = new float[N];
        Arrays.fill(gradient, 0.5f / N);
        apart.backwardOfLosses(gradient);
        mean.backward();
        assertThat(apart.gradients().get("fc.weight").toArray())
                .containsExactly(mean.gradients().get("fc.weight").toArray(), Offset.offset(1e-6f));
        assertThatThrownBy(() -> apart.loss(x, y, N))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("losses(...)");
    }

    @Test
    void aNetworkWithoutALossTakesTheGradientOfItsOutput() {
        LineModel model = LineModel.withoutLoss();
        float[] output = model.forward(x, N);
        assertThat(output).isEqualTo(model.predict(x, N));
        float[] gradient = new float[N];
        gradient[3] = 1;
        assertThatThrownBy(() -> model.backward(gradient, N - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("36 samples, but forward had 37");
        model.backward(gradient, N);
        assertThat(model.gradients().get("fc.weight").toArray()).containsExactly(x[6], x[7]);
        assertThatThrownBy(() -> model.trainStep(x, y, N, SGD.of(1f)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("declares no loss");
    }

    @Test
    void theModeConcernsForwardOnly() {
        LineModel model = LineModel.withoutLoss();
        assertThat(model.mode()).isEqualTo(Mode.TRAINING);
        model.mode(Mode.EVALUATION);
        var before = model.everything();
        model.forward(x, N);
        assertThat(model.everything()).isEqualTo(before);
        assertThatThrownBy(() -> model.backward(new float[N], N)).isInstanceOf(IllegalStateException.class);
        model.mode(Mode.TRAINING);
        model.forward(x, N);
        assertThat(model.everything()).isNotEqualTo(before);
    }

    @Test
    void randomMasksContinueFromTheGeneratorsState() {
        LineModel model = LineModel.create();
        model.loss(x, y, N);
        model.loss(x, y, N);
        Tensor state = model.generatorState();
        model.loss(x, y, N);
        long key = model.training.keySeen;
        LineModel other = LineModel.create();
        other.loss(x, y, N);
        assertThat(other.training.keySeen).isNotEqualTo(key);
        other.generatorState(state);
        other.loss(x, y, N);
        assertThat(other.training.keySeen).isEqualTo(key);
        assertThatThrownBy(() -> other.generatorState(Tensor.of(new float[2], 2)))
                .hasMessageContaining("I64[2]");
    }

    @Test
    void ignoredLabelsDoNotCount() {
        LineModel model = LineModel.of(LineModel.LABELS, Options.defaults());
        float all = model.trainStep(new float[8], new int[] {1, 1, 1, 1}, 4, SGD.of(0f));
        float some = model.trainStep(new float[8], new int[] {1, -100, 1, -100}, 4, SGD.of(0f));
        assertThat(some).isEqualTo(all);
    }
}
