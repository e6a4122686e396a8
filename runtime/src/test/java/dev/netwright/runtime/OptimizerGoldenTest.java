package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Trajectories of PyTorch's optimisers, step by step, in blocked storage. */
class OptimizerGoldenTest {
    /** The goldens are computed in double; this is 8 steps of float rounding at values around 1. */
    private static final float TOLERANCE = 1e-6f;

    @TestFactory
    List<DynamicTest> followsPyTorch() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Object row : Golden.list(Golden.read("optimizers.json"))) {
            Map<?, ?> golden = Golden.map(row);
            if (List.of("Adafactor", "LBFGS", "Muon").contains(golden.get("opt"))) {
                continue;
            }
            tests.add(DynamicTest.dynamicTest(
                    golden.get("opt") + " " + golden.get("desc"), () -> follow(golden, Threads.of(2))));
        }
        assertThat(tests).hasSize(39);
        return tests;
    }

    private static void follow(Map<?, ?> golden, Threads threads) {
        Parameters parameters = new Parameters(List.of(
                ParameterSpec.parameter(
                        "0",
                        new int[] {3, 4},
                        12,
                        StorageLayout.blocked(3, 16, new int[] {4}, new int[] {1}),
                        Initial.constant(0)),
                ParameterSpec.parameter("1", new int[] {5}, 76, StorageLayout.vector(5), Initial.constant(0))));
        each(golden.get("init"), (key, data) -> parameters.set(key, tensor(parameters, key, data)));
        Optimizer optimizer = optimizer((String) golden.get("opt"), Golden.map(golden.get("kwargs")));
        List<?> steps = Golden.list(golden.get("grads"));
        for (int step = 0; step < steps.size(); step++) {
            each(steps.get(step), (key, data) -> {
                ParameterSpec spec = parameters.specs().get(Integer.parseInt(key));
                spec.layout().pack(data, parameters.gradients(), spec.offset());
            });
            optimizer.step(parameters, threads);
            int now = step;
            each(
                    Golden.list(golden.get("params")).get(step),
                    (key, data) -> assertThat(parameters.get(key).toArray())
                            .as("parameter %s after step %d", key, now + 1)
                            .containsExactly(data, within(TOLERANCE)));
        }
        assertThat(padding(parameters)).containsOnly(0f);
    }

    private static void each(Object tensors, BiConsumer<String, float[]> action) {
        List<?> list = Golden.list(tensors);
        for (int i = 0; i < list.size(); i++) {
            action.accept(Integer.toString(i), Golden.floats(list.get(i)));
        }
    }

    private static Tensor tensor(Parameters parameters, String key, float[] data) {
        return Tensor.of(data, parameters.get(key).shape());
    }

    private static float[] padding(Parameters parameters) {
        float[] padding = new float[13 * 4 + 11];
        for (int k = 0; k < 4; k++) {
            System.arraycopy(parameters.values(), 12 + 16 * k + 3, padding, 13 * k, 13);
        }
        System.arraycopy(parameters.values(), 76 + 5, padding, 52, 11);
        return padding;
    }

    private static Optimizer optimizer(String name, Map<?, ?> options) {
        float decay = number(options, "weight_decay", 0);
        boolean up = flag(options, "maximize");
        return switch (name) {
            case "SGD" -> {
                SGD sgd = SGD.of(number(options, "lr", 1e-3f));
                sgd.momentum(number(options, "momentum", 0)).dampening(number(options, "dampening", 0));
                yield sgd.weightDecay(decay).nesterov(flag(options, "nesterov"));
            }
            case "Adam" -> Adam.of(1e-3f).weightDecay(decay).amsgrad(flag(options, "amsgrad"));
            case "AdamW" ->
                AdamW.of(1e-3f)
                        .weightDecay(number(options, "weight_decay", 0.01f))
                        .amsgrad(flag(options, "amsgrad"));
            case "Adadelta" -> Adadelta.of().weightDecay(decay).maximize(up);
            case "Adagrad" ->
                Adagrad.of(number(options, "lr", 0.01f))
                        .initialAccumulatorValue(number(options, "initial_accumulator_value", 0))
                        .weightDecay(decay)
                        .maximize(up);
            case "Adamax" -> Adamax.of().weightDecay(decay).maximize(up);
            case "ASGD" ->
                ASGD.of(number(options, "lr", 0.01f)).weightDecay(decay).maximize(up);
            case "NAdam" ->
                NAdam.of()
                        .momentumDecay(number(options, "momentum_decay", 4e-3f))
                        .weightDecay(decay)
                        .maximize(up);
            case "RAdam" ->
                RAdam.of()
                        .eps(number(options, "eps", 1e-8f))
                        .weightDecay(decay)
                        .decoupledWeightDecay(flag(options, "decoupled_weight_decay"));
            case "RMSprop" ->
                RMSprop.of()
                        .weightDecay(decay)
                        .centered(flag(options, "centered"))
                        .momentum(number(options, "momentum", 0));
            case "Rprop" -> {
                float[] etas = numbers(options, "etas", 0.5f, 1.2f);
                yield Rprop.of().etas(etas[0], etas[1]).maximize(up);
            }
            default -> throw new AssertionError(name);
        };
    }

    private static float number(Map<?, ?> options, String name, float otherwise) {
        return options.get(name) instanceof Double value ? value.floatValue() : otherwise;
    }

    private static float[] numbers(Map<?, ?> options, String name, float... otherwise) {
        return options.get(name) == null ? otherwise : Golden.floats(options.get(name));
    }

    private static boolean flag(Map<?, ?> options, String name) {
        return Boolean.TRUE.equals(options.get(name));
    }
}
