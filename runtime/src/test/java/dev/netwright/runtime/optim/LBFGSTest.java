package dev.netwright.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.generated.Models;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LBFGSTest {
    private static final int N = 16;

    private static float lossAndGradients(LineModel net) {
        net.zeroGrad();
        float loss = net.loss(LineModel.samples(N), LineModel.targets(N), N);
        net.backward();
        return loss;
    }

    @Test
    void fitsALineInFewSteps() {
        LineModel net = LineModel.create();
        LBFGS lbfgs = LBFGS.of().lineSearchFn(LBFGS.LineSearch.STRONG_WOLFE);
        float before = lbfgs.step(net, () -> lossAndGradients(net));
        assertThat(before).isGreaterThan(0.1f);
        assertThat(lossAndGradients(net)).isLessThan(1e-10f);
        assertThat(net.fc.weight().toArray()).containsExactly(new float[] {2, -1}, within(1e-4f));
        assertThat(lbfgs.steps()).isEqualTo(1);
    }

    @Test
    void aLineSearchGoesDownWhereARosenbrockValleyBends() {
        Parameters parameters = new Models().linear("a", 1, 2).parameters();
        parameters.set("a.weight", Tensor.of(new float[] {-1.2f, 1}, 1, 2));
        ParameterSpec spec = parameters.specs().get(0);
        LBFGS lbfgs = LBFGS.of()
                .lineSearchFn(LBFGS.LineSearch.STRONG_WOLFE)
                .maxIter(100)
                .historySize(3);
        LBFGS.Closure rosenbrock = () -> {
            float[] at = parameters.get("a.weight").toArray();
            double x = at[0];
            double bend = at[1] - x * x;
            float[] gradient = {(float) (-400 * x * bend - 2 * (1 - x)), (float) (200 * bend)};
            spec.layout().pack(gradient, parameters.gradients(), spec.offset());
            return 100 * bend * bend + (1 - x) * (1 - x);
        };
        lbfgs.step(parameters, rosenbrock);
        assertThat(rosenbrock.lossAndGradients()).isLessThan(1e-6);
    }

    @Test
    void continuesFromItsStateBitForBit() {
        for (LBFGS.LineSearch search : LBFGS.LineSearch.values()) {
            LineModel net = LineModel.create();
            LBFGS original = LBFGS.of(0.1f).maxIter(2).historySize(3).lineSearchFn(search);
            for (int i = 0; i < 3; i++) {
                original.step(net, () -> lossAndGradients(net));
            }
            LineModel copy = LineModel.create();
            copy.loadStateDict(net.stateDict());
            LBFGS resumed = LBFGS.of(0.3f).maxIter(2).historySize(3).lineSearchFn(search);
            resumed.bind(copy);
            resumed.prepareLoad(original.stateDict()).run();
            assertThat(resumed.stateDict()).isEqualTo(original.stateDict());
            original.step(net, () -> lossAndGradients(net));
            resumed.step(copy, () -> lossAndGradients(copy));
            assertThat(copy.parameters().values())
                    .containsExactly(net.parameters().values());
        }
    }

    @Test
    void refusesToStepWithoutAClosureBeforeAnythingChanges() {
        LineModel net = LineModel.create();
        Map<String, Tensor> before = net.everything();
        assertThatThrownBy(() -> LBFGS.of().step(net))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("lbfgs.step(net, () -> {");
        assertThatThrownBy(() -> net.trainStep(LineModel.samples(N), LineModel.targets(N), N, LBFGS.of()))
                .hasMessageContaining("in trainStep");
        assertThat(net.everything()).isEqualTo(before);
    }

    @Test
    void aClosureThatFailsLeavesTheParametersAsTheyWere() {
        LineModel net = LineModel.create();
        LBFGS lbfgs = LBFGS.of(0.1f);
        int[] calls = new int[1];
        Tensor before = net.fc.weight();
        assertThatThrownBy(() -> lbfgs.step(net, () -> {
                    if (++calls[0] == 3) {
                        throw new NonFiniteLossException(Float.NaN, "", null, "");
                    }
                    return lossAndGradients(net);
                }))
                .isInstanceOf(NonFiniteLossException.class);
        assertThat(net.fc.weight()).isEqualTo(before);
        assertThat(lbfgs.steps()).isZero();
        lbfgs.step(net, () -> lossAndGradients(net));
        assertThat(net.fc.weight()).isNotEqualTo(before);
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThatThrownBy(() -> LBFGS.of().maxIter(0)).hasMessage("maxIter must be at least 1, but is 0.");
        assertThatThrownBy(() -> LBFGS.of().historySize(1001)).hasMessageContaining("from 1 to 1000");
        assertThatThrownBy(() -> LBFGS.of().toleranceGrad(-1)).hasMessageContaining("but is -1.0");
    }
}
