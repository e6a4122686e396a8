package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.OperatorClass;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An operator of the user's own.
 *
 * @param operator the class with its methods
 * @param inputs shapes of one sample of each
 * @param output shape of one sample
 */
public record Custom(OperatorClass operator, List<Shape> inputs, Shape output) implements Layer {
    private static final String VALUE = "value";

    public Custom {
        inputs = List.copyOf(inputs);
    }

    static Custom create(Attributes a, List<Shape> inputs) {
        OperatorClass operator = a.operator(VALUE);
        if (operator.isKnown()) {
            requireMethods(operator, inputs.size(), VALUE);
        }
        if (!a.isWritten("output")) {
            return new Custom(operator, inputs, inputs.get(0));
        }
        List<Integer> sizes = a.integers("output");
        if (sizes.isEmpty() || Collections.min(sizes) < 1) {
            throw LayerException.ofValue(
                    "output",
                    "output of %s is " + a.sizesText("output") + ", but its sizes must be at least 1",
                    "Write output = {8, 16}, say.");
        }
        Custom made = new Custom(operator, inputs, new Shape(sizes));
        if (operator.isKnown() && !made.hasRule()) {
            throw new LayerException(
                            "output",
                            "output of %s is " + a.sizesText("output") + ", but " + operator.simpleName()
                                    + " has no rule for it",
                            "Add " + rule(inputs.size()) + " to " + operator.simpleName()
                                    + ", which says what comes of such inputs, or leave output out.")
                    .besides(VALUE);
        }
        return made;
    }

    /**
     * Refuses a class without the methods of an operator.
     *
     * @param inputs how many it takes
     * @param attribute that names the class
     */
    public static void requireMethods(OperatorClass operator, int inputs, String attribute) {
        String name = operator.simpleName();
        if (!operator.hidden().isEmpty()) {
            throw LayerException.ofValue(
                    attribute,
                    "%s cannot call " + name + ", as " + operator.hidden(),
                    "Name a public class, within public ones only, that has the methods.");
        }
        List<String> names = names(inputs);
        require(operator, OperatorClass.FORWARD, names, attribute);
        require(operator, OperatorClass.BACKWARD, names, attribute);
    }

    /** That a method is there with these parameters, and with no other of its name beside it. */
    private static void require(OperatorClass operator, String method, List<String> names, String attribute) {
        List<String> there = operator.methods().stream()
                .filter(each -> each.contains(" " + method + "("))
                .toList();
        if (there.contains(method(method, names, true))) {
            return;
        }
        String has = there.isEmpty() ? "has none" : "has " + String.join(" and ", there);
        throw new LayerException(
                attribute,
                "%s needs a method " + method + " for " + Counted.of(names.size(), "input") + ", but "
                        + operator.simpleName() + " " + has,
                "Declare " + method(method, names, false) + " in it.");
    }

    private static List<String> names(int inputs) {
        return inputs == 1
                ? List.of("x")
                : IntStream.range(0, inputs).mapToObj(i -> "x" + i).toList();
    }

    private static String method(String name, List<String> inputs, boolean types) {
        List<String> parameters = new ArrayList<>();
        OperatorClass.arrays(name, inputs)
                .forEach(array ->
                        parameters.add(types ? "float[], int" : "float[] " + array + ", int " + array + "Offset"));
        inputs.forEach(input -> parameters.add(types ? "int[]" : "int[] " + input + "Shape"));
        return "public static void " + name + "(" + String.join(", ", parameters) + ")";
    }

    private static String rule(int inputs) {
        return "public static int[] " + OperatorClass.OUTPUT_SHAPE + "("
                + names(inputs).stream()
                        .map(input -> "int[] " + input + "Shape")
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** Whether the class says the shape of what it makes of so many inputs. */
    public boolean hasRule() {
        String types = "public static int[] " + OperatorClass.OUTPUT_SHAPE + "("
                + String.join(", ", Collections.nCopies(inputs.size(), "int[]")) + ")";
        return operator.methods().contains(types);
    }

    @Override
    public String name() {
        return "Custom";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(positional("operator", operator.toString()));
    }

    @Override
    public Value forward(Lowering l, List<Value> values) {
        return l.apply(new Primitive.Custom(operator), "", output, true, values);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        List<Value> read = new ArrayList<>(f.inputs());
        read.add(f.output());
        read.add(gradient);
        List<Value> gradients = f.inputs().stream()
                .map(input -> l.value("." + input.name() + ".grad", input.shape(), true))
                .toList();
        l.node(new Primitive.CustomGradient(operator), read, gradients);
        return gradients;
    }
}
