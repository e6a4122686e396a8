package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.loss.Losses;
import dev.netwright.processor.networks.ClassFile;
import dev.netwright.processor.reference.PlainFunctions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operator, on random attributes and shapes. */
class OperatorTest {
    private static final int FEWEST_CASES = 5;

    private static final int CASES_PER_OPERATOR =
            Integer.getInteger("netwright.test.cases", Boolean.getBoolean("netwright.nightly") ? 24 : FEWEST_CASES);

    private static final List<OperatorCase> CASES = OperatorCase.draw(
            OperatorRows.all().stream()
                    .filter(row -> ChosenOperators.has(row.annotation()))
                    .map(OperatorRow::drawing)
                    .toList(),
            CASES_PER_OPERATOR);

    static List<OperatorCase> cases() {
        return CASES;
    }

    @AfterAll
    static void release() {
        OperatorCase.release(CASES);
    }

    @Test
    void everyOperatorHasARow() {
        assertThat(OperatorRows.LAYERS.stream().map(OperatorRow::annotation))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(Layers.names()));
        assertThat(OperatorRows.LOSSES.stream().map(OperatorRow::annotation))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(Losses.names()));
    }

    @Test
    void generatedCodeCompilesWithoutWarningsOfItsOwn() {
        assertThat(CASES.get(0).compiled().get().warnings())
                .allSatisfy(warning -> assertThat(warning).contains("incubat"));
    }

    @Test
    void kernelsAreShortEnoughForHotSpot() {
        CASES.get(0).compiled().get().classes().forEach((name, bytes) -> {
            if (name.endsWith("Kernels")) {
                ClassFile.of(bytes)
                        .codeLengths()
                        .forEach((method, length) -> assertThat(length)
                                .as("bytecodes of %s.%s", name, method)
                                // an initialiser, or a method for a long table, makes it once
                                .isLessThan(method.startsWith("<clinit>") || method.startsWith("_") ? 8_000 : 1_000));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheReference(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = drawn.numbers();
            Outcome outcome = drawn.run(512, OperatorCase.ONE_THREAD, numbers);
            Agreement.checkValues(drawn.network(), numbers, outcome, Agreement.ONE_OPERATOR);
            Agreement.checkGradients(drawn.network(), numbers, outcome, Agreement.ONE_OPERATOR, new Dice(drawn.seed()));
        });
    }

    /** In one test: of what is drawn, only layers and losses that have a function are compared. */
    @Test
    void agreesWithThePlainFunctions() {
        Set<String> compared = new TreeSet<>();
        for (OperatorCase drawn : CASES) {
            drawn.check(() -> compared.addAll(PlainAgreement.check(drawn.network(), drawn.numbers())));
        }
        System.out.println("compared with plain functions: " + compared);
        // fewer cases do not draw a layer of each that is written as its function is
        if (ChosenOperators.areAll() && CASES_PER_OPERATOR >= FEWEST_CASES) {
            assertThat(compared).containsAll(PlainFunctions.names());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheSameBitsWithEveryKindOfKernels(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = drawn.numbers();
            Outcome scalar = drawn.run(CompiledNetworks.SCALAR, OperatorCase.ONE_THREAD, numbers);
            for (int bits : new int[] {512, 256, 128, CompiledNetworks.NEON}) {
                SameBits.check(bits + " bits", drawn.run(bits, OperatorCase.ONE_THREAD, numbers), "scalar", scalar);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheSameBitsWithAnyNumberOfThreads(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = drawn.numbers();
            Outcome one = drawn.run(256, OperatorCase.ONE_THREAD, numbers);
            SameBits.check("four threads", drawn.run(256, OperatorCase.FOUR_THREADS, numbers), "one", one);
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predictsOneSampleAsInABatch(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = drawn.numbers();
            var model =
                    drawn.compiled().get().network(drawn.source().name(), 512).create(1, OperatorCase.ONE_THREAD);
            model.model().loadStateDict(numbers.stateDict(drawn.network()));
            var batch = model.predict(numbers.inputArrays(drawn.network()), numbers.samples());
            boolean ownStatistics = drawn.source().layers().get(0).contains("trackRunningStats = false");
            for (int s = 0; s < numbers.samples() && !ownStatistics; s++) {
                var alone = model.predict(numbers.only(s).inputArrays(drawn.network()), 1);
                for (Value output : drawn.network().outputs()) {
                    int size = output.shape().elements();
                    float[] part = Arrays.copyOfRange(batch.get(output.name()), s * size, (s + 1) * size);
                    SameBits.check("sample " + s + " alone", alone.get(output.name()), "in the batch", part);
                }
            }
        });
    }
}
