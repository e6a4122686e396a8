package dev.netwright.runtime;

import java.util.Objects;

/** What a model tells about one of its layers. Immutable; made by generated code. */
public final class LayerDefinition {
    private final String field;
    private final String key;
    private final String type;
    private final LayerAttributes attributes;
    private final int[] outputShape;
    private final long parameters;
    private final long flops;
    private final int[] inputs;
    private final boolean shared;

    private LayerDefinition(
            String field,
            String key,
            String type,
            LayerAttributes attributes,
            int[] outputShape,
            long parameters,
            long flops,
            int[] inputs,
            boolean shared) {
        this.field = Objects.requireNonNull(field, "field");
        this.key = Objects.requireNonNull(key, "key");
        this.type = Objects.requireNonNull(type, "type");
        this.attributes = Objects.requireNonNull(attributes, "attributes");
        this.outputShape = outputShape.clone();
        this.parameters = parameters;
        this.flops = flops;
        this.inputs = inputs.clone();
        this.shared = shared;
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
        return new LayerDefinition(field, key, type, attributes, outputShape, parameters, flops, inputs, false);
    }

    /**
     * The same layer with the parameters of one before it, whose key it has too.
     *
     * @return a copy without parameters of its own
     */
    public LayerDefinition shared() {
        return new LayerDefinition(field, key, type, attributes, outputShape, 0, flops, inputs, true);
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
     * PyTorch's line.
     *
     * @return such as {@code Linear(in_features=64, out_features=10, bias=True)}
     */
    @Override
    public String toString() {
        return type + "(" + attributes + ")";
    }
}
