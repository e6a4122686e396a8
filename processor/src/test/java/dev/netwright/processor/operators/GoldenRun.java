package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.reference.GoldenCase;
import dev.netwright.processor.reference.GoldenModules;
import dev.netwright.processor.reference.GoldenRecurrent;
import dev.netwright.processor.reference.GoldenTensor;
import dev.netwright.runtime.NonFiniteLossException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One golden case as a network, and what PyTorch's results are compared with.
 *
 * @param golden PyTorch's results
 * @param name of the network
 */
record GoldenRun(GoldenCase golden, String name) {
    /** Those of {@code torch.testing.assert_close} for float32. */
    private static final double RELATIVE = 1.3e-6;

    private static final double ABSOLUTE = 1e-5;

    /**
     * Of the largest element: where the others are as long sums, those that nearly cancel have its rounding. PyTorch's own
     * floats err by 1.9e-5 in a gradient of up to 205.
     */
    private static final double OF_LARGEST = Math.ulp(1f);

    /** The same of attention, whose scores of up to 40 saturate: PyTorch's own floats err by 2.9e-5 in gradients up to 18. */
    private static final double OF_LARGEST_BEHIND_SCORES = 2e-6;

    /** Why generated code cannot run the case at all. */
    Optional<String> refusal() {
        List<Integer> shape = golden.inputs().get(0).shape();
        if (shape.contains(0)) {
            return Optional.of("an empty batch: n is at least 1");
        } else if (GoldenModules.isAlongTheBatch(golden)) {
            return Optional.of("along a dimension of a number without dimensions");
        }
        return GoldenModules.sharesVariance(golden)
                ? Optional.of("a variance that all samples share")
                : Optional.empty();
    }

    private boolean isLayer() {
        return Layers.names().contains(GoldenModules.annotation(golden));
    }

    private boolean isEvaluation() {
        return !golden.training() && differs();
    }

    /** Whether training computes another thing than evaluation. */
    private boolean differs() {
        return golden.module().startsWith("BatchNorm")
                || golden.module().contains("Dropout")
                || Set.of("RReLU", "StochasticDepth").contains(golden.module())
                || golden.named().containsKey("track_running_stats");
    }

    NetworkSource source() {
        List<Integer> sample = GoldenModules.sample(golden).sizes();
        NetworkSource source = NetworkSource.of(List.of(sample.isEmpty() ? List.of(1) : sample))
                .named(name);
        if (isLayer() && golden.inputs().size() > 1) {
            return joining();
        } else if (isLayer()) {
            String annotation = GoldenModules.annotation(golden);
            source = annotation.startsWith("Embedding") ? source.typed(List.of("INT32")) : source;
            source = isEvaluation() ? source.evaluating("layer") : source;
            return source.layer(AnnotationText.of(annotation, GoldenModules.layerAttributes(golden)) + " Layer layer");
        }
        String loss = AnnotationText.of(golden.module(), GoldenModules.lossAttributes(golden));
        List<Integer> judged = GoldenModules.judged(golden);
        if (judged.size() == 1) {
            return source.loss(loss).layer("@Identity Layer scores");
        }
        NetworkSource several = NetworkSource.of(judged.stream()
                        .map(i -> GoldenModules.sample(golden, i).sizes())
                        .map(sizes -> sizes.isEmpty() ? List.of(1) : sizes)
                        .toList())
                .named(name)
                .loss(loss);
        for (int i = 0; i < judged.size(); i++) {
            String layer = GoldenModules.outputs(golden).get(i);
            several = several.layer("@Identity(from = \"" + several.input(i) + "\") @Output Layer " + layer);
        }
        return several;
    }

    /** A layer of several inputs. */
    private NetworkSource joining() {
        NetworkSource source = NetworkSource.of(GoldenModules.layerInputs(golden).stream()
                        .map(Shape::sizes)
                        .toList())
                .named(name);
        Map<String, Object> attributes = new LinkedHashMap<>(GoldenModules.layerAttributes(golden));
        if (attributes.containsKey("perSampleWeights")) {
            source = source.typed(List.of("INT32", "FLOAT32"));
            attributes.put("from", source.input(0));
        } else if (GoldenRecurrent.has(golden.module())) {
            attributes.put("from", source.input(0));
            attributes.put(
                    "initialState", given().stream().skip(1).map(source::input).toList());
        } else {
            attributes.put("from", given().stream().map(source::input).toList());
        }
        return source.layer(AnnotationText.of(GoldenModules.annotation(golden), attributes) + " Layer layer");
    }

    /** Which of the case's arguments are inputs of the network. */
    private List<Integer> given() {
        return isLayer() ? IntStream.range(0, golden.inputs().size()).boxed().toList() : GoldenModules.judged(golden);
    }

    void check(GeneratedModel model) {
        Map<String, double[]> state = new LinkedHashMap<>();
        for (Parameter parameter : model.network().parameters()) {
            state.put(
                    parameter.key(),
                    golden.state().get(parameter.declaration().name()).floats());
        }
        int n = GoldenModules.samples(golden);
        Map<String, double[]> given = new LinkedHashMap<>();
        List<Integer> judged = given();
        for (int i = 0; i < judged.size(); i++) {
            given.put(
                    model.network().inputs().get(i).name(),
                    golden.inputs().get(judged.get(i)).floats());
        }
        Numbers numbers = new Numbers(n, given, List.of(), state, List.of());
        model.model().loadStateDict(numbers.stateDict(model.network()));
        if (isLayer()) {
            checkLayer(model, numbers.inputArrays(model.network()), n);
        } else {
            checkLoss(model, numbers.inputArrays(model.network()), n);
        }
    }

    private void checkLayer(GeneratedModel model, List<Object> inputs, int n) {
        if (!golden.training() || !differs()) {
            close("predict", model.predict(inputs, n).get("layer"), golden.output());
        }
        close("forward", model.forward(inputs, n).get("layer"), golden.output());
        model.backward(List.of(Numbers.floats(golden.outputGradient().data())), n);
        checkInputGradient(model, 1);
        model.model()
                .gradients()
                .forEach((key, gradient) -> close(
                        "gradient " + key,
                        gradient.toArray(),
                        golden.parameterGradients().get(key.substring("layer.".length()))));
        golden.stateAfter().forEach((key, after) -> {
            var tensor = model.model().stateDict().get("layer." + key);
            close(
                    "state " + key,
                    after.shape().isEmpty() ? new float[] {tensor.toLongArray()[0]} : tensor.toArray(),
                    after);
        });
    }

    private void checkLoss(GeneratedModel model, List<Object> inputs, int n) {
        double[] target = golden.inputs().get(GoldenModules.target(golden)).floats();
        boolean indices = model.network().losses().get(0).loss().indices();
        List<Object> targets = List.of(
                indices ? Arrays.stream(target).mapToInt(each -> (int) each).toArray() : Numbers.floats(target));
        if (Arrays.stream(golden.output().data()).anyMatch(Double::isNaN)) {
            try {
                if (model.hasLossesApart()) {
                    model.losses(inputs, targets, n);
                } else {
                    model.loss(inputs, targets, n);
                }
            } catch (NonFiniteLossException expected) {
                return;
            }
            throw new AssertionError("PyTorch's loss is not a number, ours was not refused");
        }
        float[] upstream = Numbers.floats(golden.outputGradient().data());
        if (model.hasLossesApart()) {
            close("evaluateLosses", model.evaluateLosses(inputs, targets, n), golden.output());
            close("losses", model.losses(inputs, targets, n), golden.output());
            model.backward(List.of(upstream));
            checkInputGradient(model, 1);
        } else {
            close("evaluate", new float[] {model.evaluate(inputs, targets, n)}, golden.output());
            close("loss", new float[] {model.loss(inputs, targets, n)}, golden.output());
            model.model().backward();
            checkInputGradient(model, upstream[0]);
        }
    }

    private void checkInputGradient(GeneratedModel model, float factor) {
        List<Integer> judged = given();
        // there are none where another input is of ints
        boolean any =
                model.network().inputGradient() && !golden.inputGradients().isEmpty();
        for (int i = 0; i < judged.size() && any; i++) {
            String input = model.network().inputs().get(i).name();
            GoldenTensor expected = golden.inputGradients().get(judged.get(i));
            float[] gradient = model.inputGradients().get(input).toArray();
            for (int k = 0; k < gradient.length; k++) {
                gradient[k] *= factor;
            }
            if (expected != null) {
                close("input gradient " + input, gradient, expected);
            }
        }
    }

    private void close(String what, float[] actual, GoldenTensor expected) {
        if (actual.length != expected.data().length) {
            throw new AssertionError(what + " has " + actual.length + " elements, PyTorch's " + expected.data().length);
        }
        double largest = Arrays.stream(expected.data())
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double ofLargest = golden.module().equals("MultiheadAttention") ? OF_LARGEST_BEHIND_SCORES : OF_LARGEST;
        double absolute = Math.max(ABSOLUTE, ofLargest * largest);
        for (int i = 0; i < actual.length; i++) {
            double wanted = expected.data()[i];
            boolean close = Math.abs(actual[i] - wanted) <= absolute + RELATIVE * Math.abs(wanted);
            if (!close && Double.compare(actual[i], wanted) != 0) {
                throw new AssertionError(what + "[" + i + "] is " + actual[i] + ", PyTorch has " + wanted);
            }
        }
    }

    @Override
    public String toString() {
        return golden.toString();
    }
}
