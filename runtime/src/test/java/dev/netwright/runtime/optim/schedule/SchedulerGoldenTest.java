package dev.netwright.runtime.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.generated.Models;
import dev.netwright.runtime.optim.Adagrad;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.AdamW;
import dev.netwright.runtime.optim.Adamax;
import dev.netwright.runtime.optim.NAdam;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.RAdam;
import dev.netwright.runtime.optim.RMSprop;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.testing.Golden;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** PyTorch's schedules of an SGD with rate 0.1 and momentum 0.9, and that each goes on from its state. */
class SchedulerGoldenTest {
    private static final Map<String, Supplier<LRScheduler>> GOLDEN = golden();

    private static Map<String, Supplier<LRScheduler>> golden() {
        Map<String, Supplier<LRScheduler>> rows = new LinkedHashMap<>();
        rows.put("StepLR(step_size=4,gamma=0.3)", () -> StepLR.of(4).gamma(0.3));
        rows.put(
                "MultiStepLR(milestones=[3,7,7],gamma=0.5)",
                () -> MultiStepLR.of(3, 7, 7).gamma(0.5));
        rows.put("ConstantLR()", ConstantLR::of);
        rows.put(
                "LinearLR(start_factor=0.1,total_iters=10)",
                () -> LinearLR.of().startFactor(0.1).totalIters(10));
        rows.put("ExponentialLR(gamma=0.9)", () -> ExponentialLR.of(0.9));
        rows.put(
                "PolynomialLR(total_iters=10,power=2)",
                () -> PolynomialLR.of(10).power(2));
        rows.put(
                "CosineAnnealingWarmRestarts(T_0=3,T_mult=2,eta_min=0.01)",
                () -> CosineAnnealingWarmRestarts.of(3).tMult(2).etaMin(0.01));
        rows.put(
                "CyclicLR(base_lr=0.01,max_lr=0.1,step_size_up=4,step_size_down=6,mode=triangular,gamma=0.9)",
                () -> CyclicLR.of(0.01, 0.1).stepSizeUp(4).stepSizeDown(6));
        rows.put(
                "CyclicLR(base_lr=0.01,max_lr=0.1,step_size_up=4,step_size_down=6,mode=triangular2,gamma=0.9)",
                () -> CyclicLR.of(0.01, 0.1).stepSizeUp(4).stepSizeDown(6).mode(CyclicLR.Mode.TRIANGULAR2));
        rows.put("OneCycleLR(max_lr=0.1,total_steps=30,three_phase=False)", () -> OneCycleLR.of(0.1, 30));
        rows.put(
                "OneCycleLR(max_lr=0.1,total_steps=30,three_phase=True)",
                () -> OneCycleLR.of(0.1, 3, 10).threePhase(true));
        rows.put(
                "OneCycleLR(max_lr=0.1,total_steps=30,anneal=linear)",
                () -> OneCycleLR.of(0.1, 30).annealStrategy(Anneal.LINEAR));
        rows.put(
                "ChainedScheduler([ConstantLR(0.1,4),ExponentialLR(0.9)])",
                () -> ChainedScheduler.of(ConstantLR.of().factor(0.1).totalIters(4), ExponentialLR.of(0.9)));
        rows.put(
                "ReduceLROnPlateau(patience=2,cooldown=1,min_lr=0.005,factor=0.5)",
                () -> ReduceLROnPlateau.of()
                        .patience(2)
                        .cooldown(1)
                        .minLr(0.005)
                        .factor(0.5));
        rows.put("SWALR(swa_lr=0.05,anneal_epochs=5,cos)", () -> SWALR.of(0.05).annealEpochs(5));
        return rows;
    }

    private static SGD sgd(float rate) {
        return SGD.of(rate).momentum(0.9f);
    }

    private static float momentum(Optimizer optimizer) {
        return optimizer.stateDict().get("momentum").toArray()[0];
    }

    private static void step(LRScheduler schedule, double metric) {
        if (schedule instanceof ReduceLROnPlateau plateau) {
            plateau.step(metric);
        } else {
            schedule.step();
        }
    }

    @Test
    void schedulesGiveTheRatesAndMomentaOfPyTorch() {
        Map<?, ?> golden = Golden.map(Golden.read("schedulers.json"));
        assertThat(golden.keySet().stream().map(String::valueOf)).containsExactlyElementsOf(GOLDEN.keySet());
        int passed = 0;
        int rates = 0;
        int exact = 0;
        for (Map.Entry<?, ?> row : golden.entrySet()) {
            Map<?, ?> values = Golden.map(row.getValue());
            SGD optimizer = sgd(0.1f);
            LRScheduler schedule = GOLDEN.get(row.getKey()).get();
            schedule.attach(optimizer);
            assertThat(Golden.list(values.get("lr"))).hasSize(30);
            for (int t = 0; t < 30; t++) {
                double expected = Golden.number(Golden.list(values.get("lr")).get(t));
                double rate = schedule.lastLearningRates()[0];
                assertThat(rate).as("%s, step %d", row.getKey(), t).isEqualTo(expected, within(1e-15));
                assertThat(momentum(optimizer))
                        .as("momentum of %s, step %d", row.getKey(), t)
                        .isEqualTo(
                                (float) Golden.number(
                                        Golden.list(values.get("momentum")).get(t)),
                                within(1e-7f));
                exact += rate == expected ? 1 : 0;
                rates++;
                List<?> metrics = (List<?>) values.get("metrics");
                if (t < 29) {
                    step(schedule, metrics == null ? 0 : Golden.number(metrics.get(t)));
                }
            }
            passed++;
        }
        System.out.printf(
                "%d of %d golden schedules of PyTorch passed; %d of %d rates to the last bit\n",
                passed, golden.size(), exact, rates);
        assertThat(passed).isEqualTo(15);
    }

    private static Map<String, Supplier<LRScheduler>> all() {
        Map<String, Supplier<LRScheduler>> all = new LinkedHashMap<>(GOLDEN);
        all.put("LambdaLR", () -> LambdaLR.of(epoch -> 1 / (1.0 + epoch)));
        all.put("MultiplicativeLR", () -> MultiplicativeLR.of(epoch -> 1 - 0.1 / epoch));
        all.put("CosineAnnealingLR", () -> CosineAnnealingLR.of(9).etaMin(0.01));
        all.put(
                "CyclicLR EXP_RANGE",
                () -> CyclicLR.of(0.01, 0.1)
                        .stepSizeUp(3)
                        .mode(CyclicLR.Mode.EXP_RANGE)
                        .gamma(0.9));
        all.put("CyclicLR scaleFn", () -> CyclicLR.of(0.01, 0.1).stepSizeUp(3).scaleFn(c -> 1 / c, true));
        all.put("SequentialLR", () -> sequence());
        all.put(
                "ChainedScheduler of a sequence",
                () -> ChainedScheduler.of(sequence(), CosineAnnealingLR.of(30), LinearLR.of()));
        return all;
    }

    private static SequentialLR sequence() {
        return SequentialLR.of(
                List.of(
                        LinearLR.of().totalIters(4),
                        OneCycleLR.of(0.2, 10),
                        CosineAnnealingWarmRestarts.of(5),
                        SWALR.of(0.03).annealEpochs(4)),
                5,
                13,
                20);
    }

    @Test
    void everyScheduleGoesOnFromItsStateBitForBit() {
        all().forEach((name, kind) -> {
            SGD optimizer = sgd(0.1f).group("*.bias", g -> g.learningRate(0.02f));
            LRScheduler original = kind.get().attach(optimizer);
            for (int t = 0; t < 11; t++) {
                step(original, 1 + t % 3);
            }
            SGD other = sgd(0.4f).group("*.bias", g -> g.learningRate(0.3f));
            LRScheduler resumed = kind.get().attach(other);
            other.bind(new Models.Bare(Models.small(), Threads.of(1)));
            Runnable ofOptimizer = other.prepareLoad(optimizer.stateDict());
            resumed.prepareLoad(original.stateDict()).run();
            ofOptimizer.run();
            for (int t = 11; t < 29; t++) {
                assertThat(resumed.lastLearningRates()).as(name).isEqualTo(original.lastLearningRates());
                assertThat(other.groups().get(1).learningRate())
                        .isEqualTo(optimizer.groups().get(1).learningRate());
                assertThat(momentum(other)).as(name).isEqualTo(momentum(optimizer));
                step(original, 1 + t % 3);
                step(resumed, 1 + t % 3);
            }
        });
    }

    @Test
    void aSequenceSwitchesAtItsMilestones() {
        LRScheduler schedule = SequentialLR.of(
                        List.of(
                                ConstantLR.of().factor(0.5).totalIters(10),
                                ExponentialLR.of(0.5),
                                MultiplicativeLR.of(epoch -> 0.1)),
                        2,
                        4)
                .attach(SGD.of(1));
        double[] expected = {0.5, 0.5, 1, 0.5, 0.5, 0.05};
        for (double rate : expected) {
            assertThat(schedule.lastLearningRates()[0]).isEqualTo(rate, within(1e-15));
            schedule.step();
        }
    }

    @Test
    void chainsMultiplyACosine() {
        LRScheduler schedule = ChainedScheduler.of(
                        LinearLR.of().startFactor(0.5).totalIters(2), CosineAnnealingLR.of(4))
                .attach(SGD.of(1));
        double half = Math.sqrt(0.5) / 2;
        double[] expected = {0.5, 0.75 * (0.5 + half), 0.5, 0.5 - half, 0};
        for (double rate : expected) {
            assertThat(schedule.lastLearningRates()[0]).isEqualTo(rate, within(1e-15));
            schedule.step();
        }
    }

    @Test
    void warmRestartsTakeFractionsOfEpochs() {
        CosineAnnealingWarmRestarts schedule = CosineAnnealingWarmRestarts.of(2);
        schedule.attach(SGD.of(1));
        schedule.step(1.5);
        assertThat(schedule.lastLearningRates()[0]).isEqualTo((1 + Math.cos(Math.PI * 0.75)) / 2, within(1e-15));
        CosineAnnealingWarmRestarts resumed = CosineAnnealingWarmRestarts.of(2);
        resumed.attach(SGD.of(1));
        resumed.prepareLoad(schedule.stateDict()).run();
        schedule.step();
        resumed.step();
        assertThat(schedule.lastLearningRates()[0]).isEqualTo((1 + Math.cos(Math.PI * 0.25)) / 2, within(1e-15));
        assertThat(resumed.lastLearningRates()).isEqualTo(schedule.lastLearningRates());
        assertThatThrownBy(() -> schedule.step(-1)).hasMessageContaining("but is -1.0");
    }

    @Test
    void theMomentumOfAdamIsItsFirstBeta() {
        for (Optimizer optimizer : List.of(Adam.of(1), AdamW.of(1), NAdam.of(), RAdam.of(), Adamax.of())) {
            CyclicLR.of(0.1, 0.2).stepSizeUp(2).attach(optimizer).step();
            assertThat(optimizer.stateDict().get("beta1").toArray()[0]).isEqualTo(0.85f);
        }
        RMSprop moving = RMSprop.of();
        OneCycleLR.of(0.1, 10).attach(moving);
        assertThat(momentum(moving)).isEqualTo(0.95f);
        assertThatThrownBy(() -> CyclicLR.of(0.1, 0.2).attach(Adagrad.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Adagrad has neither a momentum nor a first beta to move. Call cycleMomentum(false).");
        CyclicLR.of(0.1, 0.2).cycleMomentum(false).attach(Adagrad.of());
    }

    @Test
    void groupsMayHaveFunctionsAndLimitsOfTheirOwn() {
        SGD optimizer = SGD.of(1).group("*.bias", g -> g.learningRate(2));
        LRScheduler schedule =
                LambdaLR.of(epoch -> 0.5, epoch -> 1.0 / (epoch + 1)).attach(optimizer);
        schedule.step();
        assertThat(schedule.lastLearningRates()).containsExactly(0.5, 1);
        assertThatThrownBy(() -> SWALR.of(1, 2, 3).attach(SGD.of(1)))
                .hasMessage("Rates must be one for all groups or one for each, but there are 3 and the optimiser has 1"
                        + " groups, its own options included.");
        ReduceLROnPlateau plateau = ReduceLROnPlateau.of().patience(0).minLr(0.5, 0.05);
        plateau.attach(SGD.of(1).group("*.bias", g -> g.learningRate(2)));
        plateau.step(1);
        plateau.step(1);
        assertThat(plateau.lastLearningRates()).containsExactly(0.5, 0.2);
    }

    @Test
    void partsBelongToTheirWhole() {
        ExponentialLR part = ExponentialLR.of(0.9);
        ChainedScheduler.of(part);
        assertThatThrownBy(() -> part.attach(SGD.of(1))).hasMessageContaining("Attach that one");
        assertThatThrownBy(() -> ChainedScheduler.of(part)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ChainedScheduler.of(ReduceLROnPlateau.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be a part of ChainedScheduler");
        assertThatThrownBy(() -> SequentialLR.of(List.of(ConstantLR.of(), ConstantLR.of()), 3, 2))
                .hasMessage("2 schedules need 1 rising milestones above 0, but have [3, 2].");
    }

    @Test
    void schedulesRefuseWhatMakesNoSense() {
        LRScheduler plateau = ReduceLROnPlateau.of().attach(SGD.of(1));
        assertThatThrownBy(plateau::step).hasMessageContaining("step(metric)");
        LRScheduler cycle = OneCycleLR.of(1, 2).attach(sgd(1));
        cycle.step();
        cycle.step();
        assertThatThrownBy(cycle::step).hasMessageStartingWith("OneCycleLR was made for 2 steps, and they are over.");
        assertThatThrownBy(() -> LinearLR.of().startFactor(0))
                .hasMessage("startFactor must be above 0 and at most 1, but is 0.0.");
        assertThatThrownBy(() -> ReduceLROnPlateau.of().factor(1)).hasMessageContaining("below 1, but is 1.0");
        assertThatThrownBy(() -> PolynomialLR.of(0)).hasMessage("totalIters must be at least 1, but is 0.");
        Map<String, Tensor> state = new HashMap<>(sequence().attach(sgd(1)).stateDict());
        state.put("2.fraction", Tensor.of(new float[] {1}, 1));
        assertThatThrownBy(() -> sequence().attach(sgd(1)).prepareLoad(state))
                .hasMessageContaining("\"fraction\" as F64[1]");
    }
}
