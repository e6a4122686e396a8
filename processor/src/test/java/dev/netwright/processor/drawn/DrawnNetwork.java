package dev.netwright.processor.drawn;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.reference.AnnotationAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An annotated class in parts that can be taken away one by one, and how it is run.
 *
 * @param inputs in declared order
 * @param layers in declared order, each with its sources' names
 * @param outputs names of layers, in declared order
 * @param losses in declared order
 * @param frozen layers whose parameters are not trained
 * @param inputGradient whether the gradient by the inputs is asked for
 * @param exact whether every convolution is computed directly
 * @param samples of a batch
 * @param numbers what inputs, targets and weights are drawn from
 */
public record DrawnNetwork(
        List<DrawnInput> inputs,
        List<DrawnLayer> layers,
        List<String> outputs,
        List<DrawnLoss> losses,
        List<String> frozen,
        boolean inputGradient,
        boolean exact,
        int samples,
        long numbers) {
    /**
     * An input.
     *
     * @param name what layers call it
     * @param shape of one sample
     * @param type of its elements
     */
    public record DrawnInput(String name, List<Integer> shape, String type) {
        public DrawnInput {
            shape = List.copyOf(shape);
        }

        boolean isFloats() {
            return type.equals("FLOAT32");
        }
    }

    /**
     * A layer.
     *
     * @param name of the field
     * @param annotation simple name
     * @param attributes that are written, without {@code from}
     * @param from the names of what it reads
     * @param kept whether its output is kept
     */
    public record DrawnLayer(
            String name, String annotation, Map<String, Object> attributes, List<String> from, boolean kept) {
        public DrawnLayer {
            from = List.copyOf(from);
        }

        Layer layer(Map<String, Shape> shapes) {
            return Layers.factory(annotation)
                    .create(
                            AnnotationAttributes.of(annotation, attributes),
                            from.stream().map(shapes::get).toList());
        }
    }

    /**
     * A loss.
     *
     * @param annotation simple name
     * @param attributes that are written, without {@code of}
     * @param of the layer it judges, most often an output
     */
    public record DrawnLoss(String annotation, Map<String, Object> attributes, String of) {}

    public DrawnNetwork {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
        losses = List.copyOf(losses);
        frozen = List.copyOf(frozen);
    }

    /** The shapes of inputs and layers by name; an exception where an attribute does not fit. */
    Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        inputs.forEach(input -> shapes.put(input.name(), new Shape(input.shape())));
        layers.forEach(layer -> shapes.put(layer.name(), layer.layer(shapes).output()));
        return shapes;
    }

    List<String> kept() {
        return layers.stream().filter(DrawnLayer::kept).map(DrawnLayer::name).toList();
    }

    boolean hasFloatInputs() {
        return inputs.stream().allMatch(DrawnInput::isFloats);
    }

    boolean contains(String annotation) {
        return layers.stream().anyMatch(layer -> layer.annotation().equals(annotation));
    }

    DrawnNetwork withLayers(List<DrawnLayer> changed) {
        return new DrawnNetwork(inputs, changed, outputs, losses, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withInputs(List<DrawnInput> changed) {
        return new DrawnNetwork(changed, layers, outputs, losses, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withOutputs(List<String> changed) {
        return new DrawnNetwork(inputs, layers, changed, losses, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withLosses(List<DrawnLoss> changed) {
        return new DrawnNetwork(inputs, layers, outputs, changed, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withFrozen(List<String> changed) {
        return new DrawnNetwork(inputs, layers, outputs, losses, changed, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withOptions(boolean gradient, boolean precise, int batch) {
        return new DrawnNetwork(inputs, layers, outputs, losses, frozen, gradient, precise, batch, numbers);
    }

    DrawnNetwork withNumbers(long other) {
        return new DrawnNetwork(inputs, layers, outputs, losses, frozen, inputGradient, exact, samples, other);
    }

    /** The class as Java source; what has the value that it has unwritten is left out. */
    public String text(String name) {
        List<String> options = new ArrayList<>();
        boolean one = inputs.size() == 1 && inputs.get(0).name().equals("input");
        if (one) {
            options.add("input = " + braces(inputs.get(0).shape()));
            if (!inputs.get(0).isFloats()) {
                options.add("type = InputType." + inputs.get(0).type());
            }
        }
        if (inputGradient) {
            options.add("inputGradient = true");
        }
        if (exact) {
            options.add("precision = Precision.EXACT");
        }
        StringBuilder text = new StringBuilder("package " + NetworkSource.PACKAGE
                + ";\n\nimport dev.netwright.annotations.*;\n\n@Network"
                + (options.isEmpty() ? "" : "(" + String.join(", ", options) + ")") + "\n");
        for (DrawnInput input : one ? List.<DrawnInput>of() : inputs) {
            text.append("@Input(name = \"" + input.name() + "\", shape = " + braces(input.shape())
                    + (input.isFloats() ? "" : ", type = InputType." + input.type()) + ")\n");
        }
        for (DrawnLoss loss : losses) {
            Map<String, Object> attributes = new LinkedHashMap<>(loss.attributes());
            if (outputs.size() > 1 || !outputs.contains(loss.of())) {
                attributes.put("of", loss.of());
            }
            text.append(AnnotationText.of(loss.annotation(), attributes)).append('\n');
        }
        String patterns = layers.stream()
                .map(DrawnLayer::name)
                .filter(frozen::contains)
                .map(layer -> "\"" + layer + ".*\"")
                .collect(Collectors.joining(", "));
        text.append(patterns.isEmpty() ? "" : "@Frozen({" + patterns + "})\n");
        text.append("class ").append(name).append(" {\n");
        for (int i = 0; i < layers.size(); i++) {
            text.append("    ").append(field(i)).append('\n');
        }
        return text.append("}\n").toString();
    }

    private String field(int index) {
        DrawnLayer layer = layers.get(index);
        String before = index > 0
                ? layers.get(index - 1).name()
                : inputs.size() == 1 ? inputs.get(0).name() : "";
        Map<String, Object> attributes = new LinkedHashMap<>(layer.attributes());
        if (!layer.from().equals(List.of(before))) {
            attributes.put("from", layer.from().size() == 1 ? layer.from().get(0) : layer.from());
        }
        String last = layers.get(layers.size() - 1).name();
        boolean marked = !outputs.equals(List.of(last)) && outputs.contains(layer.name());
        return (marked ? "@Output " : "") + (layer.kept() ? "@KeepOutput " : "")
                + AnnotationText.of(layer.annotation(), attributes) + " Layer " + layer.name() + ";";
    }

    private static String braces(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
    }

    /** Outputs in the order of their fields. */
    List<String> ordered(List<String> names) {
        return IntStream.range(0, layers.size())
                .mapToObj(i -> layers.get(i).name())
                .filter(names::contains)
                .toList();
    }
}
