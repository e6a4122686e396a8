package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions before max pools, whose gradients are summed over windows: values, gradients and bits. */
class SparseGradientTest {
    private static final List<OperatorCase> CASES =
            OperatorCase.draw(List.of(new OperatorCase.Drawing("Pooled", 1.5, SparseGradientTest::draw)), 24);

    static List<OperatorCase> networks() {
        return CASES;
    }

    @AfterAll
    static void release() {
        OperatorCase.release(CASES);
    }

    /** One or two of: a convolution, perhaps an activation, and a pool, over sizes that windows need not fill. */
    private static NetworkSource draw(Dice dice) {
        int channels = dice.one(1, 2, 3, 5, 8, 16, 17, 32, 40);
        int height = dice.from(4, 13);
        int width = dice.from(4, 13);
        NetworkSource source = NetworkSource.of(List.of(List.of(channels, height, width)));
        for (int i = 0; i < 2 && Math.min(height, width) >= 4; i++) {
            int rows = dice.from(1, Math.min(5, height - 1));
            int columns = dice.from(2, Math.min(5, width - 1));
            int top = dice.from(0, rows - 1);
            int left = dice.from(0, columns - 1);
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("outChannels", dice.one(1, 2, 3, 4, 7, 16, 18, 33, 48));
            attributes.put("kernelSize", List.of(rows, columns));
            attributes.put("padding", List.of(top, left));
            attributes.put("bias", dice.flip());
            boolean observed = dice.once(5);
            source = source.layer(
                    (observed ? "@KeepOutput " : "") + AnnotationText.of("Conv2d", attributes) + " Layer conv" + i);
            if (dice.flip()) {
                source = source.layer("@" + dice.one("ReLU", "ReLU", "Tanh", "ReLU6") + " Layer active" + i);
            }
            source = source.layer("@MaxPool2d(kernelSize = 2) Layer pool" + i);
            height = (height + 2 * top - rows + 1) / 2;
            width = (width + 2 * left - columns + 1) / 2;
        }
        return source.layer("@Flatten Layer flatten").layer("@Linear(outFeatures = 3) Layer fc");
    }

    private static Numbers numbers(OperatorCase drawn) {
        Dice dice = new Dice(~drawn.seed());
        return Numbers.draw(drawn.network(), dice.once(8) ? 17 : dice.from(1, 3), drawn.range(), dice);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithTheReference(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = numbers(drawn);
            Outcome outcome = drawn.run(512, OperatorCase.ONE_THREAD, numbers);
            Agreement.checkValues(drawn.network(), numbers, outcome, Agreement.NETWORK);
            Agreement.checkGradients(drawn.network(), numbers, outcome, Agreement.NETWORK, new Dice(drawn.seed()));
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void hasTheSameBitsWithEveryKindOfKernelsAndAnyNumberOfThreads(OperatorCase drawn) {
        drawn.check(() -> {
            Numbers numbers = numbers(drawn);
            Outcome scalar = drawn.run(CompiledNetworks.SCALAR, OperatorCase.ONE_THREAD, numbers);
            for (int bits : new int[] {512, 256, 128}) {
                SameBits.check(bits + " bits", drawn.run(bits, OperatorCase.ONE_THREAD, numbers), "scalar", scalar);
            }
            SameBits.check("four threads", drawn.run(256, OperatorCase.FOUR_THREADS, numbers), "one", scalar);
        });
    }
}
