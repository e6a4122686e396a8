package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a graph of layers.
 *
 * @param layers the network
 * @param training whether batch statistics and dropout are used
 */
public record ReferenceInterpreter(Graph layers, boolean training) {
    /**
     * What the network is applied to, every array in PyTorch's layout.
     *
     * @param samples number of samples
     * @param inputs by input name
     * @param targets of each loss, in order; class indices as whole numbers
     * @param state parameters and buffers by key
     * @param masks of each dropout layer, by its name: 0 or 1 / (1 - p) for each element
     */
    public record Feed(
            int samples,
            Map<String, double[]> inputs,
            List<double[]> targets,
            Map<String, double[]> state,
            Map<String, double[]> masks) {}

    /**
     * What came of it.
     *
     * @param values of inputs and layers, by name
     * @param losses in order: a number each, or the losses themselves where the reduction is NONE
     * @param buffers those that changed, by key
     */
    public record Result(Map<String, double[]> values, List<double[]> losses, Map<String, double[]> buffers) {}

    public Result run(Feed feed) {
        Map<Value, double[]> values = new HashMap<>();
        Map<String, double[]> named = new LinkedHashMap<>();
        Map<String, double[]> buffers = new LinkedHashMap<>();
        for (Value input : layers.inputs()) {
            values.put(input, feed.inputs().get(input.name()));
            named.put(input.name(), feed.inputs().get(input.name()));
        }
        for (Node node : layers.nodes()) {
            Map<String, double[]> updated = new HashMap<>();
            Call call = new Call(
                    feed.samples(),
                    training,
                    node.inputs().stream().map(values::get).toList(),
                    stateOf(node.name(), feed.state()),
                    feed.masks().get(node.name()),
                    updated);
            double[] output = ReferenceLayers.forward((Layer) node.operator(), call);
            values.put(node.output(), output);
            named.put(node.name(), output);
            updated.forEach((name, value) -> buffers.put(key(node.name(), name), value));
        }
        List<double[]> losses = java.util.stream.IntStream.range(
                        0, feed.targets().size())
                .mapToObj(i -> {
                    Graph.LossTerm term = layers.losses().get(i);
                    double[] x = values.get(term.input());
                    return ReferenceLosses.value(
                            term.loss(), feed.samples(), x, feed.targets().get(i));
                })
                .toList();
        return new Result(named, losses, buffers);
    }

    /** The number that is trained: the sum of the losses, each times its scale. */
    public double loss(Feed feed) {
        List<double[]> losses = run(feed).losses();
        double sum = 0;
        for (int i = 0; i < losses.size(); i++) {
            sum += layers.losses().get(i).scale() * losses.get(i)[0];
        }
        return sum;
    }

    private Map<String, double[]> stateOf(String layer, Map<String, double[]> state) {
        Map<String, double[]> own = new HashMap<>();
        for (Graph.Parameter parameter : layers.parameters()) {
            if (parameter.layer().equals(layer)) {
                own.put(parameter.declaration().name(), state.get(parameter.key()));
            }
        }
        return own;
    }

    private String key(String layer, String name) {
        return layers.parameters().stream()
                .filter(p -> p.layer().equals(layer) && p.declaration().name().equals(name))
                .findFirst()
                .orElseThrow()
                .key();
    }
}
