package dev.netwright.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.files.torch.TorchFile;
import dev.netwright.runtime.files.torch.TorchStateDict;
import dev.netwright.runtime.init.Initial;
import dev.netwright.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that PyTorch began go on here, and the other way round. */
class TorchOptimizerStateTest {
    @TempDir
    Path folder;

    /** A checkpoint's weights as parameters, and its optimiser's state. */
    private record Resumed(Parameters parameters, Object optimizer) {
        static Resumed of(String name, String entry) throws IOException {
            try (InputStream in = Resumed.class.getResourceAsStream("/golden/torch/" + name)) {
                Map<?, ?> saved = (Map<?, ?>) TorchFile.read(Objects.requireNonNull(in, name));
                Map<String, Tensor> weights = new LinkedHashMap<>(TorchStateDict.of(saved, "model"));
                weights.keySet().removeIf(key -> key.contains("running") || key.contains("num_batches"));
                return new Resumed(parameters(weights), saved.get(entry));
            }
        }

        private static Parameters parameters(Map<String, Tensor> weights) {
            List<ParameterSpec> specs = new ArrayList<>();
            int offset = 0;
            for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
                StorageLayout layout = StorageLayout.vector(weight.getValue().size());
                specs.add(ParameterSpec.parameter(
                        weight.getKey(), weight.getValue().shape(), offset, layout, Initial.constant(0)));
                offset = specs.get(specs.size() - 1).end();
            }
            Parameters parameters = new Parameters(specs);
            parameters.load(weights, true);
            return parameters;
        }

        void step(Optimizer with, int step) {
            for (ParameterSpec spec : parameters.specs()) {
                float[] gradient = new float[spec.layout().elements()];
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = (i * 7919L + step * 104729L) % 255 / 255f - 0.5f;
                }
                spec.layout().pack(gradient, parameters.gradients(), spec.offset());
            }
            with.step(parameters, Threads.of(1));
        }
    }

    private static Optimizer optimizer(String name) {
        return switch (name) {
            case "sgd" -> SGD.of(1);
            case "adam" -> Adam.of(1);
            default -> AdamW.of(1);
        };
    }

    @ParameterizedTest
    @CsvSource({"sgd, optimizer", "adam, opt", "adamw, optimizer"})
    void pyTorchsCheckpointsGoOnWithPyTorchsNextSteps(String name, String entry) throws IOException {
        String file = "tiny_checkpoint_" + name + ".pth";
        Resumed resumed = Resumed.of(file, entry);
        Optimizer optimizer = optimizer(name);
        optimizer.loadTorchStateDict(resumed.parameters(), resumed.optimizer());
        List<?> steps =
                Golden.list(Golden.map(Golden.read("torch/continued.json")).get(file));
        assertThat(steps).hasSize(3);
        for (int step = 0; step < steps.size(); step++) {
            resumed.step(optimizer, step);
            for (Map.Entry<?, ?> expected : Golden.map(steps.get(step)).entrySet()) {
                String key = (String) expected.getKey();
                assertThat(resumed.parameters().get(key).toArray())
                        .as("%s after step %d", key, step + 1)
                        .containsExactly(Golden.floats(expected.getValue()), within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"sgd, optimizer", "adam, opt", "adamw, optimizer"})
    void aWrittenCheckpointGoesOnBitForBit(String name, String entry) throws IOException {
        Resumed first = Resumed.of("tiny_checkpoint_" + name + ".pth", entry);
        Optimizer optimizer = optimizer(name);
        optimizer.loadTorchStateDict(first.parameters(), first.optimizer());
        first.step(optimizer, 0);
        Path path = folder.resolve("checkpoint.pth");
        TorchFile.write(path, Map.of("model", first.parameters().stateDict(), "optimizer", optimizer.torchStateDict()));

        Map<?, ?> saved = (Map<?, ?>) TorchFile.read(path);
        Resumed second = new Resumed(Resumed.parameters(TorchStateDict.of(saved, "model")), saved.get("optimizer"));
        Optimizer other = optimizer(name);
        other.loadTorchStateDict(second.parameters(), second.optimizer());
        first.step(optimizer, 1);
        second.step(other, 1);
        assertThat(second.parameters().stateDict()).isEqualTo(first.parameters().stateDict());
        assertThat(other.torchStateDict()).isEqualTo(optimizer.torchStateDict());
    }

    @Test
    void anotherKindOfOptimiserIsRefusedAndNothingChanges() throws IOException {
        Resumed adam = Resumed.of("tiny_checkpoint_adam.pth", "opt");
        SGD sgd = SGD.of(0.5f).momentum(0.9f);
        assertThatThrownBy(() -> sgd.loadTorchStateDict(adam.parameters(), adam.optimizer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The optimiser's group 0 has no \"momentum\", so it is another kind");
        assertThat(sgd.learningRate()).isEqualTo(0.5f);
        Adam grouped = Adam.of(0.1f).group("*.bias", group -> group.weightDecay(0));
        assertThatThrownBy(() -> grouped.loadTorchStateDict(adam.parameters(), adam.optimizer()))
                .hasMessageContaining("has 1 groups, but this optimiser has 2");
        assertThatThrownBy(() -> Adam.of(0.1f).loadTorchStateDict(adam.parameters(), Map.of("state", Map.of())))
                .hasMessageContaining("\"param_groups\" is missing");
    }

    /** The state of an optimiser with one group, whose options are changed; null takes one away. */
    private static Map<?, ?> withOptions(Object state, Map<String, Object> changes) {
        Map<Object, Object> changed = new LinkedHashMap<>((Map<?, ?>) state);
        Map<Object, Object> options = new LinkedHashMap<>((Map<?, ?>) ((List<?>) changed.get("param_groups")).get(0));
        options.putAll(changes);
        options.values().removeIf(Objects::isNull);
        changed.put("param_groups", List.of(options));
        return changed;
    }

    @Test
    void optionsOutsideTheirRangeAreRefused() throws IOException {
        Resumed adam = Resumed.of("tiny_checkpoint_adam.pth", "opt");
        Map<?, ?> negative = withOptions(adam.optimizer(), Map.of("eps", -1.0));
        assertThatThrownBy(() -> Adam.of(0.1f).loadTorchStateDict(adam.parameters(), negative))
                .hasMessage("\"eps\" of group 0 must be finite and not negative, but is -1.0.");
        Map<?, ?> large = withOptions(adam.optimizer(), Map.of("betas", List.of(0.9, 1.0)));
        assertThatThrownBy(() -> Adam.of(0.1f).loadTorchStateDict(adam.parameters(), large))
                .hasMessage("\"betas[1]\" of group 0 must be at least 0 and below 1, but is 1.0.");
        Map<?, ?> text = withOptions(adam.optimizer(), Map.of("amsgrad", "yes"));
        assertThatThrownBy(() -> Adam.of(0.1f).loadTorchStateDict(adam.parameters(), text))
                .hasMessage("The optimiser's group 0 has yes as \"amsgrad\", not True or False.");
    }

    @Test
    void switchesThatAnOlderPyTorchDidNotHaveAreAsThereAndDecouplingAsTheOptimiserSays() throws IOException {
        Resumed adam = Resumed.of("tiny_checkpoint_adam.pth", "opt");
        Map<String, Object> absent = new LinkedHashMap<>();
        absent.put("maximize", null);
        absent.put("amsgrad", null);
        absent.put("decoupled_weight_decay", null);
        AdamW adamW = AdamW.of(0.1f).maximize(true).amsgrad(true);
        adamW.loadTorchStateDict(adam.parameters(), withOptions(adam.optimizer(), absent));
        Map<?, ?> options = (Map<?, ?>) ((List<?>) adamW.torchStateDict().get("param_groups")).get(0);
        assertThat(options.get("maximize")).isEqualTo(false);
        assertThat(options.get("amsgrad")).isEqualTo(false);
        assertThat(options.get("decoupled_weight_decay")).isEqualTo(true);
    }

    @Test
    void groupsAreWrittenAndReadInTheirOrder() throws IOException {
        Resumed resumed = Resumed.of("tiny_checkpoint_sgd.pth", "optimizer");
        SGD optimizer = SGD.of(0.1f).momentum(0.9f).group("*.bias", group -> group.learningRate(0.2f));
        resumed.step(optimizer, 0);
        Map<String, Object> state = optimizer.torchStateDict();
        List<?> groups = (List<?>) state.get("param_groups");
        assertThat(((Map<?, ?>) groups.get(0)).get("params")).isEqualTo(List.of(0L, 1L));
        assertThat(((Map<?, ?>) groups.get(1)).get("params")).isEqualTo(List.of(2L, 3L));
        assertThat(((Map<?, ?>) groups.get(1)).get("lr")).isEqualTo(0.2f);
        SGD other = SGD.of(1).group("*.bias", group -> group.learningRate(3));
        other.loadTorchStateDict(resumed.parameters(), state);
        assertThat(other.torchStateDict()).isEqualTo(state);
    }
}
