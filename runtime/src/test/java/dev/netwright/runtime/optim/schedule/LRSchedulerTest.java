package dev.netwright.runtime.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.testing.Golden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LRSchedulerTest {
    /** The rates that PyTorch gives, from a rate of 0.1 on. */
    private static List<?> golden(String name) {
        return Golden.list(
                Golden.map(Golden.map(Golden.read("schedulers.json")).get(name)).get("lr"));
    }

    private static double rate(LRScheduler schedule) {
        return schedule.lastLearningRates()[0];
    }

    @Test
    void stepsGiveTheDoublesOfPyTorch() {
        SGD optimizer = SGD.of(0.1f);
        LRScheduler schedule = StepLR.of(4).gamma(0.3).attach(optimizer);
        List<?> golden = golden("StepLR(step_size=4,gamma=0.3)");
        assertThat(golden).hasSize(30);
        for (Object expected : golden) {
            assertThat(rate(schedule)).isEqualTo(expected);
            assertThat(optimizer.learningRate()).isEqualTo((float) Golden.number(expected));
            schedule.step();
        }
        assertThat(schedule.lastEpoch()).isEqualTo(30);
    }

    /** Between two restarts PyTorch's warm restarts are one cosine: of 3, 6 and 12 steps, and the rest of a fourth. */
    @Test
    void cosinesGiveTheRatesOfPyTorch() {
        List<?> golden = golden("CosineAnnealingWarmRestarts(T_0=3,T_mult=2,eta_min=0.01)");
        int from = 0;
        for (int length = 3; from < golden.size(); length *= 2) {
            LRScheduler schedule = CosineAnnealingLR.of(length).etaMin(0.01).attach(SGD.of(0.1f));
            for (int i = from; i < Math.min(from + length, golden.size()); i++) {
                assertThat(rate(schedule)).isEqualTo(Golden.number(golden.get(i)), within(1e-16));
                schedule.step();
            }
            from += length;
        }
    }

    @Test
    void aCosineFallsToItsLowestRateAndRisesAgain() {
        SGD optimizer = SGD.of(0.1f);
        LRScheduler schedule = CosineAnnealingLR.of(5).etaMin(0.02).attach(optimizer);
        float[] rates = new float[11];
        for (int i = 0; i < 11; i++) {
            rates[i] = optimizer.learningRate();
            schedule.step();
        }
        assertThat(rates[5]).isEqualTo(0.02f);
        assertThat(rates[0]).isEqualTo(rates[10]).isEqualTo(0.1f);
        assertThat(rates[7]).isEqualTo(rates[3]);
    }

    @Test
    void everyGroupHasARateOfItsOwn() {
        SGD optimizer =
                SGD.of(0.1f).group("*.bias", g -> g.learningRate(0.5f)).group("*.weight", g -> g.weightDecay(0));
        LRScheduler schedule = CosineAnnealingLR.of(2).etaMin(0.1).attach(optimizer);
        schedule.step();
        assertThat(schedule.lastLearningRates()).containsExactly(new double[] {0.1, 0.3, 0.1}, within(1e-15));
        assertThat(optimizer.groups().get(1).learningRate()).isEqualTo(0.3f);
        assertThatThrownBy(() -> optimizer.group("x", g -> g.weightDecay(0)))
                .hasMessage("Groups must be added before a schedule is attached to the optimiser.");
    }

    @Test
    void aRateSetByHandHoldsUntilTheNextStep() {
        SGD optimizer = SGD.of(0.1f).group("*.bias", g -> g.learningRate(0.2f));
        LRScheduler schedule = StepLR.of(10).attach(optimizer);
        optimizer.learningRate(0.05f);
        assertThat(optimizer.groups().get(1).learningRate()).isEqualTo(0.1f);
        schedule.step();
        assertThat(optimizer.learningRate()).isEqualTo(0.1f);
        assertThat(optimizer.groups().get(1).learningRate()).isEqualTo(0.2f);
    }

    @Test
    void continuesFromItsStateBitForBit() {
        for (boolean cosine : new boolean[] {true, false}) {
            SGD one = SGD.of(0.1f).group("*.bias", g -> g.learningRate(0.7f));
            LRScheduler original = rule(cosine).attach(one);
            for (int i = 0; i < 5; i++) {
                original.step();
            }
            // Another initial rate: the saved one counts.
            SGD other = SGD.of(0.3f).group("*.bias", g -> g.learningRate(0.3f));
            LRScheduler resumed = rule(cosine).attach(other);
            resumed.prepareLoad(original.stateDict()).run();
            assertThat(resumed.stateDict()).isEqualTo(original.stateDict());
            for (int i = 0; i < 5; i++) {
                original.step();
                resumed.step();
                assertThat(resumed.lastLearningRates()).isEqualTo(original.lastLearningRates());
                assertThat(other.groups().get(1).learningRate())
                        .isEqualTo(one.groups().get(1).learningRate());
            }
        }
    }

    private static LRScheduler rule(boolean cosine) {
        return cosine ? CosineAnnealingLR.of(7).etaMin(1e-3) : StepLR.of(3).gamma(0.7);
    }

    @Test
    void aStateThatDoesNotFitIsRefusedBeforeAnythingChanges() {
        LRScheduler schedule = StepLR.of(3).attach(SGD.of(0.1f));
        Map<String, Tensor> state = schedule.stateDict();
        LRScheduler groups = StepLR.of(3).attach(SGD.of(0.1f).group("*", g -> g.weightDecay(0)));
        assertThatThrownBy(() -> groups.prepareLoad(state))
                .hasMessageStartingWith("The schedule's state has \"initial_lr\" as F64[2], but this one has F64[1]");
        Map<String, Tensor> more = new HashMap<>(state);
        more.put("best", Tensor.of(new float[1], 1));
        assertThatThrownBy(() -> schedule.prepareLoad(more)).hasMessageContaining("has no \"best\"");
        schedule.prepareLoad(groupsStepped().stateDict());
        assertThat(schedule.stateDict()).isEqualTo(state);
    }

    private static LRScheduler groupsStepped() {
        LRScheduler stepped = StepLR.of(3).attach(SGD.of(0.2f));
        stepped.step();
        return stepped;
    }

    @Test
    void aRuleThatGivesNoRateChangesNothing() {
        SGD optimizer = SGD.of(0.1f).group("*.bias", g -> g.learningRate(0.2f));
        LRScheduler schedule = new LRScheduler() {
            @Override
            protected double learningRate(int group, int epoch, double initial, double previous) {
                return group == 1 && epoch == 2 ? Double.NaN : previous / 2;
            }
        };
        schedule.attach(optimizer).step();
        Map<String, Tensor> before = schedule.stateDict();
        assertThatThrownBy(schedule::step)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gives NaN for group 1 in epoch 2");
        assertThat(schedule.stateDict()).isEqualTo(before);
        assertThat(optimizer.learningRate()).isEqualTo(0.025f);
    }

    @Test
    void needsAnOptimiserAndTakesNoSecond() {
        CosineAnnealingLR schedule = CosineAnnealingLR.of(3);
        assertThatThrownBy(schedule::step)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("attach(optimizer)");
        schedule.attach(SGD.of(0.1f));
        assertThatThrownBy(() -> schedule.attach(SGD.of(0.1f))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> schedule.etaMin(0.1)).hasMessageContaining("options are fixed");
        assertThatThrownBy(() -> CosineAnnealingLR.of(0)).hasMessage("tMax must be at least 1, but is 0.");
        assertThatThrownBy(() -> StepLR.of(0)).hasMessage("stepSize must be at least 1, but is 0.");
        assertThatThrownBy(() -> StepLR.of(1).gamma(Double.NaN)).hasMessageContaining("NaN");
    }
}
