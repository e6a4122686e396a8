package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.reference.ReferenceInterpreter;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Layers that only a loss judges, such as GoogLeNet's auxiliary classifiers: predictions do not compute them. */
class AuxiliaryLossTest {
    private static final int SAMPLES = 37;
    private static final String BODY = """
            @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv1;
            @ReLU Layer relu1;
            """;

    private static final String HEAD = """
            @AvgPool2d(kernelSize = 2) Layer auxPool;
            @Conv2d(outChannels = 8, kernelSize = 1, bias = false) Layer auxConv;
            @BatchNorm2d Layer auxNorm;
            @ReLU Layer auxRelu;
            @Flatten Layer auxFlatten;
            @Linear(outFeatures = 5) %s Layer aux;
            """;

    private static final String TAIL = """
            @Conv2d(outChannels = 16, kernelSize = 3, padding = 1, from = "relu1") Layer conv2;
            @MaxPool2d(kernelSize = 2) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 5) Layer fc;
            """;

    private static final String LOSSES =
            "@Network(input = {3, 8, 8}) @CrossEntropyLoss(of = \"fc\") @CrossEntropyLoss(of = \"aux\", scale = 0.3)";

    private static final NetworkText AUXILIARY =
            NetworkText.of("AuxiliaryNet", LOSSES, BODY + HEAD.formatted("") + TAIL);
    private static final NetworkText KEPT =
            NetworkText.of("AuxiliaryKeptNet", LOSSES, BODY + HEAD.formatted("@KeepOutput") + TAIL);
    private static final NetworkText PLAIN =
            NetworkText.of("PlainNet", "@Network(input = {3, 8, 8}) @CrossEntropyLoss", BODY + TAIL);
    private static final CompiledNetworks BUILT = CompiledNetworks.of(AUXILIARY, KEPT, PLAIN);

    private final List<float[]> images = List.of(images());
    private final int[] classes = IntStream.range(0, SAMPLES).map(i -> i % 5).toArray();
    private final List<int[]> targets = List.of(classes, classes);

    private static float[] images() {
        float[] images = new float[SAMPLES * 3 * 8 * 8];
        for (int i = 0; i < images.length; i++) {
            images[i] = i * 7919L % 255 / 127f - 1;
        }
        return images;
    }

    private static GeneratedModel model(NetworkText network) {
        return BUILT.network(network, CompiledNetworks.SCALAR)
                .create(4, Options.defaults().threads(2));
    }

    private static List<String> steps(Plan.Program program, Phase phase) {
        return program.steps().stream()
                .filter(step -> step.phase() == phase)
                .map(Step::name)
                .toList();
    }

    @Test
    void predictionsRunTheStepsOfTheNetworkWithoutThem() {
        Plan auxiliary = Planned.of(AUXILIARY).plan();
        Plan kept = Planned.of(KEPT).plan();
        Plan plain = Planned.of(PLAIN).plan();
        assertThat(steps(auxiliary.inference(), Phase.FORWARD)).isEqualTo(steps(plain.inference(), Phase.FORWARD));
        assertThat(steps(auxiliary.inference(), Phase.LOSS))
                .hasSizeGreaterThan(steps(plain.inference(), Phase.LOSS).size() + 2)
                .anyMatch(name -> name.startsWith("auxConv"));
        assertThat(steps(kept.inference(), Phase.FORWARD)).anyMatch(name -> name.startsWith("auxConv"));
        assertThat(steps(auxiliary.training().orElseThrow(), Phase.FORWARD))
                .anyMatch(name -> name.startsWith("auxConv"));
    }

    @Test
    void theyPredictTheSameAndEvaluateWithAllLosses() {
        GeneratedModel auxiliary = model(AUXILIARY);
        auxiliary.trainStep(images, targets, SAMPLES, SGD.of(0.1f));
        Map<String, Tensor> state = auxiliary.model().stateDict();
        GeneratedModel kept = model(KEPT);
        kept.model().loadStateDict(state);
        GeneratedModel plain = model(PLAIN);
        Map<String, Tensor> some = new TreeMap<>(state);
        some.keySet().removeIf(key -> key.startsWith("aux"));
        plain.model().loadStateDict(some);

        float[] predicted = plain.predict(images, SAMPLES).get("fc");
        assertThat(auxiliary.predict(images, SAMPLES).get("fc")).isEqualTo(predicted);
        assertThat(kept.predict(images, SAMPLES).get("fc")).isEqualTo(predicted);

        float loss = auxiliary.evaluate(images, targets, SAMPLES);
        assertThat(kept.evaluate(images, targets, SAMPLES)).isCloseTo(loss, within(1e-6f));
        assertThat((double) loss).isCloseTo(reference(auxiliary), within(1e-5));
        assertThat(loss).isGreaterThan(plain.evaluate(images, List.of(classes), SAMPLES) + 0.1f);
        // after it, what was computed for losses is gone, and predictions are as before
        assertThat(auxiliary.predict(images, SAMPLES).get("fc")).isEqualTo(predicted);
        assertThat(auxiliary.evaluate(images, targets, SAMPLES)).isEqualTo(loss);
    }

    private double reference(GeneratedModel model) {
        Map<String, double[]> state = new TreeMap<>();
        model.model()
                .stateDict()
                .forEach(
                        (key, tensor) -> state.put(key, doubles(tensor.toFloat().toArray())));
        double[] labels = IntStream.of(classes).asDoubleStream().toArray();
        ReferenceInterpreter.Feed feed = new ReferenceInterpreter.Feed(
                SAMPLES,
                Map.of(model.network().inputs().get(0).name(), doubles(images.get(0))),
                List.of(labels, labels),
                state,
                Map.of());
        return new ReferenceInterpreter(model.network(), false).loss(feed);
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
