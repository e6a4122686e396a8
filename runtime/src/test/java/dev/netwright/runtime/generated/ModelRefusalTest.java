package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Wrong use gets one clear message, and the model is as before. */
class ModelRefusalTest {
    private static final int N = 8;
    private final float[] x = LineModel.samples(N);
    private final float[] y = LineModel.targets(N);
    private final Optimizer optimizer = SGD.of(0.1f).momentum(0.9f);

    private static void refuses(LineModel model, Class<?> type, String message, ThrowingCallable call) {
        Map<String, Tensor> before = model.everything();
        assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(message);
        assertThat(model.everything()).isEqualTo(before);
    }

    @Test
    void arraysThatAreTooShort() {
        LineModel model = LineModel.create();
        Class<?> type = IllegalArgumentException.class;
        String input = "Input x has 16 floats, but 9 samples of shape [2] need 18.";
        refuses(model, type, input, () -> model.trainStep(x, new float[9], 9, optimizer));
        refuses(model, type, input, () -> model.loss(x, new float[9], 9));
        refuses(model, type, input, () -> model.evaluate(x, new float[9], 9));
        refuses(model, type, input, () -> model.predict(x, 9));
        String target = "The target of MSELoss has 7 floats, but 8 samples of shape [1] need 8.";
        refuses(model, type, target, () -> model.trainStep(x, new float[7], N, optimizer));
        refuses(model, type, target, () -> model.evaluate(x, new float[7], N));
        refuses(model, type, "Output y has 7 floats", () -> model.predict(x, N, new float[7]));
        refuses(model, type, "Input x is null", () -> model.predict(null, N));
        model.trainStep(x, y, 3, optimizer);
    }

    @Test
    void arraysOfUnknownTypes() {
        LineModel model = LineModel.create();
        Class<?> type = IllegalArgumentException.class;
        Object[] xs = {x};
        Object[] ys = {y};
        String input = "Input x must be a float[], but is of type byte[].";
        refuses(model, type, input, () -> model.trainStep(new Object[] {new byte[16]}, ys, N, optimizer));
        refuses(model, type, input, () -> model.predict(new Object[] {new byte[16]}, N, new float[][] {y}));
        String target = "The target of MSELoss must be a float[], but is null.";
        refuses(model, type, target, () -> model.loss(xs, new Object[1], N));
        refuses(model, type, target, () -> model.evaluate(xs, new Object[1], N));
        String count = "LineNet has 1 input, but 2 arrays were given. Give one array for each, in declared order.";
        refuses(model, type, count, () -> model.predict(new Object[] {x, x}, N, new float[][] {y}));
        refuses(model, type, "LineNet has 1 target, but 0 arrays", () -> model.evaluate(xs, new Object[0], N));
        refuses(model, type, "LineNet has 1 output, but 2 arrays", () -> model.predict(xs, N, new float[2][N]));
        refuses(model, type, "Input x has 16 floats, but 9", () -> model.trainStep(xs, new Object[] {y}, 9, optimizer));
        assertThatThrownBy(() -> ModelDefinition.builder("Net", "1").input(DType.F64, "x", 3))
                .hasMessage("Input x is of type F64, but inputs are F32, U8 or I32.");
        assertThat(model.evaluate(xs, ys, N)).isEqualTo(model.evaluate(x, y, N));
        model.trainStep(xs, ys, N, optimizer);
    }

    @Test
    void tooFewSamples() {
        LineModel model = LineModel.create();
        Class<?> type = IllegalArgumentException.class;
        for (int n : new int[] {0, -1}) {
            String message = "The number of samples must be at least 1, but is " + n;
            refuses(model, type, message, () -> model.trainStep(x, y, n, optimizer));
            refuses(model, type, message, () -> model.loss(x, y, n));
            refuses(model, type, message, () -> model.evaluate(x, y, n));
            refuses(model, type, message, () -> model.predict(x, n));
            refuses(model, type, message, () -> model.predict(x, n, y));
        }
        refuses(model, type, "at least 2 samples at once, but 1 was", () -> model.trainStep(x, y, 1, optimizer));
        model.predict(x, 1);
    }

    @Test
    void labelsOutOfRange() {
        LineModel model = LineModel.of(LineModel.LABELS, Options.defaults());
        for (int label : new int[] {3, -1, Integer.MIN_VALUE}) {
            int[] labels = {0, 1, 2, 0, label, 0, 0, 0};
            refuses(
                    model,
                    IllegalArgumentException.class,
                    "The label " + label
                            + " at position 4 of the target of CrossEntropyLoss is not one of the 3 classes",
                    () -> model.trainStep(x, labels, N, optimizer));
        }
        refuses(
                model,
                IllegalArgumentException.class,
                "has 2 ints",
                () -> model.trainStep(x, new int[2], N, optimizer));
    }

    @Test
    void aLossThatIsNotFinite() {
        LineModel model = LineModel.create();
        model.trainStep(x, y, N, optimizer);
        Map<String, Tensor> optimizerBefore = optimizer.stateDict();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
            float[] poisoned = y.clone();
            poisoned[3] = bad;
            refuses(
                    model,
                    NonFiniteLossException.class,
                    "The loss is",
                    () -> model.trainStep(x, poisoned, N, optimizer));
            refuses(model, NonFiniteLossException.class, "Nothing was updated", () -> model.loss(x, poisoned, N));
            assertThatThrownBy(model::backward).isInstanceOf(IllegalStateException.class);
        }
        assertThat(optimizer.stateDict()).isEqualTo(optimizerBefore);
        LineModel undisturbed = LineModel.create();
        Optimizer same = SGD.of(0.1f).momentum(0.9f);
        undisturbed.trainStep(x, y, N, same);
        assertThat(model.trainStep(x, y, N, optimizer)).isEqualTo(undisturbed.trainStep(x, y, N, same));
        assertThat(model.everything()).isEqualTo(undisturbed.everything());
    }

    @Test
    void gradientsSurviveALossThatIsNotFinite() {
        LineModel model = LineModel.create();
        model.loss(x, y, N);
        model.backward();
        Map<String, Tensor> gradients = model.gradients();
        float[] poisoned = y.clone();
        poisoned[0] = Float.NaN;
        assertThatThrownBy(() -> model.trainStep(x, poisoned, N, optimizer)).isInstanceOf(NonFiniteLossException.class);
        assertThat(model.gradients()).isEqualTo(gradients);
    }

    @Test
    void allLabelsIgnored() {
        LineModel model = LineModel.of(LineModel.LABELS, Options.defaults());
        int[] labels = {-100, -100};
        refuses(
                model,
                NonFiniteLossException.class,
                "all targets of CrossEntropyLoss are ignored",
                () -> model.trainStep(x, labels, 2, optimizer));
    }

    @Test
    void anOptimiserOfAnotherModel() {
        LineModel model = LineModel.create();
        LineModel.create().trainStep(x, y, N, optimizer);
        refuses(
                model,
                IllegalStateException.class,
                "belongs to the first model",
                () -> model.trainStep(x, y, N, optimizer));
        refuses(model, NullPointerException.class, "optimizer", () -> model.trainStep(x, y, N, null));
    }

    @Test
    void aWorkerThatFails() {
        LineModel model = LineModel.create();
        model.training.duringForward = () -> {
            throw new ArrayIndexOutOfBoundsException("injected");
        };
        refuses(model, ArrayIndexOutOfBoundsException.class, "injected", () -> model.trainStep(x, y, N, optimizer));
        model.training.duringForward = () -> {};
        model.trainStep(x, y, N, optimizer);
    }

    @Test
    void trainingWithoutATrainingProgram() {
        LineModel model = LineModel.inferenceOnly();
        assertThatThrownBy(() -> model.trainStep(x, y, N, optimizer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LineNet was generated for inference only");
        assertThat(model.evaluate(x, y, N)).isPositive();
    }

    @Test
    void activationsThatAreNotThere() {
        LineModel model = LineModel.create();
        assertThatThrownBy(model.fc::output).hasMessageContaining("no pass has been made");
        model.predict(x, N);
        assertThat(model.fc.output()).isEqualTo(Tensor.of(model.predict(x, N), N, 1));
        assertThatThrownBy(model.norm::output).hasMessageContaining("Mark the field with @KeepOutput");
        model.predict(LineModel.samples(40), 40);
        assertThatThrownBy(model.fc::output)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("had 40 samples and ran in parts of 16");
        model.loss(x, y, N);
        assertThat(model.fc.output()).isEqualTo(Tensor.of(model.predict(x, N), N, 1));
        assertThatThrownBy(model::gradientOfInput).hasMessageContaining("backward()");
        model.loss(x, y, N);
        model.backward();
        assertThatThrownBy(model::gradientOfInput).hasMessageContaining("inputGradient = true");
    }
}
