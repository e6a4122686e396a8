package dev.netwright.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a model tells about one of its layers. Immutable; made by generated code. */
public final class LayerDefinition {
    /**
     * A layer that another is composed of. Immutable.
     *
     * @param key its name within the other
     * @param type PyTorch's class name
     * @param attributes all of them
     */
    public record Child(String key, String type, LayerAttributes attributes) {}

    private final String field;
    private final String key;
    private final String type;
    private final LayerAttributes attributes;
    private final int[] outputShape;
    private final long parameters;
    private final long flops;
    private final int[] inputs;
    private final int[] outputsRead;
    private final boolean shared;
    private final List<Child> children;

    private LayerDefinition(
            String field,
            String key,
            String type,
            LayerAttributes attributes,
            int[] outputShape,
            long parameters,
            long flops,
            int[] inputs,
            int[] outputsRead,
            boolean shared,
            List<Child> children) {
        this.field = Objects.requireNonNull(field, "field");
        this.key = Objects.requireNonNull(key, "key");
        this.type = Objects.requireNonNull(type, "type");
        this.attributes = Objects.requireNonNull(attributes, "attributes");
        this.outputShape = outputShape.clone();
        this.parameters = parameters;
        this.flops = flops;
        this.inputs = inputs.clone();
        this.outputsRead = outputsRead.clone();
        this.shared = shared;
        this.children = List.copyOf(children);
    }

    /**
     * A layer.
     *
     * @param field the declared field's name
     * @param key its name in the state dict, such as {@code features.0}
     * @param type PyTorch's class name, such as {@code Conv2d}
     * @param attributes all of them
     * @param outputShape the shape of one sample's output
     * @param parameters number of trained elements
     * @param flops floating-point operations of the forward pass of one sample
     * @param inputs where its inputs come from: a layer's index, or -1 - i for the network's input i
     * @return the layer
     */
    public static LayerDefinition of(
            String field,
            String key,
            String type,
            LayerAttributes attributes,
            int[] outputShape,
            long parameters,
            long flops,
            int[] inputs) {
        int[] first = new int[inputs.length];
        return new LayerDefinition(
                field, key, type, attributes, outputShape, parameters, flops, inputs, first, false, List.of());
    }

    /**
     * The same layer reading others' outputs than their first.
     *
     * @param outputs for each input, which output of the layer that it comes from
     * @return a copy
     */
    public LayerDefinition reading(int... outputs) {
        return new LayerDefinition(
                field, key, type, attributes, outputShape, parameters, flops, inputs, outputs, shared, children);
    }

    /**
     * The same layer with the parameters of one before it, whose key it has too.
     *
     * @return a copy without parameters of its own
     */
    public LayerDefinition shared() {
        return new LayerDefinition(
                field, key, type, attributes, outputShape, 0, flops, inputs, outputsRead, true, children);
    }

    /**
     * The same layer, composed of one more.
     *
     * @param name the other's name within this one, with dots where it is within another: {@code self_attn.out_proj}
     * @param of PyTorch's name of its class
     * @param all its attributes
     * @return a copy with that behind the others
     */
    public LayerDefinition child(String name, String of, LayerAttributes all) {
        List<Child> more = new ArrayList<>(children);
        more.add(new Child(name, of, all));
        return new LayerDefinition(
                field, key, type, attributes, outputShape, parameters, flops, inputs, outputsRead, shared, more);
    }

    /**
     * The layers that it is composed of, which PyTorch prints below it.
     *
     * @return immutable, in the order of registration; empty for most
     */
    public List<Child> children() {
        return children;
    }

    /**
     * Whether its parameters are those of a layer before it.
     *
     * @return true for what {@code @Shared} declares
     */
    public boolean isShared() {
        return shared;
    }

    /**
     * The declared field's name; behind those of the blocks it is in, with dots.
     *
     * @return such as {@code conv1}
     */
    public String field() {
        return field;
    }

    /**
     * The name in the state dict.
     *
     * @return such as {@code features.0}
     */
    public String key() {
        return key;
    }

    /**
     * PyTorch's class name.
     *
     * @return such as {@code Conv2d}
     */
    public String type() {
        return type;
    }

    /**
     * Its attributes.
     *
     * @return all of them, whether PyTorch prints them or not
     */
    public LayerAttributes attributes() {
        return attributes;
    }

    /**
     * The shape of one sample's output.
     *
     * @return a copy
     */
    public int[] outputShape() {
        return outputShape.clone();
    }

    /**
     * Number of trained elements.
     *
     * @return 0 or more
     */
    public long parameters() {
        return parameters;
    }

    /**
     * Cost of the forward pass of one sample.
     *
     * @return floating-point operations; a multiplication and an addition count as two
     */
    public long flops() {
        return flops;
    }

    /**
     * Where the inputs come from.
     *
     * @return a copy: a layer's index, or -1 - i for the network's input i
     */
    public int[] inputs() {
        return inputs.clone();
    }

    /**
     * Which outputs of the layers that the inputs come from are read: 0 for the first, as of an input of the network.
     *
     * @return a copy, as long as {@link #inputs}
     */
    public int[] outputsRead() {
        return outputsRead.clone();
    }

    /**
     * PyTorch's line.
     *
     * @return such as {@code Linear(in_features=64, out_features=10, bias=True)}
     */
    @Override
    public String toString() {
        return type + "(" + attributes + ")";
    }
}
