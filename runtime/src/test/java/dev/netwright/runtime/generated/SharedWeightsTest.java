package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.Options;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.WeightSet;
import dev.netwright.runtime.init.Initial;
import dev.netwright.runtime.optim.AveragedModel;
import dev.netwright.runtime.optim.SGD;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Models that share weights count as one for what may run at the same time. */
class SharedWeightsTest {
    private static final int N = 8;

    private final float[] x = LineModel.samples(N);
    private final float[] y = LineModel.targets(N);
    private final LineModel a = one();
    private final LineModel b = one();

    private static LineModel one() {
        return LineModel.of(LineModel.MSE, Options.defaults().threads(1));
    }

    private static Tensor scalar(float value) {
        return Tensor.of(new float[] {value}, 1);
    }

    @Test
    void changesOfOneShowInTheOther() {
        b.parameters().set("fc.bias", scalar(7));
        b.shareWeights(a);
        assertThat(b.stateDict()).isEqualTo(a.stateDict());
        a.parameters().set("fc.bias", scalar(3));
        assertThat(b.parameters().get("fc.bias")).isEqualTo(scalar(3));
        b.parameters().set("fc.bias", scalar(4));
        assertThat(a.parameters().get("fc.bias")).isEqualTo(scalar(4));
        assertThat(a.predict(x, N)).isEqualTo(b.predict(x, N));
        b.loadStateDict(Map.of("fc.bias", scalar(5)), false);
        assertThat(a.parameters().get("fc.bias")).isEqualTo(scalar(5));
        b.initialize(8);
        LineModel fresh = one();
        fresh.initialize(8);
        assertThat(a.stateDict()).isEqualTo(fresh.stateDict());
        a.trainStep(x, y, N, SGD.of(0.1f));
        assertThat(b.stateDict()).isEqualTo(a.stateDict()).isNotEqualTo(fresh.stateDict());
        assertThat(b.predict(x, N)).isEqualTo(a.predict(x, N));
        AveragedModel average = AveragedModel.of(b);
        b.trainStep(x, y, N, SGD.of(0.1f));
        float[] trained = a.predict(x, N);
        average.swap();
        assertThat(a.predict(x, N)).isEqualTo(b.predict(x, N)).isNotEqualTo(trained);
    }

    @Test
    void gradientsStayEachModelsOwn() {
        b.shareWeights(a);
        a.loss(x, y, N);
        a.backward();
        assertThat(b.parameters().gradient("fc.bias")).isEqualTo(scalar(0));
        assertThat(a.parameters().gradient("fc.bias")).isNotEqualTo(scalar(0));
        b.zeroGrad();
        assertThat(a.parameters().gradient("fc.bias")).isNotEqualTo(scalar(0));
    }

    @Test
    void whatIsDerivedIsComputedOnceForBoth() {
        b.shareWeights(a);
        a.predict(x, N);
        b.predict(x, N);
        assertThat(a.inference.prepared + b.inference.prepared).isEqualTo(1);
        b.parameters().set("fc.weight", Tensor.of(new float[] {5, 6}, 1, 2));
        assertThat(a.predict(x, N)).isEqualTo(b.predict(x, N));
        assertThat(a.inference.prepared + b.inference.prepared).isEqualTo(2);
    }

    @Test
    void versionsNeverGoBack() {
        for (int i = 0; i < 5; i++) {
            b.parameters().markChanged();
        }
        long before = b.parameters().version();
        b.shareWeights(a);
        long shared = b.parameters().version();
        assertThat(shared).isGreaterThan(before);
        a.parameters().markChanged();
        assertThat(b.parameters().version()).isGreaterThan(shared);
        assertThat(a.parameters().version()).isLessThan(before);
        b.shareWeights(a);
        b.shareWeights(b);
        assertThat(b.parameters().weights()).isSameAs(a.parameters().weights());
    }

    @Test
    void whileOneTrainsTheOtherNeitherTrainsNorPredictsNorLoads() throws InterruptedException {
        b.shareWeights(a);
        LineModel.Predictor other = b.newPredictor();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        a.training.duringForward = () -> inAnotherThread(seen, () -> {
            assertThatThrownBy(() -> b.predict(x, N)).hasMessageContaining("the prediction was refused");
            assertThatThrownBy(() -> b.trainStep(x, y, N, SGD.of(0.1f))).hasMessageContaining("being trained by");
            assertThatThrownBy(() -> SGD.of(0.1f).step(b)).hasMessageContaining("being trained by");
            assertThatThrownBy(() -> b.initialize(1)).hasMessageContaining("new weights were refused");
            assertThatThrownBy(() -> b.shareWeights(one())).hasMessageContaining("new weights were refused");
            other.predict(x, N);
        });
        a.trainStep(x, y, N, SGD.of(0.1f));
        assertThat(seen.get()).isNull();
        a.training.duringForward = () -> {};
        b.trainStep(x, y, N, SGD.of(0.1f));
    }

    @Test
    void whileOnePredictsTheOtherPredictsButDoesNotTrain() {
        b.shareWeights(a);
        AtomicReference<Throwable> seen = new AtomicReference<>();
        a.inference.duringForward = () -> inAnotherThread(seen, () -> {
            b.predict(x, N);
            // a's own prediction still runs
            assertThatThrownBy(() -> b.trainStep(x, y, N, SGD.of(0.1f)))
                    .hasMessageContaining("or of one that shares its weights, is running");
            assertThatThrownBy(() -> b.shareWeights(one())).hasMessageContaining("Share weights before predicting");
        });
        a.predict(x, N);
        assertThat(seen.get()).isNull();
        a.inference.duringForward = () -> {};
        b.trainStep(x, y, N, SGD.of(0.1f));
    }

    private static void inAnotherThread(AtomicReference<Throwable> failure, Runnable work) {
        Thread thread = new Thread(work);
        thread.setUncaughtExceptionHandler((any, thrown) -> failure.set(thrown));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClaimThatAFailedPreparationLeftEndsWithTheWeights() throws InterruptedException {
        LineModel third = one();
        third.shareWeights(b);
        assertThatThrownBy(() -> b.trainStep(new Object[] {x}, new Object[] {}, N, SGD.of(0.1f)))
                .isInstanceOf(IllegalArgumentException.class);
        b.training();
        b.shareWeights(a);
        AtomicReference<Throwable> seen = new AtomicReference<>();
        inAnotherThread(seen, () -> third.trainStep(x, y, N, SGD.of(0.1f)));
        assertThat(seen.get()).isNull();
    }

    private static Parameters of(ParameterSpec... specs) {
        return new Parameters(List.of(specs));
    }

    private static ParameterSpec vector(String key, int offset) {
        return ParameterSpec.parameter(key, new int[] {20}, offset, StorageLayout.vector(20), Initial.constant(1));
    }

    private static ParameterSpec matrix(int block) {
        StorageLayout layout = StorageLayout.blocked(32, block, new int[] {3}, new int[] {1});
        return ParameterSpec.parameter("w", new int[] {32, 3}, 0, layout, Initial.constant(1));
    }

    @Test
    void refusesOtherEntriesAndSaysWhich() {
        refused(of(vector("w", 0)), of(vector("v", 0)), "this model has w where the other has v.");
        refused(
                of(vector("w", 0)),
                of(ParameterSpec.buffer("w", new int[] {20}, 0, StorageLayout.vector(20), 1)),
                "w is a parameter of this model, but a buffer of the other.");
        refused(of(vector("w", 0)), of(vector("w", 32)), "w is stored at 0 in this model, but at 32 in the other.");
        refused(
                of(matrix(16)),
                of(matrix(32)),
                "the elements of w are stored in another order than the other model's.");
        Parameters frozen = of(vector("w", 0).frozen(), vector("v", 32).gradientAt(0));
        Parameters trained = of(vector("w", 0), vector("v", 32));
        WeightSet weights = trained.weights();
        frozen.shareWeights(trained);
        assertThat(frozen.weights()).isSameAs(weights);
        assertThat(frozen.gradients()).hasSize(32);
        assertThat(trained.gradients()).hasSize(64);
    }

    private static void refused(Parameters here, Parameters there, String why) {
        assertThatThrownBy(() -> here.shareWeights(there))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The weights cannot be shared: " + why);
    }
}
