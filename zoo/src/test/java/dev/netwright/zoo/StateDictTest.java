package dev.netwright.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names, order and shapes of the state dicts, against those that PyTorch wrote. */
class StateDictTest {
    private static final String COUNTER = ".num_batches_tracked";

    @Test
    void resNet20IsThatOfItsCheckpoint() throws IOException {
        Map<String, String> state =
                withoutCounters(shapes(ResNet20Model.create(1).stateDict()), 19);

        assertThat(state).containsExactlyEntriesOf(expected("resnet20_state.txt"));
        assertThat(elements(parameters(state))).isEqualTo(269_722);
    }

    @Test
    void resNet18IsThatOfTorchvision() throws IOException {
        Map<String, String> state =
                withoutCounters(shapes(ResNet18Model.create(1).stateDict()), 20);

        assertThat(state).containsExactlyEntriesOf(expected("resnet18_state.txt"));
        assertThat(elements(parameters(state))).isEqualTo(11_689_512);
    }

    @Test
    void vgg16IsThatOfTorchvision() throws IOException {
        Map<String, String> state = shapes(Vgg16Model.create(1).stateDict());

        assertThat(state).containsExactlyEntriesOf(expected("vgg16_state.txt")).hasSize(32);
        assertThat(elements(state)).isEqualTo(138_357_544);
    }

    /** The files do not list them: each stands behind a running variance. */
    private static Map<String, String> withoutCounters(Map<String, String> state, int expected) {
        Map<String, String> others = new LinkedHashMap<>(state);
        others.keySet().removeIf(key -> key.endsWith(COUNTER));
        assertThat(state.keySet())
                .filteredOn(key -> key.endsWith(COUNTER))
                .hasSize(expected)
                .allSatisfy(key -> assertThat(others).containsKey(key.replace(COUNTER, ".running_var")));
        return others;
    }

    private static Map<String, String> parameters(Map<String, String> state) {
        Map<String, String> parameters = new LinkedHashMap<>(state);
        parameters.keySet().removeIf(key -> key.contains(".running_"));
        return parameters;
    }

    /** Without the values, so that a large model need not stay in memory. */
    private static Map<String, String> shapes(Map<String, Tensor> state) {
        Map<String, String> shapes = new LinkedHashMap<>();
        state.forEach((key, tensor) -> shapes.put(
                key, IntStream.of(tensor.shape()).mapToObj(Integer::toString).collect(Collectors.joining("x"))));
        return shapes;
    }

    private static long elements(Map<String, String> shapes) {
        return shapes.values().stream()
                .mapToLong(shape ->
                        Stream.of(shape.split("x")).mapToLong(Long::parseLong).reduce(1, Math::multiplyExact))
                .sum();
    }

    /** A line for each entry: its key and its shape. */
    private static Map<String, String> expected(String file) throws IOException {
        Map<String, String> shapes = new LinkedHashMap<>();
        try (InputStream golden = StateDictTest.class.getResourceAsStream("/golden/" + file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(golden, StandardCharsets.UTF_8))) {
            lines.lines().map(line -> line.split(" ")).forEach(entry -> shapes.put(entry[0], entry[1]));
        }
        return shapes;
    }
}
