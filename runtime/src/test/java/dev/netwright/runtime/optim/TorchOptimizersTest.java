package dev.netwright.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.files.torch.TorchFile;
import dev.netwright.runtime.generated.Models;
import dev.netwright.runtime.init.Initial;
import dev.netwright.testing.Golden;
import dev.netwright.testing.PythonWithTorch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@code optimizer_checkpoints.py} saved goes on here as it went on there, and every state survives a file. */
class TorchOptimizersTest {
    @TempDir
    Path folder;

    private static Optimizer optimizer(String name) {
        return switch (name) {
            case "SGD" -> SGD.of(1);
            case "Adam" -> Adam.of(1);
            case "AdamW" -> AdamW.of(1);
            case "Adadelta" -> Adadelta.of();
            case "Adagrad" -> Adagrad.of();
            case "Adamax" -> Adamax.of();
            case "ASGD" -> ASGD.of();
            case "NAdam" -> NAdam.of();
            case "RAdam" -> RAdam.of();
            case "RMSprop" -> RMSprop.of();
            case "Rprop" -> Rprop.of();
            case "LBFGS" -> LBFGS.of().historySize(4);
            default -> throw new AssertionError(name);
        };
    }

    private static Parameters parameters(Map<?, ?> model) {
        StorageLayout matrix = StorageLayout.blocked(3, 16, new int[] {4}, new int[] {1});
        List<ParameterSpec> specs = new ArrayList<>(List.of(
                ParameterSpec.parameter("0", new int[] {3, 4}, 0, matrix, Initial.constant(0)),
                ParameterSpec.parameter("1", new int[] {5}, 64, StorageLayout.vector(5), Initial.constant(0))));
        if (model.containsKey("2")) {
            specs.add(ParameterSpec.parameter(
                    "2", new int[] {2, 3}, specs.get(1).end(), StorageLayout.vector(6), Initial.constant(0)));
        }
        Parameters parameters = new Parameters(specs);
        model.forEach((key, value) -> parameters.set((String) key, (Tensor) value));
        return parameters;
    }

    private static float[] wave(int length, int step) {
        float[] wave = new float[length];
        for (int i = 0; i < length; i++) {
            wave[i] = (i * 7919L + step * 104729L) % 255 / 255f - 0.5f;
        }
        return wave;
    }

    private static void step(Optimizer optimizer, Parameters parameters, int step) {
        if (optimizer instanceof LBFGS lbfgs) {
            lbfgs.step(parameters, () -> minimum(parameters));
            return;
        }
        for (ParameterSpec spec : parameters.specs()) {
            spec.layout().pack(wave(spec.layout().elements(), step), parameters.gradients(), spec.offset());
        }
        optimizer.step(parameters, Threads.of(1));
    }

    private static double minimum(Parameters parameters) {
        double loss = 0;
        for (ParameterSpec spec : parameters.specs()) {
            float[] gradient = parameters.get(spec.key()).toArray();
            float[] target = wave(gradient.length, 0);
            for (int i = 0; i < gradient.length; i++) {
                double difference = (double) gradient[i] - target[i];
                loss += Math.pow(difference, 4) + difference * difference / 2;
                gradient[i] = (float) (4 * Math.pow(difference, 3) + difference);
            }
            spec.layout().pack(gradient, parameters.gradients(), spec.offset());
        }
        return loss;
    }

    @TestFactory
    List<DynamicTest> pyTorchsCheckpointsGoOnWithPyTorchsNextSteps() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream("/golden/torch/optimizers.pth")) {
            for (Object row : (List<?>) TorchFile.read(Objects.requireNonNull(in))) {
                Map<?, ?> saved = (Map<?, ?>) row;
                tests.add(DynamicTest.dynamicTest((String) saved.get("name"), () -> goesOn(saved)));
            }
        }
        assertThat(tests).hasSize(10);
        return tests;
    }

    /** Of three parameters one missed two of three steps, and one all of them. */
    @TestFactory
    List<DynamicTest> parametersThatMissedStepsGoOnWithPyTorchsNextSteps() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream("/golden/torch/thawed.pth")) {
            for (Object row : (List<?>) TorchFile.read(Objects.requireNonNull(in))) {
                Map<?, ?> saved = (Map<?, ?>) row;
                tests.add(DynamicTest.dynamicTest((String) saved.get("name"), () -> {
                    goesOn(saved);
                    survivesAStateDict(saved);
                }));
            }
        }
        assertThat(tests).hasSize(12);
        return tests;
    }

    private static void survivesAStateDict(Map<?, ?> saved) {
        Parameters parameters = parameters((Map<?, ?>) saved.get("model"));
        Optimizer optimizer = optimizer((String) saved.get("name"));
        optimizer.loadTorchStateDict(parameters, saved.get("optimizer"));
        for (int i = 0; i < 2; i++) {
            Parameters again = parameters(parameters.stateDict());
            Optimizer reread = optimizer((String) saved.get("name"));
            // For the options, which an own state does not have.
            reread.loadTorchStateDict(again, saved.get("optimizer"));
            reread.load(again, optimizer.stateDict());
            assertThat(reread.stateDict()).isEqualTo(optimizer.stateDict());
            assertThat(reread.torchStateDict()).isEqualTo(optimizer.torchStateDict());
            step(optimizer, parameters, 3 + i);
            step(reread, again, 3 + i);
            assertThat(again.values()).containsExactly(parameters.values());
        }
    }

    /** As for torch.optim.Adam: the first steps divide by 1 - beta^t of the parameter's own t. */
    @Test
    void aWrittenStateHasTheStepsOfEachParameter() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/golden/torch/thawed.pth")) {
            Map<?, ?> saved = (Map<?, ?>) ((List<?>) TorchFile.read(Objects.requireNonNull(in))).get(1);
            Parameters parameters = parameters((Map<?, ?>) saved.get("model"));
            Adam adam = Adam.of(1);
            adam.loadTorchStateDict(parameters, saved.get("optimizer"));
            assertThat(steps(adam)).isEqualTo(Map.of(0L, 3f, 1L, 1f));
            step(adam, parameters, 3);
            assertThat(steps(adam)).isEqualTo(Map.of(0L, 4f, 1L, 2f, 2L, 1f));
        }
    }

    @Test
    void aParameterThatTheStateLacksMakesItsFirstStepAndTheOthersTheirNext() {
        for (Supplier<Optimizer> kind : OptimizerTest.ALL) {
            Optimizer optimizer = kind.get();
            Parameters parameters = OptimizerTest.trained(optimizer, Threads.of(1), 3);
            Map<String, Tensor> state = new LinkedHashMap<>(optimizer.stateDict());
            state.keySet().removeIf(key -> key.contains("first.bias."));
            Parameters copy = Models.small();
            copy.load(parameters.stateDict(), true);
            Parameters begun = Models.small();
            begun.load(parameters.stateDict(), true);
            Optimizer partly = kind.get();
            if (optimizer instanceof LBFGS) {
                continue;
            }
            partly.load(copy, state);
            Optimizer fresh = kind.get();
            for (Parameters one : List.of(parameters, copy, begun)) {
                OptimizerTest.fillGradients(one, new Random(8));
            }
            optimizer.step(parameters, Threads.of(1));
            partly.step(copy, Threads.of(3));
            fresh.step(begun, Threads.of(1));
            for (ParameterSpec spec : parameters.specs()) {
                if (spec.trained()) {
                    Parameters expected = spec.key().equals("first.bias") ? begun : parameters;
                    assertThat(copy.get(spec.key()))
                            .as(optimizer.getClass().getSimpleName() + " " + spec.key())
                            .isEqualTo(expected.get(spec.key()));
                }
            }
        }
    }

    private static Map<Object, Float> steps(Optimizer optimizer) {
        Map<Object, Float> steps = new LinkedHashMap<>();
        ((Map<?, ?>) optimizer.torchStateDict().get("state")).forEach((number, own) -> {
            Tensor step = (Tensor) ((Map<?, ?>) own).get("step");
            steps.put(number, step.toArray()[0]);
        });
        return steps;
    }

    private void goesOn(Map<?, ?> saved) throws IOException {
        Parameters parameters = parameters((Map<?, ?>) saved.get("model"));
        Optimizer optimizer = optimizer((String) saved.get("name"));
        optimizer.loadTorchStateDict(parameters, saved.get("optimizer"));
        Path path = folder.resolve("checkpoint.pth");
        TorchFile.write(path, optimizer.torchStateDict());
        Parameters again = parameters(parameters.stateDict());
        Optimizer reread = optimizer((String) saved.get("name"));
        reread.loadTorchStateDict(again, TorchFile.read(path));
        List<?> continued = (List<?>) saved.get("continued");
        assertThat(continued).hasSize(3);
        for (int i = 0; i < 3; i++) {
            step(optimizer, parameters, 3 + i);
            step(reread, again, 3 + i);
            for (int key = 0; key < parameters.specs().size(); key++) {
                assertThat(parameters.get("" + key).toArray())
                        .as("parameter %d after step %d", key, i + 4)
                        .containsExactly(Golden.floats(((List<?>) continued.get(i)).get(key)), within(2e-6f));
            }
            assertThat(again.values()).containsExactly(parameters.values());
        }
    }

    @Test
    void pyTorchGoesOnWithWhatIsWritten() throws IOException, InterruptedException {
        String python = PythonWithTorch.thatRuns("import torch; torch.optim.Adam");
        List<Object> cases = new ArrayList<>();
        for (Optimizer optimizer : List.of(
                SGD.of(0.1f).momentum(0.9f),
                Adam.of(0.1f),
                AdamW.of(0.1f),
                Adadelta.of().rho(0.8f),
                Adafactor.of(0.1f),
                Adagrad.of(0.1f).lrDecay(0.1f),
                Adamax.of(0.1f),
                ASGD.of(0.1f).t0(1).lambd(0.1f),
                NAdam.of(0.1f),
                RAdam.of(0.1f).betas(0.8f, 0.9f),
                RMSprop.of(0.1f).centered(true).momentum(0.5f),
                Rprop.of(0.1f).etas(0.4f, 1.3f).stepSizes(1e-3f, 0.12f),
                LBFGS.of(0.1f).maxIter(2).historySize(4))) {
            Parameters parameters = parameters(Map.of());
            for (int i = 0; i < 4; i++) {
                step(optimizer, parameters, i);
            }
            Map<String, Object> saved = new LinkedHashMap<>();
            saved.put("name", optimizer.getClass().getSimpleName());
            saved.put("model", parameters.stateDict());
            saved.put("optimizer", optimizer.torchStateDict());
            step(optimizer, parameters, 4);
            saved.put("after", parameters.stateDict());
            cases.add(saved);
        }
        Path path = folder.resolve("optimizers.pth");
        TorchFile.write(path, cases);
        Process process = new ProcessBuilder(python, "src/test/python/load_optimizers.py", path.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(output);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void everyStateSurvivesAFileOfPyTorchs() throws IOException {
        Path path = folder.resolve("optimizer.pth");
        for (Supplier<Optimizer> kind : OptimizerTest.ALL) {
            Optimizer optimizer = kind.get();
            Parameters parameters = OptimizerTest.trained(optimizer, Threads.of(1), 3);
            TorchFile.write(path, optimizer.torchStateDict());
            Optimizer other = kind.get();
            Parameters copy = Models.small();
            copy.load(parameters.stateDict(), true);
            other.loadTorchStateDict(copy, TorchFile.read(path));
            if (optimizer instanceof Muon muon) {
                TorchFile.write(path, muon.others().torchStateDict());
                ((Muon) other).others().loadTorchStateDict(copy, TorchFile.read(path));
            }
            OptimizerTest.fillGradients(parameters, new Random(8));
            OptimizerTest.fillGradients(copy, new Random(8));
            optimizer.step(parameters, Threads.of(1));
            other.step(copy, Threads.of(1));
            assertThat(copy.values()).as(optimizer.toString()).containsExactly(parameters.values());
        }
    }
}
