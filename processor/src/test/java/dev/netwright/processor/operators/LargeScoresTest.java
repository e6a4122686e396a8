package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses over classes and softmaxes depend on differences of scores alone: adding a number to all of them changes no
 * bit while the sums are exact. The values are PyTorch 1.13's in float64, of {@code o + [0, 1, 2, 3, 0, 1, 2, 3]}:
 * {@code loss = F.cross_entropy(x, target, weight, label_smoothing=...); loss.backward()}.
 */
class LargeScoresTest {
    private static final float[] SCORES = {0, 1, 2, 3, 0, 1, 2, 3};

    /** All that let the scores be floats; the differences are then exact. */
    private static final float[] OFFSETS = {0, 1e3f, -1e5f, 1e6f, 1e7f, -1e7f};

    private static final String WEIGHT = "weight = {0.5, 2, 1, 1.5, 0.25, 3, 1, 0.75}";

    private static final float[] OF_LABEL_3 = {
        0.0160293016f,
        0.0435721594f,
        0.118441409f,
        -0.67804287f,
        0.0160293016f,
        0.0435721594f,
        0.118441409f,
        0.32195713f
    };

    /**
     * A loss on eight scores.
     *
     * @param source of the network
     * @param target of one sample
     * @param loss of any number of samples like it
     * @param gradient by one sample's scores, undivided
     */
    record Form(NetworkSource source, Object target, float loss, float... gradient) {
        @Override
        public String toString() {
            return source.annotations() + " " + source.layers();
        }
    }

    private static final float[] PROBABILITIES = {0.1f, 0.2f, 0, 0.3f, 0, 0.1f, 0.05f, 0.25f};

    private static final List<Form> FORMS = List.of(
            new Form(loss("Plain", "@CrossEntropyLoss"), 3, 1.13333688f, OF_LABEL_3),
            new Form(loss("Sum", "@CrossEntropyLoss(reduction = Reduction.SUM)"), 3, 1.13333688f, OF_LABEL_3),
            new Form(loss("Apart", "@CrossEntropyLoss(reduction = Reduction.NONE)"), 3, 1.13333688f, OF_LABEL_3),
            new Form(loss("Ignoring", "@CrossEntropyLoss(ignoreIndex = 7)"), 3, 1.13333688f, OF_LABEL_3),
            new Form(
                    loss("Weighted", "@CrossEntropyLoss(reduction = Reduction.SUM, " + WEIGHT + ")"),
                    5,
                    9.40001064f,
                    0.0480879049f,
                    0.130716478f,
                    0.355324227f,
                    0.96587139f,
                    0.0480879049f,
                    -2.86928352f,
                    0.355324227f,
                    0.96587139f),
            new Form(
                    loss("Smoothed", "@CrossEntropyLoss(labelSmoothing = 0.1)"),
                    3,
                    1.28333688f,
                    0.00352930164f,
                    0.0310721594f,
                    0.105941409f,
                    -0.59054287f,
                    0.00352930164f,
                    0.0310721594f,
                    0.105941409f,
                    0.30945713f),
            new Form(
                    loss(
                            "SmoothedWeighted",
                            "@CrossEntropyLoss(labelSmoothing = 0.25, reduction = Reduction.SUM, " + WEIGHT + ")"),
                    5,
                    7.84948825f,
                    0.0254500855f,
                    0.0491536584f,
                    0.272256111f,
                    0.778140145f,
                    0.0332625855f,
                    -2.23209634f,
                    0.272256111f,
                    0.801577645f),
            new Form(
                    loss("Probable", "@CrossEntropyLoss(probabilities = true)"),
                    PROBABILITIES,
                    2.08333688f,
                    -0.0839706984f,
                    -0.156427841f,
                    0.118441409f,
                    0.0219571299f,
                    0.0160293016f,
                    -0.0564278406f,
                    0.068441409f,
                    0.0719571299f),
            new Form(
                    loss(
                            "ProbableSmoothedWeighted",
                            "@CrossEntropyLoss(probabilities = true, labelSmoothing = 0.25, " + WEIGHT + ")"),
                    PROBABILITIES,
                    3.2213591f,
                    -0.0308342524f,
                    -0.301907466f,
                    0.133457584f,
                    0.0633466338f,
                    0.0144782476f,
                    -0.258157466f,
                    0.0959575845f,
                    0.283659134f),
            new Form(
                    scores("Logarithms", List.of(8)).loss("@NLLLoss").layer("@LogSoftmax(dim = 1) Layer logarithms"),
                    3,
                    1.13333688f,
                    OF_LABEL_3),
            new Form(
                    scores("Positions", List.of(8, 3)).loss("@CrossEntropyLoss").layer("@Identity Layer scores"),
                    3,
                    1.13333688f,
                    OF_LABEL_3));

    private static final List<NetworkSource> SOFTMAXES = Stream.of("Softmax", "LogSoftmax")
            .flatMap(each -> Stream.of(1, 2, 3)
                    .map(dim -> scores(each + dim, List.of(8, 2, 8))
                            .layer("@" + each + "(dim = " + dim + ") Layer softmax")))
            .toList();

    private static final CompiledNetworks COMPILED = CompiledNetworks.of(
            Stream.concat(FORMS.stream().map(Form::source), SOFTMAXES.stream()).toList());

    private static NetworkSource scores(String name, List<Integer> shape) {
        return NetworkSource.of(List.of(shape)).named(name);
    }

    private static NetworkSource loss(String name, String loss) {
        return scores(name, List.of(8)).loss(loss).layer("@Identity Layer scores");
    }

    static List<Form> forms() {
        return FORMS;
    }

    static List<NetworkSource> softmaxes() {
        return SOFTMAXES;
    }

    /** What a loss in both modes and its gradient are, one after another. */
    private static float[] run(Form form, int bits, float[] scores) {
        int places = form.source().inputs().get(0).size() == 1 ? 1 : 3;
        GeneratedModel model = COMPILED.network(form.source().name(), bits).create(1, OperatorCase.ONE_THREAD);
        float[] x = new float[2 * 8 * places];
        for (int i = 0; i < x.length; i++) {
            x[i] = scores[i / places % 8];
        }
        Object target = form.target();
        Object targets;
        if (target instanceof float[] probabilities) {
            targets = repeated(probabilities, 2);
        } else {
            int[] labels = new int[2 * places];
            Arrays.fill(labels, (int) target);
            targets = labels;
        }
        float[] losses;
        if (model.hasLossesApart()) {
            losses = new float[] {
                model.evaluateLosses(List.of(x), List.of(targets), 2)[1],
                model.losses(List.of(x), List.of(targets), 2)[1]
            };
            model.backward(List.of(new float[] {1, 1}));
        } else {
            losses = new float[] {
                model.evaluate(List.of(x), List.of(targets), 2), model.loss(List.of(x), List.of(targets), 2)
            };
            model.model().backward();
        }
        float[] gradient = model.inputGradients().get("input").toArray();
        float[] result = Arrays.copyOf(losses, 2 + 8);
        for (int c = 0; c < 8; c++) {
            result[2 + c] = gradient[c * places];
        }
        return result;
    }

    private static float[] repeated(float[] values, int times) {
        float[] result = new float[values.length * times];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i % values.length];
        }
        return result;
    }

    private static float[] plus(float[] values, float offset) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += offset;
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void haveTheLossOfTheirDifferences(Form form) {
        boolean sum = form.source().annotations().get(0).contains("SUM");
        boolean apart = form.source().annotations().get(0).contains("NONE");
        int places = form.source().inputs().get(0).size() == 1 ? 1 : 3;
        int divisor = sum || apart ? 1 : 2 * places;
        float[] expected = new float[10];
        expected[0] = sum ? 2 * form.loss() : form.loss();
        expected[1] = expected[0];
        for (int c = 0; c < 8; c++) {
            expected[2 + c] = form.gradient()[c] / divisor;
        }
        for (int bits : new int[] {CompiledNetworks.SCALAR, 512}) {
            float[] planned = run(form, bits, SCORES);
            for (int i = 0; i < planned.length; i++) {
                assertThat(planned[i]).isCloseTo(expected[i], within(3e-7f * Math.max(1, Math.abs(expected[i]))));
            }
            for (float offset : OFFSETS) {
                SameBits.check("with " + offset, run(form, bits, plus(SCORES, offset)), "without", planned);
            }
        }
    }

    /** PyTorch: 2.0794415 and 0.125, or -0.875 at the label. */
    @ParameterizedTest
    @MethodSource("forms")
    void ofEqualScoresAreAsUncertainAsCanBe(Form form) {
        float[] equal = new float[8];
        SameBits.check(
                "1e8 each", run(form, 512, plus(equal, 1e8f)), "0 each", run(form, CompiledNetworks.SCALAR, equal));
        if (form.source().name().equals("Plain")) {
            float[] actual = run(form, 512, plus(equal, 1e8f));
            assertThat(actual[1]).isCloseTo(2.0794415f, within(3e-7f));
            assertThat(Arrays.copyOfRange(actual, 2, 10))
                    .containsExactly(
                            new float[] {0.0625f, 0.0625f, 0.0625f, -0.4375f, 0.0625f, 0.0625f, 0.0625f, 0.0625f},
                            within(1e-7f));
        }
    }

    @ParameterizedTest
    @MethodSource("softmaxes")
    void haveTheSoftmaxOfTheirDifferences(NetworkSource source) {
        float[] x = repeated(SCORES, 16);
        float[] upstream = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            upstream[i] = (i * 7 % 11 - 5) / 8f;
            x[i] += i * 5 % 13;
        }
        GeneratedModel model = COMPILED.network(source.name(), 512).create(1, OperatorCase.ONE_THREAD);
        float[] y = model.forward(List.of(x), 1).get("softmax");
        model.backward(List.of(upstream), 1);
        float[] gradient = model.inputGradients().get("input").toArray();
        for (float offset : OFFSETS) {
            float[] moved = plus(x, offset);
            SameBits.check(
                    "predicted with " + offset, model.predict(List.of(moved), 1).get("softmax"), "without", y);
            SameBits.check("with " + offset, model.forward(List.of(moved), 1).get("softmax"), "without", y);
            model.backward(List.of(upstream), 1);
            SameBits.check(
                    "gradient with " + offset,
                    model.inputGradients().get("input").toArray(),
                    "without",
                    gradient);
        }
    }
}
