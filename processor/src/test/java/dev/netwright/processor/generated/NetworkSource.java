package dev.netwright.processor.generated;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The source of an annotated class, put together from its parts; the gradient by every input is asked for where all are
 * floats.
 *
 * @param name of the class
 * @param inputs the shapes of one sample; a single input is called {@code input}, several {@code a}, {@code b}, ...
 * @param types of the inputs' elements
 * @param annotations of the class but that of its input: losses, and what is frozen
 * @param layers fields with their annotations
 */
public record NetworkSource(
        String name, List<List<Integer>> inputs, List<String> types, List<String> annotations, List<String> layers) {
    private static final String FLOATS = "FLOAT32";

    /** Where all networks of tests are. */
    public static final String PACKAGE = "tested";

    public NetworkSource {
        inputs = List.copyOf(inputs);
        types = List.copyOf(types);
        annotations = List.copyOf(annotations);
        layers = List.copyOf(layers);
    }

    /** A network without layers. */
    public static NetworkSource of(List<List<Integer>> inputs) {
        return new NetworkSource("", inputs, Collections.nCopies(inputs.size(), FLOATS), List.of(), List.of());
    }

    /** With other types of the inputs' elements. */
    public NetworkSource typed(List<String> newTypes) {
        return new NetworkSource(name, inputs, newTypes, annotations, layers);
    }

    public NetworkSource named(String newName) {
        return new NetworkSource(newName, inputs, types, annotations, layers);
    }

    /** With a layer more, such as {@code @ReLU Layer relu}. */
    public NetworkSource layer(String layer) {
        return new NetworkSource(name, inputs, types, annotations, and(layers, layer));
    }

    public NetworkSource loss(String loss) {
        return new NetworkSource(name, inputs, types, and(annotations, loss), layers);
    }

    /** With a layer that computes in training as in evaluation, and whose parameters are trained. */
    public NetworkSource evaluating(String layer) {
        return loss("@Frozen(value = \"" + layer + "\", evaluation = true)");
    }

    /** The name of an input. */
    public String input(int index) {
        return inputs.size() == 1 ? "input" : String.valueOf((char) ('a' + index));
    }

    /** The class with its package. */
    public NetworkText inPackage() {
        return new NetworkText(PACKAGE + "." + name, text());
    }

    /** The class as Java source. */
    public String text() {
        boolean floats = types.stream().allMatch(FLOATS::equals);
        String gradient = floats ? "inputGradient = true" : "inputGradient = false";
        String shapes = inputs.size() == 1
                ? "@Network(input = " + braces(inputs.get(0)) + type(0) + ", " + gradient + ")\n"
                : "@Network(" + gradient + ")\n"
                        + IntStream.range(0, inputs.size())
                                .mapToObj(i -> "@Input(name = \"" + input(i) + "\", shape = " + braces(inputs.get(i))
                                        + type(i) + ")\n")
                                .collect(Collectors.joining());
        return "package " + PACKAGE + ";\n\nimport dev.netwright.annotations.*;\n\n"
                + shapes
                + annotations.stream().map(each -> each + "\n").collect(Collectors.joining())
                + "class " + name + " {\n"
                + layers.stream().map(layer -> "    " + layer + ";\n").collect(Collectors.joining())
                + "}\n";
    }

    private String type(int input) {
        return types.get(input).equals(FLOATS) ? "" : ", type = InputType." + types.get(input);
    }

    private static String braces(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
    }

    private static List<String> and(List<String> all, String more) {
        List<String> result = new ArrayList<>(all);
        result.add(more);
        return result;
    }
}
