package dev.netwright.processor.operators;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs, targets, results and gradients of the caller's that are exactly as long as they must be, where kernels see
 * them beside values with padding: nothing is read or written beyond, and the numbers are right.
 */
class CallersArraysTest {
    private static final List<NetworkSource> NETWORKS = IntStream.range(0, 60)
            .mapToObj(seed -> draw(seed).named("Array" + seed))
            .toList();
    private static final CompiledNetworks COMPILED = CompiledNetworks.of(NETWORKS);

    /** Flattened rows or images of sizes around a whole vector, with losses that stay apart, others, and none. */
    private static NetworkSource draw(int seed) {
        Dice dice = new Dice(seed);
        boolean found = seed == 0;
        List<Integer> shape = found
                ? List.of(4, 1, 1)
                : List.of(dice.one(1, 2, 4, 8, 16), dice.one(1, 2, 3, 4), dice.one(1, 2, 4, 8));
        NetworkSource source = NetworkSource.of(List.of(shape));
        List<String> losses = List.of("@MSELoss", "@L1Loss", "@BCEWithLogitsLoss", "@CrossEntropyLoss", "");
        String loss = losses.get(found ? 0 : dice.from(0, 4));
        String reduction = found || dice.flip() ? "(reduction = Reduction.NONE)" : "";
        source = loss.isEmpty() ? source : source.loss(loss + reduction);
        source = source.layer(
                found || dice.flip()
                        ? "@Linear(outFeatures = " + (found ? 4 : dice.one(1, 2, 4, 8, 16)) + ") Layer first"
                        : "@Conv2d(outChannels = " + dice.one(1, 2, 4, 16) + ", kernelSize = 1) Layer first");
        if (!found && dice.flip()) {
            source = source.layer("@Tanh Layer activation");
        }
        return source.layer(
                found || dice.flip()
                        ? "@Flatten Layer last"
                        : "@Flatten(" + dice.one("endDim = 2", "startDim = 2") + ") Layer last");
    }

    static List<NetworkSource> networks() {
        return NETWORKS;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void areEnough(NetworkSource source) {
        String name = source.name();
        try {
            for (int n = 1; n <= 3; n++) {
                Dice dice = new Dice(n);
                GeneratedModel model = COMPILED.network(name, 512).create(1, OperatorCase.ONE_THREAD);
                Numbers numbers = Numbers.draw(model.network(), n, 2, dice);
                Outcome vector = Outcome.of(model, numbers);
                Agreement.checkValues(model.network(), numbers, vector, Agreement.NETWORK);
                Agreement.checkGradients(model.network(), numbers, vector, Agreement.NETWORK, dice);
                GeneratedModel scalar =
                        COMPILED.network(name, CompiledNetworks.SCALAR).create(1, OperatorCase.ONE_THREAD);
                SameBits.check("scalar", Outcome.of(scalar, numbers), "vectors", vector);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(e + "\n" + source.text(), e);
        }
    }
}
