package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** Numbers that PyTorch computed, and models with the weights that it had. */
final class Expected {
    private Expected() {}

    /** Of words between spaces. */
    static float[] numbers(String text) {
        String[] words = text.strip().split("\\s+");
        float[] numbers = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Float.parseFloat(words[i]);
        }
        return numbers;
    }

    /** A function of 0, 1, 2 and so on. */
    static float[] values(int count, DoubleUnaryOperator of) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) of.applyAsDouble(i);
        }
        return values;
    }

    /**
     * A model whose parameters, one behind the other, are half the cosines of 0, 1, 2 and so on.
     *
     * @param zeros keys of those that are zeros, and do not count
     */
    static GeneratedModel model(CompiledNetworks built, String network, Set<String> zeros) {
        GeneratedModel model = built.network(network, 512).create(1, Options.defaults());
        int next = 0;
        for (ParameterSpec spec : model.model().definition().parameters()) {
            boolean zero = zeros.contains(spec.key());
            int first = next;
            int size = Arrays.stream(spec.shape()).reduce(1, Math::multiplyExact);
            float[] values = values(size, i -> zero ? 0 : Math.cos(first + i) / 2);
            model.model().parameters().set(spec.key(), Tensor.of(values, spec.shape()));
            next += zero ? 0 : size;
        }
        return model;
    }

    static void close(float[] actual, float[] expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
        }
    }
}
