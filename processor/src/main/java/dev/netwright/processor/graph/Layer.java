package dev.netwright.processor.graph;

import java.util.List;
import java.util.Map;

/**
 * A layer with all its attributes and shapes known: one implementation per annotation, or for those that
 * differ in their number of axes, made by the factory that {@link
 * dev.netwright.processor.graph.layer.Layers}
 * lists. The factory checks the attributes, infers what was left out and applies the shape rule; the methods here say
 * what the layer is and computes.
 */
public interface Layer {
    /** PyTorch's name of its type. */
    String name();

    /** The layer as it is on these inputs: another only where it takes bytes otherwise than floats. */
    default Layer reading(List<Value> inputs) {
        return this;
    }

    /** Shape of one sample's output. */
    Shape output();

    /** Shapes of what it gives besides its output, by the names that tell them behind its own, as in {@code lstm.hn}. */
    default Map<String, Shape> further() {
        return Map.of();
    }

    /**
     * Parameters and buffers in PyTorch's order of registration, which is also the order in which initial values are
     * drawn.
     */
    default List<ParameterDeclaration> parameters() {
        return List.of();
    }

    /**
     * Where the output's shape comes from if the shape alone does not tell, such as {@code 64 x 4 x 4, flattened}; else
     * empty. A consumer that refuses the shape
     * ends its message with it, and this follows in brackets.
     */
    default String describeOutput() {
        return "";
    }

    /** All its attributes, in the order in which PyTorch prints them. */
    default List<LayerAttribute> attributes() {
        return List.of();
    }

    /** The layers that it is composed of and that PyTorch prints below it, in the order of registration. */
    default List<Child> children() {
        return List.of();
    }

    /** Floating-point operations for one sample, a multiplication and an addition counting as two. */
    default long flops() {
        return 0;
    }

    /**
     * How many samples it needs at once.
     *
     * @param training whether it trains
     */
    default int leastSamples(boolean training) {
        return 1;
    }

    /**
     * Writes the forward computation as primitives and returns the output. What the backward needs besides inputs and
     * output is {@link Lowering#save saved}; what it gives besides is {@link Lowering#give given}, each.
     */
    Value forward(Lowering lowering, List<Value> inputs);

    /**
     * Writes the gradient computation: reports each parameter's gradient to the lowering and returns the gradient of
     * each input, in order. An entry is ignored, and
     * may be null, where {@link Lowering#needsGradient} says so; it is null too where the output does not depend on the
     * input.
     */
    List<Value> backward(Lowering lowering, Forward forward, Value gradient);

    /**
     * A layer that another is composed of.
     *
     * @param key its name within the other
     * @param type PyTorch's name of its type
     * @param layer what it is
     */
    record Child(String key, String type, Layer layer) {
        public Child(String key, Layer layer) {
            this(key, layer.name(), layer);
        }
    }

    /**
     * Where a layer's forward {@link Lowering#part applied} another.
     *
     * @param key its name within the layer
     * @param layer the other
     * @param forward what that left
     * @param first the index of the other's first node among the layer's
     */
    record Applied(String key, Layer layer, Forward forward, int first) {
        /** The index behind that of its last node. */
        int end() {
            return first + forward.nodes().size();
        }
    }

    /**
     * What a layer's forward left for its backward.
     *
     * @param inputs the forward's inputs
     * @param output the forward's output
     * @param further what it gave besides, in order
     * @param saved what was saved, in order
     * @param nodes what it was written in
     * @param parts the layers that it applied, whose nodes are among these
     */
    record Forward(
            List<Value> inputs,
            Value output,
            List<Value> further,
            List<Value> saved,
            List<Node> nodes,
            List<Applied> parts) {
        public Value input() {
            return inputs.get(0);
        }

        public Value saved(int index) {
            return saved.get(index);
        }
    }
}
