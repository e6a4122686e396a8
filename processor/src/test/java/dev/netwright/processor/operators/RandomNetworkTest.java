package dev.netwright.processor.operators;

import dev.netwright.processor.generated.CompiledNetworks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole networks, as random as the operators: what passes and plan make of them computes what was declared. */
class RandomNetworkTest {
    private static final int NETWORKS = Integer.getInteger("netwright.test.networks", 60);
    private static final List<OperatorCase> CASES =
            OperatorCase.draw(List.of(new OperatorCase.Drawing("Random", 1.5, RandomNetwork::draw)), NETWORKS);
    private static final List<OperatorCase> INTEGERS = OperatorCase.draw(
            List.of(new OperatorCase.Drawing("Integers", 1.5, RandomNetwork::drawIntegers)), NETWORKS / 4);

    static List<OperatorCase> networks() {
        return Stream.of(CASES, INTEGERS).flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithTheReference(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = numbers(drawn);
            Outcome outcome = drawn.run(512, OperatorCase.ONE_THREAD, numbers);
            Agreement.checkValues(drawn.graph(), numbers, outcome, Agreement.NETWORK);
            Agreement.checkGradients(drawn.graph(), numbers, outcome, Agreement.NETWORK, new Dice(drawn.seed()));
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void hasTheSameBitsWithOtherKernelsAndThreads(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = numbers(drawn);
            Outcome vector = drawn.run(512, OperatorCase.ONE_THREAD, numbers);
            SameBits.check(
                    "scalar kernels and four threads",
                    drawn.run(CompiledNetworks.SCALAR, OperatorCase.FOUR_THREADS, numbers),
                    "vectors",
                    vector);
        });
    }

    /** Batch normalisation may have one value per sample and channel, and then wants two samples. */
    private static Numbers numbers(OperatorCase drawn) {
        Dice dice = new Dice(~drawn.seed());
        return Numbers.draw(drawn.graph(), dice.from(2, 4), drawn.range(), dice);
    }
}
