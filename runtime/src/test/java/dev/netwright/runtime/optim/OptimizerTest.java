package dev.netwright.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.files.torch.PickledTuple;
import dev.netwright.runtime.generated.Models;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private static final Threads ONE = Threads.of(1);
    static final List<Supplier<Optimizer>> ALL = List.of(
            () -> SGD.of(0.1f),
            () -> SGD.of(0.1f).momentum(0.9f).dampening(0.1f).weightDecay(0.01f),
            () -> SGD.of(0.1f).momentum(0.9f).nesterov(true).maximize(true),
            () -> Adam.of(0.01f).betas(0.8f, 0.99f).eps(0),
            () -> Adam.of(0.01f).amsgrad(true).weightDecay(0.1f).maximize(true),
            () -> AdamW.of(0.01f),
            () -> Adafactor.of(0.1f).weightDecay(0.1f).d(1.5f).beta2Decay(-0.5f),
            () -> Muon.of(0.1f).others(RMSprop.of(0.1f).momentum(0.5f).group("second.bias", g -> g.momentum(0))),
            () -> Muon.of(0.1f)
                    .nesterov(false)
                    .adjustLr(Muon.AdjustLr.MATCH_RMS_ADAMW)
                    .others(Adafactor.of(), "second.*"),
            () -> Adadelta.of().rho(0.8f).eps(0).weightDecay(0.1f),
            () -> Adagrad.of(0.1f).lrDecay(0.1f).initialAccumulatorValue(0.2f).eps(0),
            () -> Adamax.of(0.1f).betas(0.8f, 0.9f).eps(0),
            () -> ASGD.of(0.1f).t0(1).lambd(0.1f).alpha(0.5f),
            () -> NAdam.of(0.1f)
                    .momentumDecay(0.01f)
                    .decoupledWeightDecay(true)
                    .weightDecay(0.1f)
                    .eps(0),
            () -> RAdam.of(0.1f).betas(0.5f, 0.6f).decoupledWeightDecay(true).weightDecay(0.1f),
            () -> RMSprop.of(0.1f).alpha(0.9f).eps(0),
            () -> RMSprop.of(0.1f).momentum(0.5f).centered(true).eps(0),
            () -> RMSprop.of(0.1f)
                    .momentum(0.5f)
                    .group("*.bias", g -> g.centered(true).momentum(0)),
            () -> Rprop.of(0.1f).etas(0.4f, 1.3f).stepSizes(1e-3f, 0.12f).group("*.bias", g -> g.learningRate(0.2f)));

    static void fillGradients(Parameters parameters, Random random) {
        for (ParameterSpec spec : parameters.specs()) {
            if (spec.trained()) {
                float[] gradient = new float[spec.layout().elements()];
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = (float) random.nextGaussian();
                }
                spec.layout().pack(gradient, parameters.gradients(), spec.offset());
            }
        }
    }

    static Parameters trained(Optimizer optimizer, Threads threads, int steps) {
        Parameters parameters = Models.small();
        Random random = new Random(5);
        for (int step = 0; step < steps; step++) {
            fillGradients(parameters, random);
            optimizer.step(parameters, threads);
        }
        return parameters;
    }

    @Test
    void theNumberOfThreadsDoesNotChangeOneBit() {
        for (Supplier<Optimizer> optimizer : ALL) {
            float[] expected = trained(optimizer.get(), ONE, 4).values();
            assertThat(trained(optimizer.get(), Threads.of(3), 4).values()).containsExactly(expected);
        }
    }

    @Test
    void paddingStaysZeroEvenWithoutEps() {
        for (Supplier<Optimizer> optimizer : ALL) {
            Parameters parameters = trained(optimizer.get(), ONE, 3);
            Parameters packed = Models.small();
            packed.load(parameters.stateDict(), true);
            assertThat(parameters.values()).containsExactly(packed.values());
        }
    }

    @Test
    void continuesFromItsStateBitForBit() {
        for (Supplier<Optimizer> kind : ALL) {
            Optimizer original = kind.get();
            Parameters parameters = trained(original, ONE, 3);
            Parameters copy = Models.small();
            copy.load(parameters.stateDict(), true);
            Optimizer restored = kind.get();
            restored.load(copy, original.stateDict());
            assertThat(restored.stateDict()).isEqualTo(original.stateDict());
            fillGradients(parameters, new Random(9));
            fillGradients(copy, new Random(9));
            original.step(parameters, ONE);
            restored.step(copy, ONE);
            assertThat(copy.values()).containsExactly(parameters.values());
        }
    }

    @Test
    void theStateBringsTheRatesAndMomentaOfAllGroups() {
        SGD original = SGD.of(0.1f).momentum(0.9f).group("*.bias", g -> g.learningRate(0.01f));
        trained(original, ONE, 1);
        original.learningRate(0.05f);
        SGD restored = SGD.of(0.2f).momentum(0.5f).group("*.bias", g -> g.learningRate(0.2f));
        restored.bind(new Models.Bare(Models.small(), ONE));
        restored.prepareLoad(original.stateDict()).run();
        assertThat(restored.learningRate()).isEqualTo(0.05f);
        assertThat(restored.groups().get(1).learningRate()).isEqualTo(0.005f);
        assertThat(restored.stateDict()).isEqualTo(original.stateDict());
        Map<String, Tensor> bare = new HashMap<>(original.stateDict());
        List.of("lr", "initial_lr", "scheduled_lr", "momentum", "momentum_begun")
                .forEach(bare::remove);
        restored.learningRate(0.3f);
        restored.prepareLoad(bare).run();
        assertThat(restored.learningRate()).isEqualTo(0.3f);
    }

    @Test
    void theStateOfOtherGroupsIsRefusedAndAnOptimiserWithoutAModelCannotJudge() {
        Adam adam = Adam.of(0.1f);
        trained(adam, ONE, 1);
        Map<String, Tensor> state = adam.stateDict();
        Adam grouped = Adam.of(0.1f).group("*.bias", g -> g.weightDecay(0));
        assertThatThrownBy(() -> grouped.prepareLoad(state))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bind(model)");
        grouped.bind(new Models.Bare(Models.small(), ONE));
        assertThatThrownBy(() -> grouped.prepareLoad(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this optimiser has 2 groups, its own options included, and needs F32[2]");
        Map<String, Tensor> negative = new HashMap<>(state);
        negative.put("lr", Tensor.of(new float[] {-1}, 1));
        assertThatThrownBy(() -> adam.prepareLoad(negative)).hasMessageContaining("-1.0 as the lr of group 0");
        assertThat(adam.stateDict()).isEqualTo(state);
    }

    @Test
    void refusesTheStateOfAnotherKindAndKeepsItsOwn() {
        Optimizer adam = Adam.of(0.1f);
        Parameters parameters = trained(adam, ONE, 2);
        Map<String, Tensor> state = adam.stateDict();
        SGD sgd = SGD.of(0.1f).momentum(0.9f);
        assertThatThrownBy(() -> sgd.load(parameters, state)).hasMessageContaining("another kind of optimiser");
        Map<String, Tensor> incomplete = new HashMap<>(state);
        incomplete.remove("first.weight.exp_avg");
        assertThatThrownBy(() -> adam.load(parameters, incomplete))
                .hasMessage("The optimiser's state has exp_avg for some parameters, but not first.weight.exp_avg.");
        assertThatThrownBy(() -> adam.load(parameters, Map.of())).hasMessageContaining("\"step\"");
        assertThat(adam.stateDict()).isEqualTo(state);
        assertThat(sgd.steps()).isZero();
    }

    @Test
    void adamAveragesWithTheBetasThatTheUserReadsNotWithTheirFloatRounding() {
        Parameters parameters = Models.small();
        Arrays.fill(parameters.gradients(), 1);
        Adam adam = Adam.of(0.1f);
        adam.step(parameters, ONE);
        assertThat(adam.stateDict().get("first.bias.exp_avg").toArray()).containsOnly(0.1f);
        assertThat(adam.stateDict().get("first.bias.exp_avg_sq").toArray()).containsOnly(0.001f);
    }

    @Test
    void adamWIsAdamWithDecoupledDecay() {
        float[] expected = trained(AdamW.of(0.01f), ONE, 3).values();
        Adam adam = Adam.of(0.01f).weightDecay(0.01f).decoupledWeightDecay(true);
        assertThat(trained(adam, ONE, 3).values()).containsExactly(expected);
    }

    @Test
    void groupsOverrideOptionsAndFollowTheSchedule() {
        Parameters parameters = Models.small();
        Tensor before = parameters.get("first.bias");
        Arrays.fill(parameters.gradients(), 1);
        SGD sgd = SGD.of(0.1f).group("*.bias", g -> g.learningRate(0.01f)).weightDecay(0);
        sgd.learningRate(0.05f);
        Tensor weight = parameters.get("first.weight");
        sgd.step(parameters, ONE);
        assertThat(parameters.get("first.bias").toArray()[0]).isEqualTo(before.toArray()[0] - 0.005f, within(1e-7f));
        assertThat(parameters.get("first.weight").toArray()[0]).isEqualTo(weight.toArray()[0] - 0.05f, within(1e-7f));
        assertThat(sgd.groups().get(1).learningRate()).isEqualTo(0.005f);
    }

    @Test
    void aGroupWhoseFirstBetaAScheduleMovesFollowsTheOptimisersSecond() {
        Adam adam = Adam.of(0.1f).group("*.bias", g -> g.eps(0));
        ParameterGroup<?> bias = adam.groups().get(1);
        bias.scheduledMomentum(0.6f);
        adam.betas(0.9f, 0.5f);
        assertThat(((PickledTuple) bias.torchOptions().get("betas")).elements()).isEqualTo(List.of(0.6f, 0.5f));
    }

    @Test
    void groupsMustMatchSomethingAndNotTheSame() {
        Parameters parameters = Models.small();
        assertThatThrownBy(() -> SGD.of(1).group("third.*", g -> g.momentum(0)).step(parameters, ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The optimiser's group \"third.*\" matches no trained parameter");
        assertThatThrownBy(() -> Adam.of(1)
                        .group("*.bias", g -> g.weightDecay(0))
                        .group("first.*", g -> g.eps(1))
                        .step(parameters, ONE))
                .hasMessage("The parameter first.bias is in two groups of the optimiser, number 1 and number 2. Make"
                        + " their patterns narrower.");
        assertThat(parameters.stateDict()).isEqualTo(Models.small().stateDict());
    }

    @Test
    void muonNeedsAnotherOptimiserForWhatIsNoMatrix() {
        Parameters parameters = Models.small();
        assertThatThrownBy(() -> Muon.of().step(parameters, ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Muon steps matrices alone, but first.bias has the shape [5]. Give it an optimiser for the"
                        + " others: Muon.of().others(AdamW.of(0.001f)).");
        assertThatThrownBy(() -> Muon.of().others(LBFGS.of())).hasMessageEndingWith("but this is LBFGS.");
        assertThatThrownBy(() -> Muon.of()
                        .others(SGD.of(1).group("first.weight", g -> g.momentum(0)))
                        .step(parameters, ONE))
                .hasMessageContaining("\"first.weight\" matches no trained parameter");
        Muon muon = Muon.of(0.1f).others(SGD.of(0), "first.*");
        Map<String, Tensor> before = parameters.stateDict();
        fillGradients(parameters, new Random(1));
        muon.step(parameters, ONE);
        assertThat(parameters.get("first.weight")).isEqualTo(before.get("first.weight"));
        assertThat(parameters.get("second.bias")).isEqualTo(before.get("second.bias"));
        assertThat(parameters.get("second.weight")).isNotEqualTo(before.get("second.weight"));
        assertThat(muon.stateDict()).containsKeys("second.weight.momentum_buffer", "others/lr", "others/step");
    }

    @Test
    void adafactorKeepsRowsAndColumnsOfTheLastTwoDimensions() {
        Parameters parameters = new Models().convolution("a", 4, 3, 2).parameters();
        parameters.initialize(1);
        fillGradients(parameters, new Random(2));
        float[] gradient = parameters.gradient("a.weight").toArray();
        Adafactor adafactor = Adafactor.of();
        adafactor.step(parameters, ONE);
        Map<String, Tensor> state = adafactor.stateDict();
        assertThat(state.get("a.weight.row_var").shape()).containsExactly(4, 3, 2, 1);
        assertThat(state.get("a.weight.col_var").shape()).containsExactly(4, 3, 1, 2);
        // The first step weighs its squares by 1.
        assertThat(state.get("a.weight.row_var").toArray()[1])
                .isEqualTo((gradient[2] * gradient[2] + gradient[3] * gradient[3]) / 2, within(1e-6f));
        assertThat(state.get("a.weight.col_var").toArray()[1])
                .isEqualTo((gradient[1] * gradient[1] + gradient[3] * gradient[3]) / 2, within(1e-6f));
        assertThat(state.get("a.bias.variance").shape()).containsExactly(4);
    }

    @Test
    void frozenParametersStayEvenUnderWeightDecay() {
        Parameters parameters = new Models().linear("a", 2, 2).frozen("b", 3).parameters();
        parameters.initialize(0);
        Tensor before = parameters.get("a.weight");
        SGD.of(0.1f).weightDecay(0.5f).step(parameters, ONE);
        assertThat(parameters.get("b").toArray()).containsExactly(3, 3, 3);
        assertThat(parameters.get("a.weight")).isNotEqualTo(before);
    }

    @Test
    void belongsToTheFirstParametersItSteps() {
        SGD sgd = SGD.of(0.1f);
        Parameters parameters = Models.small();
        long version = parameters.version();
        sgd.step(parameters, ONE);
        assertThat(parameters.version()).isGreaterThan(version);
        assertThatThrownBy(() -> sgd.step(Models.small(), ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to the first model");
        assertThatThrownBy(() -> sgd.group("*", g -> g.momentum(0))).hasMessageContaining("before the first step");
    }

    @Test
    void refusesOptionsOutsideTheirRange() {
        assertThatThrownBy(() -> SGD.of(-1))
                .hasMessage("The learning rate must be finite and not negative, but is -1.0.");
        assertThatThrownBy(() -> SGD.of(1).learningRate(Float.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> SGD.of(1).nesterov(true).step(Models.small(), ONE))
                .hasMessageContaining("Nesterov needs a momentum above 0");
        assertThatThrownBy(() -> Adam.of(1).betas(0.9f, 1)).hasMessageContaining("below 1, but are 0.9 and 1.0");
        assertThatThrownBy(() -> NAdam.of().betas(0.9f, 1))
                .hasMessage("betas[1] must be at least 0 and below 1, but is 1.0.");
        assertThatThrownBy(() -> RMSprop.of().group("*", g -> g.alpha(Float.NaN)))
                .hasMessage("alpha must be from 0 to 1, but is NaN.");
        assertThatThrownBy(() -> Rprop.of().etas(0.5f, 1)).hasMessageContaining("etas[1] must be finite and above 1");
        assertThatThrownBy(() -> Rprop.of().group("*", g -> g.weightDecay(0.1f)))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
