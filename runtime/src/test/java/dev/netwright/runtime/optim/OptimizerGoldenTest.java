package dev.netwright.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.init.Initial;
import dev.netwright.testing.Golden;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Trajectories of PyTorch's optimisers, step by step, in blocked storage. */
class OptimizerGoldenTest {
    /** The goldens are computed in double; this is 8 steps of float rounding at values around 1. */
    private static final float TOLERANCE = 1e-6f;

    private int passed;

    @TestFactory
    List<DynamicTest> followsPyTorch() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Object row : Golden.list(Golden.read("optimizers.json"))) {
            Map<?, ?> golden = Golden.map(row);
            tests.add(DynamicTest.dynamicTest(
                    golden.get("opt") + " " + golden.get("kwargs"), () -> follow(golden, Threads.of(2))));
        }
        assertThat(tests).hasSize(49);
        tests.add(DynamicTest.dynamicTest("count", () -> {
            System.out.println(passed + " of 49 golden trajectories of PyTorch's optimisers passed");
            assertThat(passed).isEqualTo(49);
        }));
        return tests;
    }

    private void follow(Map<?, ?> golden, Threads threads) {
        Parameters parameters = parameters(Golden.list(golden.get("shapes")));
        each(golden.get("init"), (key, data) -> parameters.set(key, tensor(parameters, key, data)));
        boolean closure = golden.get("opt").equals("LBFGS");
        Runnable step = closure ? lbfgs(parameters, golden) : steps(parameters, golden, threads);
        List<?> expected = Golden.list(golden.get("params"));
        assertThat(expected).hasSize(closure ? 3 : 8);
        for (int i = 0; i < expected.size(); i++) {
            step.run();
            int now = i + 1;
            each(
                    expected.get(i),
                    (key, data) -> assertThat(parameters.get(key).toArray())
                            .as("parameter %s after step %d", key, now)
                            .containsExactly(data, within(TOLERANCE)));
        }
        Parameters packed = parameters(Golden.list(golden.get("shapes")));
        packed.load(parameters.stateDict(), true);
        assertThat(parameters.values()).as("padding").containsExactly(packed.values());
        passed++;
    }

    private static Parameters parameters(List<?> shapes) {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.parameter(
                "0",
                Golden.ints(shapes.get(0)),
                12,
                StorageLayout.blocked(3, 16, new int[] {4}, new int[] {1}),
                Initial.constant(0)));
        if (shapes.size() > 1) {
            specs.add(ParameterSpec.parameter(
                    "1", Golden.ints(shapes.get(1)), 76, StorageLayout.vector(5), Initial.constant(0)));
        }
        return new Parameters(specs);
    }

    private static Runnable steps(Parameters parameters, Map<?, ?> golden, Threads threads) {
        Optimizer optimizer = optimizer((String) golden.get("opt"), Golden.map(golden.get("kwargs")));
        Iterator<?> gradients = Golden.list(golden.get("grads")).iterator();
        return () -> {
            each(gradients.next(), (key, data) -> {
                ParameterSpec spec = parameters.specs().get(Integer.parseInt(key));
                spec.layout().pack(data, parameters.gradients(), spec.offset());
            });
            optimizer.step(parameters, threads);
        };
    }

    /** The loss is the sum of (p - t)^4 + (p - t)^2 / 2. */
    private static Runnable lbfgs(Parameters parameters, Map<?, ?> golden) {
        Map<?, ?> options = Golden.map(golden.get("kwargs"));
        LBFGS optimizer = LBFGS.of(number(options, "lr", 1));
        if ("strong_wolfe".equals(options.get("line_search_fn"))) {
            optimizer.lineSearchFn(LBFGS.LineSearch.STRONG_WOLFE);
        }
        LBFGS.Closure closure = () -> {
            double[] loss = new double[1];
            each(golden.get("target"), (key, target) -> {
                float[] gradient = parameters.get(key).toArray();
                for (int i = 0; i < gradient.length; i++) {
                    double difference = (double) gradient[i] - target[i];
                    loss[0] += Math.pow(difference, 4) + difference * difference / 2;
                    gradient[i] = (float) (4 * Math.pow(difference, 3) + difference);
                }
                ParameterSpec spec = parameters.specs().get(Integer.parseInt(key));
                spec.layout().pack(gradient, parameters.gradients(), spec.offset());
            });
            return loss[0];
        };
        return () -> optimizer.step(parameters, closure);
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
            case "Adafactor" -> Adafactor.of().weightDecay(decay).maximize(up).d(number(options, "d", 1));
            case "Muon" -> {
                float[] abc = numbers(options, "ns_coefficients", 3.4445f, -4.775f, 2.0315f);
                yield Muon.of().momentum(number(options, "momentum", 0.95f)).nsCoefficients(abc[0], abc[1], abc[2]);
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
