package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import dev.netwright.onnx.proto.GraphProto;
import dev.netwright.onnx.proto.NodeProto;
import dev.netwright.onnx.proto.TensorProto;
import dev.netwright.runtime.LayerAttributes;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One layer while its nodes are added: its attributes, shapes, parameters and values. */
final class LayerNodes {
    private final LayerDefinition layer;
    private final List<Source> inputs;
    private final List<ParameterSpec> parameters;
    private final GraphProto.Builder graph;
    private final Set<String> read;

    /**
     * A layer.
     *
     * @param layer what it is
     * @param inputs what it reads
     * @param parameters those of the whole network
     * @param graph where nodes are added
     * @param read where the keys of the parameters that nodes read are noted
     */
    LayerNodes(
            LayerDefinition layer,
            List<Source> inputs,
            List<ParameterSpec> parameters,
            GraphProto.Builder graph,
            Set<String> read) {
        this.layer = layer;
        this.inputs = inputs;
        this.parameters = parameters;
        this.graph = graph;
        this.read = read;
    }

    LayerAttributes attributes() {
        return layer.attributes();
    }

    /** How many axes the input has behind the channels. */
    int axes() {
        return inputShape().length - 1;
    }

    /** An attribute's values along each of those axes, of which one stands for all. */
    int[] sizes(String name) {
        int[] values = attributes().integers(name);
        return values.length == 1
                ? IntStream.range(0, axes()).map(axis -> values[0]).toArray()
                : values;
    }

    List<String> inputs() {
        return inputs.stream().map(Source::value).toList();
    }

    String input() {
        return inputs.get(0).value();
    }

    /** The first input as the caller gives it: ints, where others read them as floats. */
    String given() {
        return inputs.get(0).given();
    }

    /** Whether what it reads are the bytes of an input, from 0 to 255. */
    boolean readsBytes() {
        return inputs.get(0).bytes();
    }

    /** One sample's, as all shapes here. */
    int[] inputShape() {
        return inputs.get(0).shape();
    }

    /** The same of another input. */
    int[] inputShape(int input) {
        return inputs.get(input).shape();
    }

    int[] outputShape() {
        return layer.outputShape();
    }

    boolean hasParameter(String name) {
        return parameters.stream().anyMatch(spec -> spec.key().equals(key(name)));
    }

    /** The initialiser of a parameter. */
    String parameter(String name) {
        read.add(key(name));
        return key(name);
    }

    /** A parameter with a value for each channel, shaped to broadcast against the layer's values. */
    String perChannel(String name) {
        int[] shape = outputShape();
        if (shape.length == 1) {
            return parameter(name);
        }
        Arrays.fill(shape, 1, shape.length, 1);
        return node(name, "Reshape", List.of(parameter(name), constant(name + "/shape", Constants.integers(shape))));
    }

    /** One number for all channels, or one for each, shaped to broadcast against the layer's values. */
    String perChannel(String name, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        int[] shape = outputShape();
        Arrays.fill(shape, 1);
        if (shape.length > 0) {
            shape[0] = floats.length;
        }
        return constant(name, Constants.floats(floats, shape));
    }

    private String key(String name) {
        return name.isEmpty() ? layer.key() : layer.key() + "." + name;
    }

    /** A value that is part of the graph; not an initialiser, as those are the state dict's. */
    String constant(String name, TensorProto value) {
        return node(name, "Constant", List.of(), Attributes.of("value", value));
    }

    /** A value on the way to the result. */
    String node(String name, String operator, List<String> from, AttributeProto... attributes) {
        String value = layer.field() + "/" + name;
        add(nodeName() + "/" + name, value, operator, from, attributes);
        return value;
    }

    /** The second output of an operator whose first nobody reads. */
    String second(String name, String operator, List<String> from, AttributeProto... attributes) {
        String value = layer.field() + "/" + name;
        add(nodeName() + "/" + name, value + "/unread", operator, from, attributes);
        graph.getNodeBuilder(graph.getNodeCount() - 1).addOutput(value);
        return value;
    }

    /**
     * All outputs of an operator.
     *
     * @return their names
     */
    List<String> several(String name, String operator, List<String> from, int outputs, AttributeProto... attributes) {
        String value = layer.field() + "/" + name;
        add(nodeName() + "/" + name, value, operator, from, attributes);
        List<String> all = new ArrayList<>(List.of(value));
        for (int i = 1; i < outputs; i++) {
            all.add(value + "/" + i);
            graph.getNodeBuilder(graph.getNodeCount() - 1).addOutput(value + "/" + i);
        }
        return all;
    }

    /** What the layer gives besides its value. */
    void further(int output, String operator, List<String> from, AttributeProto... attributes) {
        add(nodeName() + "/further" + output, further(layer, output), operator, from, attributes);
    }

    /** The name of one of a layer's outputs. */
    static String further(LayerDefinition layer, int output) {
        return output == 0 ? layer.field() : layer.field() + "/further" + output;
    }

    String field() {
        return layer.field();
    }

    /** A parameter's shape. */
    int[] parameterShape(String name) {
        return parameters.stream()
                .filter(spec -> spec.key().equals(key(name)))
                .findFirst()
                .orElseThrow()
                .shape();
    }

    /** The layer's value. */
    void result(String operator, List<String> from, AttributeProto... attributes) {
        add(nodeName(), layer.field(), operator, from, attributes);
    }

    /** Shared layers have the key of the first. */
    private String nodeName() {
        return layer.isShared() ? layer.field() : layer.key();
    }

    private void add(String name, String value, String operator, List<String> from, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(from)
                .addOutput(value)
                .addAllAttribute(List.of(attributes)));
    }
}
