package dev.netwright.runtime.generated;

import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.Tensor;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A layer of a model, as its public field. Generated subclasses add the typed methods, such as {@code weight()}. */
public abstract class LayerView {
    private final ModelBase model;
    private final int layer;
    private final LayerDefinition definition;

    /**
     * A view.
     *
     * @param model the model
     * @param layer the layer's index in the definition
     */
    protected LayerView(ModelBase model, int layer) {
        this.model = model;
        this.layer = layer;
        this.definition = model.definition().layers().get(layer);
    }

    /**
     * The layer's name in the state dict.
     *
     * @return such as {@code features.0}
     */
    public final String key() {
        return definition.key();
    }

    /**
     * The shape of one sample's output.
     *
     * @return a copy, without the batch
     */
    public final int[] outputShape() {
        return definition.outputShape();
    }

    /**
     * The output in the model's last pass, kept for outputs of the network and for layers marked with
     * {@code @KeepOutput}. Without a mark anywhere in the network, predictions and training steps of many samples are
     * computed in parts, of which only the last would be there: none is given then.
     *
     * @return a copy of shape [samples, output shape]
     * @throws IllegalStateException if there was no pass, the output was not kept, or the pass ran in parts
     */
    public final Tensor output() {
        return model.keptOutput(layer);
    }

    /**
     * One of the layer's parameters or buffers.
     *
     * @param name such as {@code weight}
     * @return a copy in PyTorch's shape and order
     */
    protected final Tensor get(String name) {
        return model.parameters().get(parameter(name));
    }

    /**
     * Replaces one of the layer's parameters or buffers, in a copy of the model's weights: predictions that run
     * meanwhile compute with all of those before.
     *
     * @param name such as {@code weight}
     * @param value PyTorch's shape and order
     * @throws IllegalArgumentException if the shape or type is another
     * @throws IllegalStateException if another thread trains the model
     */
    protected final void set(String name, Tensor value) {
        model.parameters().set(parameter(name), value);
    }

    /** A parameter by itself has the layer's own key. */
    private String parameter(String name) {
        return name.isEmpty() ? key() : key() + "." + name;
    }

    /**
     * Views of what stands in a row.
     *
     * @param <T> the view of one
     * @param times how many
     * @param first number of the first one's first layer
     * @param stride layers of each
     * @param view makes one, given the number of its first layer
     * @return unmodifiable, in order
     */
    public static <T> List<T> row(int times, int first, int stride, IntFunction<T> view) {
        return IntStream.range(0, times)
                .mapToObj(i -> view.apply(first + i * stride))
                .toList();
    }

    /**
     * PyTorch's line for the layer.
     *
     * @return such as {@code Linear(in_features=64, out_features=10, bias=True)}
     */
    @Override
    public final String toString() {
        return definition.toString();
    }
}
