package dev.netwright.runtime.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.testing.Golden;
import dev.netwright.testing.PythonWithTorch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of torch.nn.init, one tensor after the other from one generator, against PyTorch's own numbers. */
class InitialFunctionsTest {
    private static final Map<String, Function<int[], Initial>> RULES = Map.ofEntries(
            Map.entry("uniform(-0.3, 0.7)", shape -> Initial.uniform(-0.3f, 0.7f)),
            Map.entry("normal(0.5, 2)", shape -> Initial.normal(0.5, 2)),
            Map.entry("constant(3.1)", shape -> Initial.constant(3.1f)),
            Map.entry("ones", shape -> Initial.constant(1)),
            Map.entry("zeros", shape -> Initial.constant(0)),
            Map.entry("trunc_normal(0.1, 1, -1, 2)", shape -> Initial.truncatedNormal(0.1, 1, -1, 2)),
            Map.entry("trunc_normal(0, 0.02, -2, 2)", shape -> Initial.truncatedNormal(0, 0.02, -2, 2)),
            Map.entry("xavier_uniform(1)", shape -> Initial.xavierUniform(fanIn(shape), fanOut(shape), 1)),
            Map.entry(
                    "xavier_uniform(tanh)",
                    shape -> Initial.xavierUniform(fanIn(shape), fanOut(shape), Gain.TANH.value())),
            Map.entry(
                    "xavier_normal(selu)",
                    shape -> Initial.xavierNormal(fanIn(shape), fanOut(shape), Gain.SELU.value())),
            Map.entry(
                    "kaiming_uniform(0, fan_in, leaky_relu)",
                    shape -> Initial.kaimingUniform(fanIn(shape), Gain.LEAKY_RELU.value(0))),
            Map.entry(
                    "kaiming_uniform(0.2, fan_in, leaky_relu)",
                    shape -> Initial.kaimingUniform(fanIn(shape), Gain.LEAKY_RELU.value(0.2))),
            Map.entry(
                    "kaiming_uniform(0, fan_out, sigmoid)",
                    shape -> Initial.kaimingUniform(fanOut(shape), Gain.SIGMOID.value())),
            Map.entry(
                    "kaiming_normal(0, fan_out, relu)",
                    shape -> Initial.kaimingNormal(fanOut(shape), Gain.RELU.value(0))),
            Map.entry(
                    "kaiming_normal(0.01, fan_in, leaky_relu)",
                    shape -> Initial.kaimingNormal(fanIn(shape), Gain.LEAKY_RELU.value())),
            Map.entry(
                    "kaiming_normal(0, fan_in, linear)",
                    shape -> Initial.kaimingNormal(fanIn(shape), Gain.LINEAR.value())),
            Map.entry("orthogonal(relu)", shape -> Initial.orthogonal(shape[0], fanIn(shape), Gain.RELU.value())),
            Map.entry("eye", shape -> Initial.eye(shape[0], shape[1])),
            Map.entry("dirac(1)", shape -> Initial.dirac(1, shape)),
            Map.entry("dirac(2)", shape -> Initial.dirac(2, shape)));

    private static final String FOLDER = "golden/";

    private static int fanIn(int[] shape) {
        return elements(shape) / shape[0];
    }

    private static int fanOut(int[] shape) {
        return elements(shape) / shape[1];
    }

    private static int elements(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static InputStream resource(String name) {
        return InitialFunctionsTest.class.getClassLoader().getResourceAsStream(FOLDER + name);
    }

    @Test
    void everyFunctionGivesPyTorchsNumbers() throws IOException {
        try (InputStream lines = resource("init_functions.jsonl")) {
            check(lines);
        }
    }

    /** Sizes of 1 to 40 elements, of all remainders by 16, and up to 100,000. */
    @Test
    void everyFunctionGivesTheNumbersOfThePyTorchHere(@TempDir Path folder) throws Exception {
        String python = PythonWithTorch.thatRuns("import torch");
        Path script = folder.resolve("init_functions.py");
        try (InputStream text = resource("init_functions.py")) {
            Files.copy(text, script);
        }
        Process process = new ProcessBuilder(python, script.toString(), "all")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] lines = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        check(new ByteArrayInputStream(lines));
    }

    private static void check(InputStream lines) throws IOException {
        List<String> rules = new ArrayList<>();
        Golden.readAll(lines, line -> {
            rules.add((String) Golden.map(line).get("rule"));
            check(Golden.map(line));
        });
        assertThat(rules).containsExactlyInAnyOrderElementsOf(RULES.keySet());
    }

    private static void check(Map<?, ?> line) {
        String rule = (String) line.get("rule");
        MersenneTwister generator = new MersenneTwister(11);
        MersenneTwister skipping = new MersenneTwister(11);
        double worst = 0;
        for (Object each : Golden.list(line.get("cases"))) {
            Map<?, ?> expected = Golden.map(each);
            int[] shape = Golden.ints(expected.get("shape"));
            Initial initial = RULES.get(rule).apply(shape);
            float[] drawn = new float[elements(shape)];
            Arrays.fill(drawn, Float.NaN);
            initial.fill(drawn, generator);
            initial.skip(drawn.length, skipping);
            int some = Math.min(6, drawn.length);
            String what = rule + " of " + Arrays.toString(shape);
            worst = Math.max(worst, check(what, Arrays.copyOf(drawn, some), Golden.floats(expected.get("first"))));
            float[] last = Arrays.copyOfRange(drawn, drawn.length - some, drawn.length);
            worst = Math.max(worst, check(what, last, Golden.floats(expected.get("last"))));
            double sum = 0;
            double size = 0;
            for (float value : drawn) {
                sum += value;
                size += Math.abs(value);
            }
            assertThat(sum)
                    .as("the sum of %s", what)
                    .isCloseTo(Golden.number(expected.get("sum")), within(size * 1e-5));
        }
        assertThat(generator.uniform(0, 1)).as("what follows %s", rule).isEqualTo((float)
                Golden.number(line.get("next")));
        assertThat(skipping.uniform(0, 1)).as("what follows %s skipped", rule).isEqualTo((float)
                Golden.number(line.get("next")));
        System.out.printf("%s: largest difference %.1e of a tensor's largest\n", rule, worst);
    }

    /** Uniform numbers and constants bit for bit. */
    private static double check(String what, float[] actual, float[] expected) {
        double tolerance = what.startsWith("orthogonal") ? 1e-5 : what.contains("normal") ? 1e-6 : 0;
        double largest = 1e-3;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        double worst = 0;
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            worst = Math.max(worst, difference / largest);
            assertThat(difference)
                    .as("%s, %s of %s", what, actual[i], expected[i])
                    .isLessThanOrEqualTo(tolerance * largest);
        }
        return worst;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 623, 624, 625, 10_000})
    void skippedNumbersAreThoseThatWouldHaveBeenDrawn(int numbers) {
        MersenneTwister skipping = new MersenneTwister(5);
        MersenneTwister drawing = new MersenneTwister(5);
        skipping.nextInt();
        drawing.nextInt();
        skipping.skip(numbers);
        for (int i = 0; i < numbers; i++) {
            drawing.nextInt();
        }
        assertThat(skipping.nextInt()).isEqualTo(drawing.nextInt());
    }

    @Test
    void quantilesBelongToTheShareBelow() {
        for (int i = -1000; i <= 1000; i++) {
            double y = i / 1001.0;
            assertThat(TruncatedNormal.cdf(TruncatedNormal.quantile(y))).isCloseTo((1 + y) / 2, within(1e-15));
        }
        for (float y = 0.5f; y < 1; y = (1 + y) / 2) {
            double share = TruncatedNormal.cdf(-TruncatedNormal.quantile(y));
            assertThat(share).isCloseTo((1 - y) / 2, within(1e-15));
        }
        assertThat(TruncatedNormal.quantile(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(TruncatedNormal.cdf(-10)).isZero();
    }

    @Test
    void whatLiesOutsideIsCutOff() {
        float[] drawn = new float[100_000];
        Initial.truncatedNormal(0, 1, -0.5, 2).fill(drawn, new MersenneTwister(1));
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float value : drawn) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertThat(least).isBetween(-0.5, -0.499);
        assertThat(most).isBetween(1.99, 2.0);
    }

    @Test
    void refusesWhatPyTorchRefuses() {
        assertThatThrownBy(() -> Initial.truncatedNormal(0, 0, -2, 2))
                .hasMessage("The standard deviation must be above 0, but is 0.0.");
        assertThatThrownBy(() -> Initial.truncatedNormal(0, 1, 2, 2))
                .hasMessage("The lower end must be below the upper one, but they are 2.0 and 2.0.");
        assertThatThrownBy(() -> Initial.dirac(1, 3, 4))
                .hasMessage("The weights of a convolution have 3 to 5 dimensions, but the shape is [3, 4].");
        assertThatThrownBy(() -> Initial.dirac(2, 3, 4, 1, 1))
                .hasMessage("2 groups do not divide the 3 output channels of [3, 4, 1, 1].");
        assertThatThrownBy(() -> new MersenneTwister(0).skip(-1))
                .hasMessage("At least 0 numbers can be skipped, but not -1.");
    }
}
