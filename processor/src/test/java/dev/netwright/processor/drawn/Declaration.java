package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnInput;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network written by hand: layers in a chain unless they say what they read. */
final class Declaration {
    static final int SAME = -1_000_001;

    private final List<DrawnInput> inputs = new ArrayList<>();
    private final List<DrawnLayer> layers = new ArrayList<>();
    private final List<DrawnLoss> losses = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    static Declaration of(Integer... shape) {
        return new Declaration().input("input", "FLOAT32", shape);
    }

    Declaration input(String name, String type, Integer... shape) {
        inputs.add(new DrawnInput(name, List.of(shape), type));
        return this;
    }

    /** A layer; attributes are names and values by turns. */
    Declaration layer(String annotation, Object... attributes) {
        String before = layers.isEmpty()
                ? inputs.get(0).name()
                : layers.get(layers.size() - 1).name();
        return layer(annotation, List.of(before), attributes);
    }

    Declaration layer(String annotation, List<String> from, Object... attributes) {
        String name = annotation.toLowerCase(java.util.Locale.ROOT).replaceAll("[123]d|\\d", "") + (layers.size() + 1);
        layers.add(new DrawnLayer(name, annotation, map(attributes), from, false));
        return this;
    }

    private static Map<String, Object> map(Object... attributes) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put((String) attributes[i], attributes[i + 1]);
        }
        return map;
    }

    /** A convolution that keeps the size. */
    Declaration conv(int channels, int kernel) {
        Object padding = kernel % 2 == 1 ? kernel / 2 : SAME;
        return layer("Conv2d", "outChannels", channels, "kernelSize", kernel, "padding", padding);
    }

    /** A convolution of a sequence that keeps its length. */
    Declaration sequence(int channels, int kernel) {
        Object padding = kernel % 2 == 1 ? kernel / 2 : SAME;
        return layer("Conv1d", "outChannels", channels, "kernelSize", kernel, "padding", padding);
    }

    /** A convolution of a volume that keeps its size. */
    Declaration volume(int channels, int kernel) {
        Object padding = kernel % 2 == 1 ? kernel / 2 : SAME;
        return layer("Conv3d", "outChannels", channels, "kernelSize", kernel, "padding", padding);
    }

    Declaration linear(int features) {
        return layer("Linear", "outFeatures", features);
    }

    Declaration groupNorm(int groups) {
        return layer("GroupNorm", "numGroups", groups);
    }

    Declaration maxPool(int size) {
        return layer("MaxPool2d", "kernelSize", size);
    }

    Declaration pad(Integer... amounts) {
        return layer("Pad", "padding", List.of(amounts));
    }

    /** Marks the last layer. */
    Declaration output() {
        outputs.add(layers.get(layers.size() - 1).name());
        return this;
    }

    /** A loss on the last layer. */
    Declaration loss(String annotation, Object... attributes) {
        losses.add(new DrawnLoss(
                annotation, map(attributes), layers.get(layers.size() - 1).name()));
        return this;
    }

    DrawnNetwork network(boolean inputGradient, boolean exact, int samples) {
        List<String> marked =
                outputs.isEmpty() ? List.of(layers.get(layers.size() - 1).name()) : outputs;
        return new DrawnNetwork(List.of(), inputs, layers, marked, losses, List.of(), inputGradient, exact, samples, 1);
    }

    boolean hasLoss() {
        return !losses.isEmpty();
    }
}
