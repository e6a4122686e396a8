package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.NetwrightProcessor;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;

/** Limits that a network is compiled against. Of memory see {@link ServedMemoryTest}, which measures it. */
class BudgetTest {
    private static Compilation compile(String budget, String... options) {
        return Compiler.javac()
                .withProcessors(new NetwrightProcessor())
                .withOptions(List.of(
                        "-Anetwright.kernels=scalar", options.length == 0 ? "-Anetwright.report=off" : options[0]))
                .compile(JavaFileObjects.forSourceString("app.Net", """
                        package app;
                        import dev.netwright.annotations.*;
                        %s
                        class Net {
                            @Conv2d(outChannels = 2, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @Flatten Layer flatten;
                            @Linear(outFeatures = 3) Layer fc;
                        }
                        """.formatted(budget)));
    }

    private static List<String> told(Compilation compilation, Kind kind) {
        return compilation.diagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == kind)
                .map(diagnostic -> diagnostic.getLineNumber() + ": "
                        + diagnostic.getMessage(Locale.ROOT).lines().findFirst().orElseThrow())
                .toList();
    }

    private static List<String> errors(String budget) {
        return told(compile("@Network(input = {1, 4, 4}) " + budget), Kind.ERROR);
    }

    @Test
    void aBudgetThatIsKeptSaysNothing() {
        // 18 + 4 + 27 parameters; 4 statistics and a counter besides in a file
        String budget =
                "@Budget(parameters = 49, fileBytes = 4 * 53 + 8, inferenceBytes = 10_000, trainingBytes = 100_000)";

        Compilation compilation = compile("@Network(input = {1, 4, 4}) " + budget);

        assertThat(told(compilation, Kind.ERROR)).isEmpty();
        assertThat(told(compilation, Kind.WARNING)).noneMatch(text -> text.contains("budget"));
    }

    @Test
    void eachFigureAboveItsLimitIsToldAtTheLimit() {
        assertThat(errors("@Budget(parameters = 48)"))
                .containsExactly(
                        "3: [netwright/budget] Net has 49 parameters, but its @Budget is 48. Most of it: fc 27,"
                                + " conv 18, bn 4. Make it smaller, or write parameters = 49.");
        assertThat(errors("@Budget(fileBytes = 219)"))
                .singleElement()
                .asString()
                .startsWith("3: [netwright/budget] Net has 220 bytes of weights in a file, but its @Budget is 219."
                        + " Most of it: fc 108, conv 72, bn 16.");
        assertThat(errors("@Budget(inferenceBytes = 1, trainingBytes = 1, batch = 7)"))
                .hasSize(2)
                .anyMatch(error ->
                        error.contains(" bytes to predict one sample, but its @Budget is 1. Most of it: weights "))
                // a sample's 2 channels of 2 by 2, each in a whole vector
                .anyMatch(
                        error -> error.contains(" bytes to train batches of 7, but its @Budget is 1. Most of it: conv "
                                + String.format(Locale.ROOT, "%,d", 7 * 4 * 16 * Float.BYTES)));
    }

    @Test
    void operationsAreThoseOfTheReport() {
        // 2 x 2 x 2 outputs of 9 products; 8 normalised by a product and a sum; 3 sums of 8 products, biases not
        // counted
        int products = 2 * 8 * 9 + 2 * 8 + 2 * 3 * 8;

        assertThat(errors("@Budget(flops = 1)"))
                .singleElement()
                .asString()
                .startsWith("3: [netwright/budget] Net has " + products
                        + " operations a sample, but its @Budget is 1. Most" + " of it: conv 144,");
    }

    @Test
    void latencyIsToldAsAPredictionForAMachine() {
        assertThat(errors("@Budget(latencyMicros = 1_000_000)")).isEmpty();
        assertThat(told(compile("@Network(input = {64, 56, 56}) @Budget(latencyMicros = 9)"), Kind.ERROR))
                .singleElement()
                .asString()
                .matches(
                        "3: \\[netwright/budget\\] Net has [\\d,]+ predicted microseconds for one sample on one thread,"
                                + " but its @Budget is 9\\. Most of it: products of tiles \\d+, .+ Make it smaller, or write"
                                + " latencyMicros = [\\d_]+\\. A prediction for AMD EPYC .+ half are within \\d+ %, the"
                                + " furthest off by \\d+ % \\(.+\\)\\.");
        assertThat(errors("@Budget(latencyMicros = 0)"))
                .containsExactly(
                        "3: [netwright/budget-limit] @Budget has latencyMicros = 0, but it must be at least 1.");
    }

    @Test
    void itMayWarnInstead() {
        Compilation compilation = compile("@Network(input = {1, 4, 4}) @Budget(parameters = 3, fails = false)");

        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(told(compilation, Kind.WARNING))
                .anyMatch(text -> text.startsWith("3: [netwright/budget] Net has 49 parameters"));
    }

    @Test
    void whatIsNotTrainedHasNoTrainingToCompare() {
        Compilation compilation =
                compile("@Network(input = {1, 4, 4}) @Budget(trainingBytes = 1)", "-Anetwright.generate=inference");

        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
    }

    @Test
    void limitsThatLimitNothingAreRefused() {
        assertThat(errors("@Budget"))
                .containsExactly(
                        "3: [netwright/budget-limit] @Budget has no limit. Write parameters = 1_000_000, say.");
        assertThat(errors("@Budget(flops = -5)"))
                .containsExactly("3: [netwright/budget-limit] @Budget has flops = -5, but it must be at least 1.");
        assertThat(errors("@Budget(trainingBytes = 10, batch = 0)"))
                .containsExactly("3: [netwright/budget-limit] @Budget has batch = 0, but it must be at least 1.");
        assertThat(told(compile("@Network @Budget(flops = 5)"), Kind.ERROR))
                .containsExactly(
                        "3: [netwright/budget-limit] @Budget has nothing to compare with, as Net has no input. Write"
                                + " it on the class that has one.");
    }
}
