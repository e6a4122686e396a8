package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.reference.GoldenCase;
import dev.netwright.processor.reference.GoldenCases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** PyTorch's numbers of layers that take the indices of a max pool, which reads another input than they. */
class UnpoolTest {
    private static NetworkSource source(GoldenCase golden, String name) {
        Map<String, Object> unpool = new LinkedHashMap<>();
        golden.named()
                .forEach((argument, value) -> unpool.put(
                        argument.equals("kernel_size")
                                ? "kernelSize"
                                : argument.equals("output_size") ? "outputSize" : argument,
                        value));
        Map<String, Object> pool = new LinkedHashMap<>(unpool);
        pool.remove("outputSize");
        String pooling = golden.module().replace("Unpool", "Pool");
        List<List<Integer>> samples = golden.inputs().stream()
                .map(input -> input.shape().subList(1, input.shape().size()))
                .toList();
        return NetworkSource.of(samples)
                .named(name)
                .layer(AnnotationText.of(pooling, pool).replace(")", ", from = \"b\") Layer pool"))
                .layer(AnnotationText.of(golden.module(), unpool)
                        .replace(")", ", from = \"a\", indices = \"pool\") Layer layer"));
    }

    @Test
    void agreesWithPyTorch() {
        List<GoldenCase> cases = Stream.of("MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d")
                .flatMap(module -> GoldenCases.of(module).stream())
                .toList();
        assertThat(cases).hasSize(7);
        List<NetworkSource> sources = new ArrayList<>();
        cases.forEach(golden -> sources.add(source(golden, "Unpool" + sources.size())));
        CompiledNetworks compiled = CompiledNetworks.of(sources);
        for (int i = 0; i < cases.size(); i++) {
            check(cases.get(i), compiled.network("Unpool" + i, 512).create(1, OperatorCase.ONE_THREAD));
        }
    }

    private static void check(GoldenCase golden, GeneratedModel model) {
        int n = golden.inputs().get(0).shape().get(0);
        List<Object> inputs = golden.inputs().stream()
                .<Object>map(input -> Numbers.floats(input.data()))
                .toList();
        close(model.predict(inputs, n).get("layer"), golden.output().data());
        close(model.forward(inputs, n).get("layer"), golden.output().data());
        model.backward(List.of(Numbers.floats(golden.outputGradient().data())), n);
        close(
                model.inputGradients().get("a").toArray(),
                golden.inputGradients().get(0).data());
        assertThat(model.inputGradients().get("b").toArray()).containsOnly(0);
    }

    private static void close(float[] actual, double[] expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
