package dev.netwright.runtime;

import java.util.Objects;

/** What a model tells about one of its layers. Immutable; made by generated code. */
public final class LayerDefinition {
    private final String field;
    private final String key;
    private final String type;
    private final String arguments;
    private final int[] outputShape;
    private final long parameters;
    private final long flops;
    private final int[] inputs;
    private final String unprinted;
    private final boolean shared;

    private LayerDefinition(
            String field,
            String key,
            String type,
            String arguments,
            int[] outputShape,
            long parameters,
            long flops,
            int[] inputs,
            String unprinted,
            boolean shared) {
        this.field = Objects.requireNonNull(field, "field");
        this.key = Objects.requireNonNull(key, "key");
        this.type = Objects.requireNonNull(type, "type");
        this.arguments = Objects.requireNonNull(arguments, "arguments");
        this.outputShape = outputShape.clone();
        this.parameters = parameters;
        this.flops = flops;
        this.inputs = inputs.clone();
        this.unprinted = Objects.requireNonNull(unprinted, "unprinted");
        this.shared = shared;
    }

    /**
     * A layer.
     *
     * @param field the declared field's name
     * @param key its name in the state dict, such as {@code features.0}
     * @param type PyTorch's class name, such as {@code Conv2d}
     * @param arguments what PyTorch prints between the brackets
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
            String arguments,
            int[] outputShape,
            long parameters,
            long flops,
            int[] inputs) {
        return new LayerDefinition(field, key, type, arguments, outputShape, parameters, flops, inputs, "", false);
    }

    /**
     * The same layer with arguments that PyTorch does not print.
     *
     * @param value in the form of {@link #arguments}
     * @return a copy
     */
    public LayerDefinition unprinted(String value) {
        return new LayerDefinition(field, key, type, arguments, outputShape, parameters, flops, inputs, value, shared);
    }

    /**
     * The same layer with the parameters of one before it, whose key it has too.
     *
     * @return a copy without parameters of its own
     */
    public LayerDefinition shared() {
        return new LayerDefinition(field, key, type, arguments, outputShape, 0, flops, inputs, unprinted, true);
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
     * What PyTorch prints between the brackets.
     *
     * @return empty if nothing
     */
    public String arguments() {
        return arguments;
    }

    /**
     * The arguments that change the layer's result, but that PyTorch does not print: of {@code AvgPool2d} what its sums
     * are divided by.
     *
     * @return such as {@code count_include_pad=False}; empty if all are the defaults
     */
    public String unprinted() {
        return unprinted;
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
        return type + "(" + arguments + ")";
    }
}
