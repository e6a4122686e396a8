package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A new model's parameters against sums, squares and ends of PyTorch's. */
final class StartingWeights {
    private StartingWeights() {}

    static void check(NetworkText network, Model model, Map<?, ?> expected) {
        List<Object> keys = new ArrayList<>();
        double worst = 0;
        for (ParameterSpec spec : model.parameters().specs()) {
            if (spec.kind() != ParameterSpec.Kind.PARAMETER) {
                continue;
            }
            keys.add(spec.key());
            String rule = spec.redraw().orElse(spec.initial()).toString();
            String what = network + " " + spec.key() + ", " + rule;
            double share = rule.startsWith("orthogonal") ? 1e-5 : rule.contains("normal") ? 1e-6 : 0;
            worst = Math.max(
                    worst,
                    check(
                            what,
                            share,
                            model.parameters().get(spec.key()).toArray(),
                            Golden.map(expected.get(spec.key()))));
        }
        assertThat(keys).containsExactlyInAnyOrderElementsOf(expected.keySet());
        System.out.printf("%s: largest difference %.1e of a parameter's largest\n", network, worst);
    }

    /** @param share of the largest value that each may differ by: 0 for uniform numbers and constants */
    private static double check(String what, double share, float[] actual, Map<?, ?> expected) {
        double sum = 0;
        double size = 0;
        double squares = 0;
        double largest = 0;
        for (float value : actual) {
            sum += value;
            size += Math.abs(value);
            squares += (double) value * value;
            largest = Math.max(largest, Math.abs(value));
        }
        // each step of a plain sum rounds
        double rounding = 1e-12 + actual.length * 0x1p-53;
        assertThat(sum)
                .as("the sum of %s", what)
                .isCloseTo(Golden.number(expected.get("sum")), within(1e-12 + size * (share + rounding)));
        assertThat(squares)
                .as("the squares of %s", what)
                .isCloseTo(Golden.number(expected.get("squares")), within(squares * (2 * share + rounding)));
        float[] first = Golden.floats(expected.get("first"));
        float[] last = Golden.floats(expected.get("last"));
        double worst = 0;
        for (int i = 0; i < first.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - first[i]));
        }
        for (int i = 0; i < last.length; i++) {
            worst = Math.max(worst, Math.abs(actual[actual.length - last.length + i] - last[i]));
        }
        assertThat(worst).as(what).isLessThanOrEqualTo(share * largest);
        return largest == 0 ? 0 : worst / largest;
    }
}
