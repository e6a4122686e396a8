package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a network is, beside its code: layers, shapes, parameters, losses. Immutable; built by generated code. */
public final class ModelDefinition {
    private final String name;
    private final String version;
    private final List<Port> inputs;
    private final List<Port> outputs;
    private final List<ParameterSpec> parameters;
    private final List<LayerDefinition> layers;
    private final List<RowReads> rowReads;
    private final List<StepLengths> lengths;
    private final List<LossDefinition> losses;
    private final List<LossDefinition> targetedLosses;
    private final Map<String, String> blocks;
    private final List<String> outdated;
    private final List<String> otherShapes;
    private final long inferenceFloats;
    private final long trainingFloats;

    private ModelDefinition(Builder builder) {
        this.name = builder.name;
        this.version = builder.version;
        this.inputs = List.copyOf(builder.inputs);
        this.outputs = List.copyOf(builder.outputs);
        this.parameters = List.copyOf(builder.parameters);
        this.layers = List.copyOf(builder.layers);
        this.rowReads = List.copyOf(builder.rowReads);
        this.lengths = List.copyOf(builder.lengths);
        this.losses = List.copyOf(builder.losses);
        this.targetedLosses = losses.stream().filter(LossDefinition::hasTarget).toList();
        this.blocks = Map.copyOf(builder.blocks);
        this.outdated = List.copyOf(builder.outdated);
        this.otherShapes = List.copyOf(builder.otherShapes);
        this.inferenceFloats = builder.inferenceFloats;
        this.trainingFloats = builder.trainingFloats;
    }

    /**
     * Starts a definition.
     *
     * @param name the declared class's simple name
     * @param version the version of the compiler that generates the network
     * @return a builder without content
     */
    public static Builder builder(String name, String version) {
        return new Builder(name, version);
    }

    /**
     * The declared class's simple name.
     *
     * @return such as {@code CifarNet}
     */
    public String name() {
        return name;
    }

    /**
     * The version of the compiler that generated the network.
     *
     * @return such as {@code 0.1.0}
     */
    public String version() {
        return version;
    }

    /**
     * The layers.
     *
     * @return in the order of computation
     */
    public List<LayerDefinition> layers() {
        return layers;
    }

    /**
     * The blocks of layers.
     *
     * @return their types by their keys
     */
    public Map<String, String> blocks() {
        return blocks;
    }

    /**
     * What rows of parameters layers read.
     *
     * @return in the order of computation
     */
    public List<RowReads> rowReads() {
        return rowReads;
    }

    /**
     * Which layers read how many steps each sample has.
     *
     * @return in the order of computation
     */
    public List<StepLengths> lengths() {
        return lengths;
    }

    /**
     * Requires that what the network was compiled with is what is there now.
     *
     * @throws IllegalStateException if a network that it extends, or a block that it uses, has changed since; or if an
     *     operator of the user's makes another shape than was declared
     */
    public void requireCurrent() {
        if (!outdated.isEmpty()) {
            throw new IllegalStateException(
                    name + " was compiled with another " + String.join(" and another ", outdated)
                            + " than the one on the class path. Compile " + name + " again.");
        }
        if (!otherShapes.isEmpty()) {
            throw new IllegalStateException(String.join("\n", otherShapes));
        }
    }

    /**
     * The losses.
     *
     * @return in declared order
     */
    public List<LossDefinition> losses() {
        return losses;
    }

    /**
     * The losses that take a target.
     *
     * @return in the order of {@link #losses()}
     */
    public List<LossDefinition> targetedLosses() {
        return targetedLosses;
    }

    /**
     * Parameters and buffers.
     *
     * @return in the order of the state dict
     */
    public List<ParameterSpec> parameters() {
        return parameters;
    }

    /**
     * The inputs.
     *
     * @return in declared order
     */
    public List<Port> inputs() {
        return inputs;
    }

    /**
     * The outputs.
     *
     * @return in declared order
     */
    public List<Port> outputs() {
        return outputs;
    }

    /**
     * Memory of a prediction.
     *
     * @return floats for each sample
     */
    public long inferenceFloats() {
        return inferenceFloats;
    }

    /**
     * Memory of a training step.
     *
     * @return floats for each sample; 0 if the network was generated for inference only
     */
    public long trainingFloats() {
        return trainingFloats;
    }

    /** Collects a definition, everything in declared order. */
    public static final class Builder {
        private final String name;
        private final String version;
        private final List<Port> inputs = new ArrayList<>();
        private final List<Port> outputs = new ArrayList<>();
        private final List<ParameterSpec> parameters = new ArrayList<>();
        private final List<LayerDefinition> layers = new ArrayList<>();
        private final List<RowReads> rowReads = new ArrayList<>();
        private final List<StepLengths> lengths = new ArrayList<>();
        private final List<LossDefinition> losses = new ArrayList<>();
        private final Map<String, String> blocks = new HashMap<>();
        private final List<String> outdated = new ArrayList<>();
        private final List<String> otherShapes = new ArrayList<>();
        private long inferenceFloats;
        private long trainingFloats;

        private Builder(String name, String version) {
            this.name = Objects.requireNonNull(name, "name");
            this.version = Objects.requireNonNull(version, "version");
        }

        /**
         * Adds an input.
         *
         * @param inputName its name
         * @param shape one sample's shape
         * @return this
         */
        public Builder input(String inputName, int... shape) {
            return input(DType.F32, inputName, shape);
        }

        /**
         * Adds an input of other elements than floats.
         *
         * @param type {@link DType#U8} or {@link DType#I32}; {@link DType#F32} is what the other method adds
         * @param inputName its name
         * @param shape one sample's shape
         * @return this
         * @throws IllegalArgumentException if it is of another type
         */
        public Builder input(DType type, String inputName, int... shape) {
            if (type != DType.F32 && type != DType.U8 && type != DType.I32) {
                throw new IllegalArgumentException(
                        "Input " + inputName + " is of type " + type + ", but inputs are F32, U8 or I32.");
            }
            inputs.add(new Port(
                    inputName.equals("input") ? "The input" : "Input " + inputName, inputName, type, shape.clone()));
            return this;
        }

        /**
         * Adds an output.
         *
         * @param outputName its name
         * @param shape one sample's shape
         * @return this
         */
        public Builder output(String outputName, int... shape) {
            outputs.add(new Port("Output " + outputName, outputName, DType.F32, shape.clone()));
            return this;
        }

        /**
         * Adds a parameter or buffer.
         *
         * @param spec the entry
         * @return this
         */
        public Builder parameter(ParameterSpec spec) {
            parameters.add(spec);
            return this;
        }

        /**
         * Adds a layer.
         *
         * @param layer the layer
         * @return this
         */
        public Builder layer(LayerDefinition layer) {
            layers.add(layer);
            return this;
        }

        /**
         * Says that a layer reads rows of a parameter, by the indices in an input.
         *
         * @param layer the layer's name
         * @param key the parameter's
         * @param input the input's number
         * @param rows how many rows there are
         * @param padding the row whose gradient stays zero; -1 for none
         * @param scaled whether gradients of a row are divided by how often the batch names it
         * @return this
         */
        public Builder rows(String layer, String key, int input, int rows, int padding, boolean scaled) {
            rowReads.add(new RowReads(layer, key, input, rows, padding, scaled));
            return this;
        }

        /**
         * Says that a layer reads how many steps each sample has, of an input.
         *
         * @param layer the layer's name
         * @param input the input's number
         * @param steps how many there are at most
         * @return this
         */
        public Builder lengths(String layer, int input, int steps) {
            lengths.add(new StepLengths(layer, input, steps));
            return this;
        }

        /**
         * Names a block of layers.
         *
         * @param key with which those of its layers begin
         * @param type the block's
         * @return this
         */
        public Builder block(String key, String type) {
            blocks.put(key, type);
            return this;
        }

        /**
         * Says what the network was compiled with.
         *
         * @param dependency the network that it extends, or the block that it uses
         * @param compiled its fingerprint then
         * @param present its fingerprint now
         * @return this
         */
        public Builder requires(String dependency, String compiled, String present) {
            if (!compiled.equals(present)) {
                outdated.add(dependency);
            }
            return this;
        }

        /**
         * Says what shape an operator of the user's makes, which the compiler could not ask.
         *
         * @param layer its layer's name
         * @param operator its class
         * @param made the shape by its own rule
         * @param declared the shape that the network was compiled for
         * @return this
         */
        public Builder outputShape(String layer, String operator, int[] made, int... declared) {
            if (!Arrays.equals(made, declared)) {
                otherShapes.add(operator + ".outputShape says that " + name + "." + layer + " is "
                        + Shapes.text(made) + ", but it is declared as " + Shapes.text(declared)
                        + ". Write output = " + sizes(made) + ".");
            }
            return this;
        }

        private static String sizes(int[] shape) {
            return Arrays.toString(shape).replace('[', '{').replace(']', '}');
        }

        /**
         * Adds a loss.
         *
         * @param loss the loss
         * @return this
         */
        public Builder loss(LossDefinition loss) {
            losses.add(loss);
            return this;
        }

        /**
         * Says how much memory the programs need.
         *
         * @param inferenceFloatsPerSample floats of a prediction, per sample
         * @param trainingFloatsPerSample floats of a training step, per sample; 0 if there is no training
         * @return this
         */
        public Builder memory(long inferenceFloatsPerSample, long trainingFloatsPerSample) {
            inferenceFloats = inferenceFloatsPerSample;
            trainingFloats = trainingFloatsPerSample;
            return this;
        }

        /**
         * Ends the definition.
         *
         * @return the definition
         * @throws IllegalArgumentException if it has no input or no output
         */
        public ModelDefinition build() {
            if (inputs.isEmpty() || outputs.isEmpty()) {
                throw new IllegalArgumentException("The definition of " + name + " has " + inputs.size()
                        + " inputs and " + outputs.size() + " outputs; it needs at least one of each.");
            }
            return new ModelDefinition(this);
        }
    }
}
