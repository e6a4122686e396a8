package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.StateDicts;
import dev.netwright.testing.Golden;
import dev.netwright.testing.PythonWithTorch;
import dev.netwright.testing.Skipped;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GoogLeNet learns from its auxiliary heads as torchvision's does: the loss, every gradient and all statistics. */
class GoogLeNetTrainingTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");
    private static final int SAMPLES = 4;
    private static final int SIZE = 64;

    /**
     * Of a tensor's length. A number that rounding carries over a kink of ReLU costs more than sums in single precision do,
     * in which PyTorch's own gradients of these numbers differ by 2e-4 from those in double precision.
     */
    private static final double GRADIENT = 1e-2;

    private static final double STATISTICS = 1e-4;

    /** Masks are nobody else's, so that nothing drops here. */
    private static NetworkText text() {
        NetworkText extension = NetworkText.extension("GoogLeNet", """
                @CrossEntropyLoss(of = "fc")
                @CrossEntropyLoss(of = "aux1.fc2", scale = 0.3)
                @CrossEntropyLoss(of = "aux2.fc2", scale = 0.3)
                """, """
                @Head(from = "inception4a") Layer aux1;
                @Head(from = "inception4d") Layer aux2;
                @Dropout(p = 0) Layer dropout;
                """, 3, SIZE, SIZE);
        return new NetworkText(extension.name(), extension.text() + """

                @Block
                @interface Head {
                    String[] from() default {};

                    class Layers {
                        @AdaptiveAvgPool2d(outputSize = 4) Layer pool;
                        @dev.netwright.zoo.BasicConv2d(outChannels = 128) Layer conv;
                        @Flatten Layer flatten;
                        @Linear(outFeatures = 1024) Layer fc1;
                        @ReLU Layer relu;
                        @Linear(outFeatures = 1000) Layer fc2;
                    }
                }
                """, extension.others());
    }

    @Test
    void aStepIsTorchvisions(@TempDir Path folder) throws Exception {
        Skipped.unless(NIGHTLY, "a step of GoogLeNet takes half a minute, -Pnightly compares it with torchvision's");
        String python = PythonWithTorch.thatRuns("import torchvision");
        Map<String, Object> expected = new TreeMap<>();
        Golden.readAll(
                PythonScript.run(
                        folder,
                        "googlenet_step.py",
                        python,
                        String.valueOf(SAMPLES),
                        String.valueOf(SIZE),
                        folder.toString()),
                line -> Golden.map(line).forEach((key, value) -> expected.put(key.toString(), value)));
        int[] labels = new int[SAMPLES];
        float[] read = Golden.floats(expected.get("labels"));
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = (int) read[i];
        }

        NetworkText text = text();
        GeneratedModel net = CompiledNetworks.of(text).network(text).create(1, Options.defaults());
        net.model().loadStateDict(folder.resolve("drawn.pth"));
        float[] pictures = Golden.floats(expected.get("pictures"));
        float loss = net.loss(List.of(pictures), List.of(labels, labels, labels), SAMPLES);
        net.model().backward();

        assertThat((double) loss).isCloseTo(Golden.number(expected.get("loss")), within(1e-4 * loss));
        double gradients = check(net.model().gradients(), StateDicts.read(folder.resolve("gradients.pth")), GRADIENT);
        double states = check(net.model().stateDict(), StateDicts.read(folder.resolve("after.pth")), STATISTICS);
        System.out.printf("%s: loss %s, gradients differ by %.1e, states by %.1e\n", text, loss, gradients, states);
    }

    /** The largest difference, as a part of its tensor's length. */
    private static double check(Map<String, Tensor> actual, Map<String, Tensor> expected, double most) {
        assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        double worst = 0;
        for (Map.Entry<String, Tensor> entry : expected.entrySet()) {
            float[] wanted = entry.getValue().toFloat().toArray();
            float[] got = actual.get(entry.getKey()).toFloat().toArray();
            assertThat(got).as(entry.getKey()).hasSameSizeAs(wanted);
            double squares = 0;
            double differences = 0;
            for (int i = 0; i < wanted.length; i++) {
                squares += (double) wanted[i] * wanted[i];
                differences += Math.pow((double) got[i] - wanted[i], 2);
            }
            double share = differences == 0 ? 0 : Math.sqrt(differences / squares);
            assertThat(share).as(entry.getKey()).isLessThanOrEqualTo(most);
            worst = Math.max(worst, share);
        }
        return worst;
    }
}
