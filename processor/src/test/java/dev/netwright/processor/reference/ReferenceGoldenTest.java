package dev.netwright.processor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.layer.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The reference against PyTorch: forwards, and its finite differences against PyTorch's gradients. */
class ReferenceGoldenTest {
    /** Golden vectors have nine digits. */
    private static final double FORWARD = 2e-8;
    /** Finite differences have fewer. */
    private static final double GRADIENT = 1e-6;
    /** Elements of each gradient that are checked; each costs two forwards. */
    private static final int MOST_ELEMENTS = 40;

    /** Number of golden cases that are within Netwright's rules. */
    private static final Map<String, Integer> LAYERS = Map.ofEntries(
            Map.entry("Conv1d", 4),
            Map.entry("Conv2d", 39),
            Map.entry("Conv3d", 4),
            Map.entry("ConvTranspose1d", 2),
            Map.entry("ConvTranspose2d", 14),
            Map.entry("ConvTranspose3d", 2),
            Map.entry("Linear", 9),
            Map.entry("MatMul", 5),
            Map.entry("Bilinear", 3),
            Map.entry("Unflatten", 2),
            Map.entry("Expand", 2),
            Map.entry("Embedding", 7),
            Map.entry("EmbeddingBag", 12),
            Map.entry("BatchNorm1d", 6),
            Map.entry("BatchNorm2d", 14),
            Map.entry("BatchNorm3d", 6),
            Map.entry("MaxPool1d", 3),
            Map.entry("MaxPool2d", 22),
            Map.entry("MaxPool3d", 4),
            Map.entry("AvgPool1d", 4),
            Map.entry("AvgPool2d", 22),
            Map.entry("AvgPool3d", 15),
            Map.entry("AdaptiveAvgPool1d", 3),
            Map.entry("AdaptiveAvgPool2d", 14),
            Map.entry("AdaptiveAvgPool3d", 5),
            Map.entry("AdaptiveMaxPool1d", 2),
            Map.entry("AdaptiveMaxPool2d", 9),
            Map.entry("AdaptiveMaxPool3d", 6),
            Map.entry("LPPool1d", 8),
            Map.entry("LPPool2d", 7),
            Map.entry("LPPool3d", 3),
            Map.entry("Upsample", 24),
            Map.entry("UpsamplingNearest2d", 2),
            Map.entry("UpsamplingBilinear2d", 2),
            Map.entry("PixelShuffle", 2),
            Map.entry("PixelUnshuffle", 2),
            Map.entry("Unfold", 3),
            Map.entry("Fold", 3),
            Map.entry("ReLU", 5),
            Map.entry("ReLU6", 5),
            Map.entry("LeakyReLU", 7),
            Map.entry("Sigmoid", 5),
            Map.entry("Tanh", 4),
            Map.entry("SiLU", 4),
            Map.entry("GELU", 5),
            Map.entry("Softmax", 4),
            Map.entry("LogSoftmax", 3),
            Map.entry("Dropout", 4),
            Map.entry("Dropout1d", 2),
            Map.entry("Dropout2d", 2),
            Map.entry("Dropout3d", 1),
            Map.entry("AlphaDropout", 3),
            Map.entry("FeatureAlphaDropout", 3),
            Map.entry("RReLU", 3),
            Map.entry("StochasticDepth", 3),
            Map.entry("Flatten", 1),
            Map.entry("ChannelShuffle", 2),
            Map.entry("Permute", 2),
            Map.entry("Slice", 2),
            Map.entry("Chunk", 3),
            Map.entry("Hardswish", 3),
            Map.entry("Hardsigmoid", 2),
            Map.entry("CELU", 3),
            Map.entry("ELU", 5),
            Map.entry("GLU", 2),
            Map.entry("Hardshrink", 3),
            Map.entry("Hardtanh", 3),
            Map.entry("LogSigmoid", 3),
            Map.entry("Mish", 4),
            Map.entry("MultiheadAttention", 8),
            Map.entry("SELU", 3),
            Map.entry("Softmax2d", 2),
            Map.entry("Softmin", 2),
            Map.entry("Softplus", 6),
            Map.entry("Softshrink", 4),
            Map.entry("Softsign", 3),
            Map.entry("Tanhshrink", 3),
            Map.entry("Threshold", 4),
            Map.entry("TransformerDecoderLayer", 9),
            Map.entry("TransformerEncoderLayer", 5),
            Map.entry("PReLU", 8),
            Map.entry("GroupNorm", 15),
            Map.entry("LayerNorm", 11),
            Map.entry("LocalResponseNorm", 6),
            Map.entry("RMSNorm", 6),
            Map.entry("InstanceNorm1d", 6),
            Map.entry("InstanceNorm2d", 8),
            Map.entry("Mean", 3),
            Map.entry("Sum", 3),
            Map.entry("Max", 3),
            Map.entry("Min", 3),
            Map.entry("Power", 10),
            Map.entry("Clamp", 4),
            Map.entry("LpNormalize", 8),
            Map.entry("InstanceNorm3d", 6),
            Map.entry("LayerNorm2d", 2),
            Map.entry("ReflectionPad1d", 2),
            Map.entry("ReflectionPad2d", 2),
            Map.entry("ReflectionPad3d", 2),
            Map.entry("ReplicationPad1d", 2),
            Map.entry("ReplicationPad2d", 2),
            Map.entry("ReplicationPad3d", 1),
            Map.entry("ZeroPad1d", 2),
            Map.entry("ZeroPad2d", 2),
            Map.entry("ZeroPad3d", 2),
            Map.entry("ConstantPad1d", 2),
            Map.entry("ConstantPad2d", 2),
            Map.entry("ConstantPad3d", 2),
            Map.entry("CircularPad1d", 4),
            Map.entry("CircularPad2d", 4),
            Map.entry("CircularPad3d", 4));

    private static final Map<String, Integer> LOSSES = Map.ofEntries(
            Map.entry("BCELoss", 6),
            Map.entry("BCEWithLogitsLoss", 6),
            Map.entry("CTCLoss", 14),
            Map.entry("CosineEmbeddingLoss", 5),
            Map.entry("CrossEntropyLoss", 49),
            Map.entry("GaussianNLLLoss", 4),
            Map.entry("HingeEmbeddingLoss", 10),
            Map.entry("HuberLoss", 4),
            Map.entry("KLDivLoss", 10),
            Map.entry("L1Loss", 5),
            Map.entry("MSELoss", 8),
            Map.entry("MarginRankingLoss", 5),
            Map.entry("MultiLabelMarginLoss", 8),
            Map.entry("MultiLabelSoftMarginLoss", 5),
            Map.entry("MultiMarginLoss", 7),
            Map.entry("NLLLoss", 28),
            Map.entry("PoissonNLLLoss", 7),
            Map.entry("SmoothL1Loss", 8));

    @TestFactory
    Stream<DynamicNode> layersAgreeWithPyTorch() {
        return containers(LAYERS, ReferenceGoldenTest::checkLayer);
    }

    @TestFactory
    Stream<DynamicNode> lossesAgreeWithPyTorch() {
        return containers(LOSSES, ReferenceGoldenTest::checkLoss);
    }

    private static Stream<DynamicNode> containers(Map<String, Integer> counts, Consumer<GoldenCase> check) {
        return counts.keySet().stream()
                .sorted()
                .filter(module ->
                        GoldenCases.isComplete() || !GoldenCases.of(module).isEmpty())
                .map(module -> container(module, counts.get(module), check));
    }

    private static DynamicNode container(String module, int count, Consumer<GoldenCase> check) {
        List<GoldenCase> cases = GoldenCases.of(module).stream()
                .filter(ReferenceGoldenTest::isSupported)
                .toList();
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(dynamicTest(
                "has its cases",
                () -> assertThat(cases)
                        .hasSize(GoldenCases.isComplete() ? count : cases.size())
                        .isNotEmpty()));
        cases.forEach(golden -> tests.add(dynamicTest(golden.toString(), () -> check.accept(golden))));
        return dynamicContainer(module, tests);
    }

    /** Not: an empty batch, a layer along a dimension that is the batch, and a variance that samples share. */
    private static boolean isSupported(GoldenCase golden) {
        return !GoldenModules.isAlongTheBatch(golden)
                && !golden.inputs().get(0).shape().contains(0)
                && !GoldenModules.sharesVariance(golden);
    }

    private static void checkLayer(GoldenCase golden) {
        Layer layer = GoldenModules.layer(golden);
        List<double[]> x = golden.inputs().stream().map(GoldenTensor::floats).toList();
        Map<String, double[]> state = new HashMap<>();
        golden.state().forEach((name, tensor) -> state.put(name, tensor.floats()));
        Map<String, double[]> updated = new HashMap<>();
        Call call = new Call(GoldenModules.samples(golden), golden.training(), x, state, null, updated);

        assertClose(
                "output", ReferenceLayers.forward(layer, call), golden.output().data(), FORWARD);
        assertThat(GoldenModules.samples(golden) * layer.output().elements())
                .isEqualTo(golden.output().data().length);
        updated.forEach((name, value) ->
                assertClose(name, value, golden.stateAfter().get(name).data(), FORWARD));

        double[] g = golden.outputGradient().data();
        checkGradientRule(golden, layer, call, g);
        if (golden.toString().endsWith("kink")) {
            return; // where differences tell nothing
        }
        ToDoubleFunction<double[]> functional = any -> dot(ReferenceLayers.forward(layer, call), g);
        int indices = golden.inputs().size() - golden.inputGradients().size();
        for (int i = 0; i < golden.inputGradients().size(); i++) {
            if (golden.inputGradients().get(i) == null) {
                continue; // of a mask
            }
            checkGradient(
                    "input",
                    x.get(indices + i),
                    functional,
                    golden.inputGradients().get(i).data());
        }
        if (layer instanceof Embedding embedding && embedding.padding() != Embedding.NONE) {
            return; // the padding's row has no gradient though the output depends on it
        }
        golden.parameterGradients()
                .forEach((name, gradient) -> checkGradient(
                        name,
                        state.get(name),
                        functional,
                        ReferenceRows.derivatives(layer, x.get(0), gradient.data())));
    }

    private static void checkGradientRule(GoldenCase golden, Layer layer, Call call, double[] g) {
        double[] y = ReferenceLayers.forward(layer, call);
        ReferenceGradients.Gradients gradients = ReferenceGradients.backward(layer, call, y, g);
        int indices = golden.inputs().size() - golden.inputGradients().size();
        for (int i = 0; i < golden.inputGradients().size(); i++) {
            if (golden.inputGradients().get(i) == null) {
                continue;
            }
            assertClose(
                    "input gradient",
                    gradients.inputs().get(indices + i),
                    golden.inputGradients().get(i).data(),
                    GRADIENT);
        }
        golden.parameterGradients()
                .forEach((name, wanted) ->
                        assertClose(name + " gradient", gradients.state().get(name), wanted.data(), GRADIENT));
    }

    private static void checkLoss(GoldenCase golden) {
        Loss loss = GoldenModules.loss(golden);
        int samples = GoldenModules.samples(golden);
        List<double[]> x = GoldenModules.judged(golden).stream()
                .map(golden.inputs()::get)
                .map(GoldenTensor::floats)
                .toList();
        double[] target = golden.inputs().get(GoldenModules.target(golden)).floats();
        assertClose(
                "loss",
                ReferenceLosses.value(loss, samples, x, target),
                golden.output().data(),
                FORWARD);
        assertThat(samples * loss.target().elements()).isEqualTo(target.length);
        if (loss.reduction() == Loss.Reduction.NONE) {
            assertThat(samples * loss.losses().elements())
                    .isEqualTo(golden.output().data().length);
        }
        double[] g = golden.outputGradient().data();
        List<double[]> gradients = ReferenceLossGradients.gradients(loss, samples, x, target, g, Arithmetic.exact());
        for (int k = 0; k < x.size(); k++) {
            GoldenTensor expected =
                    golden.inputGradients().get(GoldenModules.judged(golden).get(k));
            if (expected != null) {
                assertClose("input gradient", gradients.get(k), expected.data(), GRADIENT);
                if (golden.module().equals("CTCLoss")) {
                    continue; // its gradient is not the derivative, but that by the scores before a softmax
                }
                checkGradient(
                        "input",
                        x.get(k),
                        any -> dot(ReferenceLosses.value(loss, samples, x, target), g),
                        expected.data());
            }
        }
    }

    private static void checkGradient(
            String what, double[] point, ToDoubleFunction<double[]> functional, double[] expected) {
        assertThat(expected).as(what).hasSameSizeAs(point);
        new Random(1)
                .ints(0, point.length)
                .distinct()
                .limit(Math.min(point.length, MOST_ELEMENTS))
                .filter(i -> !Double.isNaN(expected[i]))
                .forEach(i -> {
                    double actual = FiniteDifferences.partial(point, i, functional);
                    if (Double.isNaN(actual)) {
                        return; // of a loss that is not a number, which may have gradients
                    }
                    assertThat(actual)
                            .as("gradient by " + what + "[" + i + "]")
                            .isCloseTo(expected[i], within(GRADIENT * Math.max(1, Math.abs(expected[i]))));
                });
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(actual[i]).as(what + "[" + i + "]").isNaN();
                continue;
            }
            assertThat(actual[i])
                    .as(what + "[" + i + "]")
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
