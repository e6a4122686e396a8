package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.graph.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests of the tests: an error of one part in a hundred must not pass them. */
class InjectedErrorTest {
    private static final NetworkSource LEAKY = NetworkSource.of(List.of(List.of(5, 3, 3)))
            .named("LeakyNet")
            .layer("@LeakyReLU(negativeSlope = 0.2) Layer layer");
    private static final NetworkSource LINEAR = NetworkSource.of(List.of(List.of(7)))
            .named("LinearNet")
            .loss("@MSELoss")
            .layer("@Linear(outFeatures = 3) Layer layer");

    private static final List<OperatorCase> CASES = OperatorCase.draw(
            OperatorRows.all().stream().map(OperatorRow::drawing).toList(), 1);

    static List<OperatorCase> cases() {
        return CASES;
    }

    @AfterAll
    static void release() {
        OperatorCase.release(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noGradientOfAnyOperatorMayBeOnePercentTooLarge(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = drawn.numbers();
            Outcome right = drawn.run(256, OperatorCase.ONE_THREAD, numbers);
            right.values().keySet().stream()
                    .filter(name -> name.contains("gradient ")
                            && isAnything(right.values().get(name)))
                    .forEach(name -> assertThatThrownBy(() -> Agreement.checkGradients(
                                    drawn.network(),
                                    numbers,
                                    scaled(right, name),
                                    Agreement.ONE_OPERATOR,
                                    new Dice(drawn.seed())))
                            .as(name)
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining(name));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noValueOfAnyOperatorMayBeOnePercentTooLarge(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = drawn.numbers();
            Outcome right = drawn.run(256, OperatorCase.ONE_THREAD, numbers);
            right.values().keySet().stream()
                    .filter(name -> name.startsWith(Outcome.PREDICT)
                            && isAnything(right.values().get(name)))
                    .forEach(name -> assertThatThrownBy(() -> Agreement.checkValues(
                                    drawn.network(), numbers, scaled(right, name), Agreement.ONE_OPERATOR))
                            .as(name)
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining(name));
        });
    }

    private static boolean isAnything(float[] values) {
        for (float each : values) {
            if (each != 0) {
                return true;
            }
        }
        return false;
    }

    private static Outcome scaled(Outcome right, String name) {
        Map<String, float[]> values = new LinkedHashMap<>(right.values());
        float[] wrong = values.get(name).clone();
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] *= 1.01f;
        }
        values.put(name, wrong);
        return new Outcome(values, right.masks());
    }

    @Test
    void aMistakeInGeneratedGradientCodeIsCaught() {
        CompiledNetworks compiled = CompiledNetworks.of(List.of(LEAKY, LINEAR));
        catchesInGradients(compiled, "LinearNet", "x2[x2Base]", "1.01f * x2[x2Base]");
    }

    @Test
    void aMistakeInGeneratedForwardCodeIsCaught() {
        CompiledNetworks compiled = CompiledNetworks.of(List.of(LEAKY, LINEAR));
        CompiledNetworks wrong = changed(compiled, "0.2f", "0.202f");
        Numbers numbers = numbers(compiled, "LeakyNet");
        Network network = compiled.network("LeakyNet", 512).network();
        Agreement.checkValues(network, numbers, run(compiled, "LeakyNet", numbers), Agreement.ONE_OPERATOR);
        assertThatThrownBy(() -> Agreement.checkValues(
                        network, numbers, run(wrong, "LeakyNet", numbers), Agreement.ONE_OPERATOR))
                .isInstanceOf(AssertionError.class);
    }

    private static void catchesInGradients(CompiledNetworks compiled, String name, String right, String mistake) {
        CompiledNetworks wrong = changed(compiled, right, mistake);
        Numbers numbers = numbers(compiled, name);
        Network network = compiled.network(name, 512).network();
        Agreement.checkGradients(network, numbers, run(compiled, name, numbers), Agreement.ONE_OPERATOR, new Dice(1));
        assertThatThrownBy(() -> Agreement.checkGradients(
                        network, numbers, run(wrong, name, numbers), Agreement.ONE_OPERATOR, new Dice(1)))
                .isInstanceOf(AssertionError.class);
    }

    private static CompiledNetworks changed(CompiledNetworks compiled, String right, String mistake) {
        assertThat(compiled.sources().values()).anyMatch(source -> source.contains(right));
        return compiled.changed(source -> source.replace(right, mistake));
    }

    private static Numbers numbers(CompiledNetworks compiled, String name) {
        return Numbers.draw(compiled.network(name, 512).network(), 3, 2, new Dice(1));
    }

    private static Outcome run(CompiledNetworks compiled, String name, Numbers numbers) {
        return Outcome.of(compiled.network(name, 512).create(1, OperatorCase.ONE_THREAD), numbers);
    }
}
