package dev.netwright.processor.reference;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.FractionalMaxPool;
import dev.netwright.processor.graph.layer.Pad;
import dev.netwright.processor.graph.layer.PixelShuffle;
import dev.netwright.processor.reference.ReferenceGradients.Gradients;
import dev.netwright.processor.reference.ReferenceInterpreter.Feed;
import dev.netwright.processor.reference.ReferenceInterpreter.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One pass through a network: forward, and back if that is asked for. */
public final class ReferencePass {
    /** Layers that hand on numbers as they are: a largest one is known again by its value. */
    private static final Set<String> EXACT = Set.of(
            "Max",
            "Min",
            "Maximum",
            "Minimum",
            "MaxPool1d",
            "MaxPool2d",
            "MaxPool3d",
            "AdaptiveMaxPool1d",
            "AdaptiveMaxPool2d",
            "AdaptiveMaxPool3d",
            "FractionalMaxPool2d",
            "FractionalMaxPool3d",
            "MaxUnpool1d",
            "MaxUnpool2d",
            "MaxUnpool3d",
            "Embedding",
            "ReLU",
            "ReLU6",
            "Flatten",
            "Identity",
            "Concat",
            "Dropout",
            "Dropout1d",
            "Dropout2d",
            "Dropout3d",
            "StochasticDepth",
            "ChannelShuffle",
            "Permute",
            "Slice",
            "LastStep",
            "Unflatten",
            "Expand",
            "Chunk");

    private final Network network;
    private final Feed feed;
    private final Arithmetic arithmetic;
    private final Map<Value, double[]> values = new HashMap<>();
    private final Map<LayerNode, Call> calls = new HashMap<>();
    private final Map<Value, double[]> gradients = new HashMap<>();
    private final Map<String, double[]> byParameter = new LinkedHashMap<>();
    /** Those that changed, by key: a layer that shares them goes on from there. */
    private final Map<String, double[]> buffers = new LinkedHashMap<>();

    private final Map<String, Double> magnitudes = new HashMap<>();
    private final Result result;

    /** Goes forward. */
    public ReferencePass(Network network, boolean training, Feed feed, Arithmetic arithmetic) {
        this.network = network;
        this.feed = feed;
        this.arithmetic = arithmetic;
        Map<String, double[]> named = new LinkedHashMap<>();
        for (Value input : network.inputs()) {
            values.put(input, feed.inputs().get(input.name()));
            named.put(input.name(), feed.inputs().get(input.name()));
        }
        for (LayerNode node : network.layers()) {
            Map<String, double[]> updated = new HashMap<>();
            List<double[]> outputs = forward(node, training, updated);
            for (int i = 0; i < outputs.size(); i++) {
                Value value = node.outputs().get(i);
                values.put(value, outputs.get(i));
                named.put(i == 0 ? node.name() : value.name(), outputs.get(i));
            }
            updated.forEach((name, value) -> buffers.put(key(node, name), value));
        }
        List<double[]> losses = new ArrayList<>();
        for (int i = 0; i < feed.targets().size(); i++) {
            LossTerm term = network.losses().get(i);
            losses.add(ReferenceLosses.value(
                    term.loss(),
                    feed.samples(),
                    term.inputs().stream().map(values::get).toList(),
                    feed.targets().get(i),
                    arithmetic));
        }
        result = new Result(named, losses, buffers);
    }

    private List<double[]> forward(LayerNode node, boolean training, Map<String, double[]> updated) {
        Call call = new Call(
                feed.samples(),
                training && !node.evaluates(),
                node.inputs().stream().map(values::get).toList(),
                stateOf(node),
                mask(node, training),
                updated,
                arithmetic);
        calls.put(node, call);
        return ReferenceLayers.outputs(node.layer(), call).stream()
                .map(output -> rounded(node, output))
                .toList();
    }

    private double[] mask(LayerNode node, boolean training) {
        double[] drawn = feed.masks().get(node.name());
        boolean fixed = !training || node.evaluates() || drawn == null;
        return node.layer() instanceof FractionalMaxPool && fixed
                ? ReferenceFractional.fixed(node, feed.samples())
                : drawn;
    }

    private double[] rounded(LayerNode node, double[] values) {
        String layer = node.layer().name();
        return EXACT.contains(layer) || node.layer() instanceof Pad || node.layer() instanceof PixelShuffle
                ? values
                : layer.equals("Conv2d") || layer.equals("Conv3d")
                        ? arithmetic.roundSums(values)
                        : arithmetic.round(values);
    }

    public Result result() {
        return result;
    }

    /**
     * Goes back.
     *
     * @param upstream gradients of the outputs of a network without a loss, or of losses that stay apart
     */
    public void backward(List<double[]> upstream) {
        if (network.losses().isEmpty()) {
            for (int i = 0; i < network.outputs().size(); i++) {
                add(network.outputs().get(i), upstream.get(i));
            }
        }
        int apart = 0;
        for (int i = 0; i < network.losses().size(); i++) {
            LossTerm term = network.losses().get(i);
            double[] weights = term.loss().isApart() ? upstream.get(apart++).clone() : new double[] {1};
            for (int k = 0; k < weights.length; k++) {
                weights[k] *= term.scale();
            }
            List<double[]> x = term.inputs().stream().map(values::get).toList();
            List<double[]> byInput = ReferenceLossGradients.gradients(
                    term.loss(), feed.samples(), x, feed.targets().get(i), weights, arithmetic);
            for (int k = 0; k < byInput.size(); k++) {
                add(term.inputs().get(k), arithmetic.round(byInput.get(k)));
            }
        }
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            LayerNode node = network.layers().get(i);
            if (node.outputs().stream().anyMatch(gradients::containsKey)) {
                backward(node);
            }
        }
        for (Parameter parameter : network.parameters()) {
            if (parameter.trained()) {
                byParameter.putIfAbsent(
                        parameter.key(),
                        new double[parameter.declaration().shape().elements()]);
            }
        }
    }

    private void backward(LayerNode node) {
        List<double[]> further = new ArrayList<>();
        node.further().forEach(value -> further.add(gradients.get(value)));
        Gradients all = ReferenceGradients.backward(
                node.layer(), calls.get(node), values.get(node.output()), gradients.get(node.output()), further);
        for (int k = 0; k < all.inputs().size(); k++) {
            add(node.inputs().get(k), rounded(node, all.inputs().get(k)));
        }
        all.magnitudes().forEach((name, magnitude) -> magnitudes.merge(key(node, name), magnitude, Double::sum));
        for (Parameter parameter : node.parameters()) {
            double[] byState = all.state().get(parameter.declaration().name());
            if (parameter.trained() && byState != null) {
                addTo(parameter.key(), rounded(node, byState));
            }
        }
    }

    /** A parameter of several layers has the sum of what each gives. */
    private void addTo(String key, double[] gradient) {
        byParameter.merge(key, gradient, (sum, more) -> {
            double[] both = sum.clone();
            Arrays.setAll(both, i -> both[i] + more[i]);
            return both;
        });
    }

    private void add(Value value, double[] gradient) {
        double[] sum = gradients.get(value);
        if (sum == null) {
            gradients.put(value, gradient.clone());
            return;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += gradient[i];
        }
    }

    /** The gradients by parameters, by key. */
    public Map<String, double[]> parameterGradients() {
        return byParameter;
    }

    /** How large the terms are, added up, that each of these is the sum of, by key. */
    public Map<String, Double> magnitudes() {
        return magnitudes;
    }

    /** The gradients by inputs of floats, by name. */
    public Map<String, double[]> inputGradients() {
        Map<String, double[]> byInputs = new LinkedHashMap<>();
        for (Value input : network.inputs()) {
            if (network.inputGradient() && input.type() == ElementType.FLOAT32) {
                byInputs.put(input.name(), gradients.getOrDefault(input, new double[values.get(input).length]));
            }
        }
        return byInputs;
    }

    private Map<String, double[]> stateOf(LayerNode node) {
        Map<String, double[]> own = new HashMap<>();
        for (Parameter parameter : node.parameters()) {
            double[] given = feed.state().get(parameter.key());
            own.put(parameter.declaration().name(), buffers.getOrDefault(parameter.key(), given));
        }
        return own;
    }

    private static String key(LayerNode node, String name) {
        return node.parameters().stream()
                .filter(parameter -> parameter.declaration().name().equals(name))
                .findFirst()
                .orElseThrow()
                .key();
    }
}
