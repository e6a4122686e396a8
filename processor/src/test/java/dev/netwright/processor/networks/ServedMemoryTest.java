package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedNetwork;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.report.ReportFacts;
import dev.netwright.processor.report.TextReport;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.generated.PredictorBase;
import dev.netwright.testing.AllocatedBytes;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a model that predicts keeps on the heap: its weights once, what Winograd's algorithm derives from them, and the
 * activations of a sample.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ServedMemoryTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    private static final NetworkText EXACT = middle("EXACT");
    private static final NetworkText DEFAULT = middle("DEFAULT");
    private static final Options ALONE = Options.defaults().threads(1).predictionThreads(1);

    /** Like VGG16 in what convolutions and products have of the weights, with a fifteenth of them. */
    private static NetworkText middle(String precision) {
        return NetworkText.of(
                "Middle" + precision,
                "@Network(input = {64, 8, 8}, precision = Precision." + precision + ") @CrossEntropyLoss",
                """
                @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) Layer conv1;
                @ReLU Layer relu1;
                @Conv2d(outChannels = 256, kernelSize = 3, padding = 1) Layer conv2;
                @ReLU Layer relu2;
                @MaxPool2d(kernelSize = 2) Layer pool;
                @Flatten Layer flatten;
                @Linear(outFeatures = 2048) Layer fc1;
                @ReLU Layer relu3;
                @Linear(outFeatures = 10) Layer fc2;
                """);
    }

    private static NetworkText vgg16(String precision) {
        NetworkText vgg16 = NetworkText.zoo("Vgg16");
        String exact = "@Network(precision = dev.netwright.annotations.Precision." + precision + ", ";
        return new NetworkText(vgg16.name(), vgg16.text().replace("@Network(", exact));
    }

    /**
     * A network and the most that it may keep.
     *
     * @param generate which programs are generated
     * @param times the weights
     */
    private record Case(NetworkText network, String generate, double times) {
        @Override
        public String toString() {
            return network.name().replaceFirst(".*\\.", "") + ", " + generate + ", " + times;
        }
    }

    private final Map<String, CompiledNetworks> built = new HashMap<>();

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String generate : List.of("all", "inference")) {
            cases.add(new Case(EXACT, generate, 1.15));
            cases.add(new Case(DEFAULT, generate, 1.55));
        }
        if (NIGHTLY) {
            cases.add(new Case(vgg16("EXACT"), "inference", 1.15));
            cases.add(new Case(vgg16("DEFAULT"), "inference", 1.55));
        }
        return cases;
    }

    /** Before anything is measured, as compilers leave garbage that is collected much later. */
    @BeforeAll
    void compile() {
        for (String generate : List.of("all", "inference")) {
            List<String> options = List.of("-Anetwright.kernels=scalar", "-Anetwright.generate=" + generate);
            built.put(generate, CompiledNetworks.with(options, EXACT, DEFAULT));
            predict(compiled(EXACT, generate).create(1, ALONE).model());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aModelThatPredictsHoldsItsWeightsOnce(Case each) {
        GeneratedNetwork network = compiled(each.network, each.generate);
        long before = used();
        Model model = network.create(1, ALONE).model();
        predict(model);
        long kept = used() - before;
        double times = (double) kept / weights(model);
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f MB of weights, %.1f MB of heap behind a prediction, %.3f times\n",
                each,
                weights(model) / 1048576.0,
                kept / 1048576.0,
                times);
        assertThat(times).isLessThan(each.times);
    }

    /** Objects and the heads of arrays are less than what is left open. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBudgetCountsWhatAModelHolds(boolean trains) {
        NetworkText network = trains ? EXACT : DEFAULT;
        ReportFacts facts = Planned.of(network).facts();
        long counted = trains ? facts.trainingBytes(5).orElseThrow() : facts.inferenceBytes();
        double most = 0;
        // what the collector still had to find when this began looks like memory that was given back
        for (int attempt = 0; attempt < 5 && most < 0.98; attempt++) {
            long before = used();
            Model model = compiled(network, "all").create(1, ALONE).model();
            if (trains) {
                model.loss(new Object[] {new float[5 * 64 * 8 * 8]}, new Object[] {new int[5]}, 5);
                model.backward();
            } else {
                predict(model);
            }
            most = Math.max(most, (double) (used() - before) / counted);
            assertThat(weights(model)).isLessThan(counted);
        }
        assertThat(most).isBetween(0.98, 1.02);
    }

    @Test
    void anotherPredictorCopiesNoWeights() throws ReflectiveOperationException {
        Model model = compiled(DEFAULT, "all").create(1, ALONE).model();
        predict(model);
        Object[] inputs = {new float[64 * 8 * 8]};
        float[][] outputs = {new float[10]};
        long before = AllocatedBytes.ofThisThread();
        PredictorBase other =
                (PredictorBase) model.getClass().getMethod("newPredictor").invoke(model);
        other.predict(inputs, 1, outputs);
        // its activations; the transformed weights alone would be a third
        assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(weights(model) / 8);
    }

    @Test
    void theReportNamesTransformedWeightsAndTheirBytes() {
        Planned planned = Planned.of(DEFAULT);
        // each point's weights and the 16 floats that keep them out of one set of the cache
        long bytes = 36L * (64 * 256 + 16 + 256 * 256 + 16) * Float.BYTES;
        assertThat((long) planned.plan().inference().prepared() * Float.BYTES).isEqualTo(bytes);
        assertThat(TextReport.of(planned.facts()))
                .contains("  11.3 MB derived from the weights, beside them\n")
                .containsPattern("conv1 +F\\(4x4,3x3\\) +error up to 5e-06, weights 2,306.3 KB\n")
                .containsPattern("conv2 +F\\(4x4,3x3\\) +error up to 5e-06, weights 9,218.3 KB\n")
                .containsPattern("in all +weights +11.3 MB\n");
    }

    @Test
    void gradientsComeWithTraining() {
        Model model = compiled(EXACT, "all").create(1, ALONE).model();
        predict(model);
        model.zeroGrad();
        long before = used();
        model.loss(new Object[] {new float[64 * 8 * 8]}, new Object[] {new int[1]}, 1);
        assertThat(used() - before).isGreaterThan(weights(model));
        assertThat(model.parameters().gradients()).isSameAs(model.parameters().gradients());
    }

    /** Vector kernels that no compiler has seen are slow; VGG16 is slower without. */
    private GeneratedNetwork compiled(NetworkText network, String generate) {
        CompiledNetworks known = built.get(generate);
        return known.declared(network) != null
                ? known.network(network, CompiledNetworks.SCALAR)
                : CompiledNetworks.with(List.of("-Anetwright.generate=" + generate), network)
                        .network(network);
    }

    private static void predict(Model model) {
        Object input = model.definition().inputs().get(0).newArray(1);
        float[] output = (float[]) model.definition().outputs().get(0).newArray(1);
        model.predict(new Object[] {input}, 1, new float[][] {output});
    }

    private static long weights(Model model) {
        return model.parameters().specs().stream()
                .filter(spec -> spec.kind() != ParameterSpec.Kind.COUNTER)
                .mapToLong(spec -> (long) Float.BYTES * spec.layout().elements())
                .sum();
    }

    /** The least of several collections: the JVM may allocate meanwhile. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
