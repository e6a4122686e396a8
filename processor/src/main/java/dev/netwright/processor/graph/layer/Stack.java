package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What all recurrent layers have: some layers one upon the other, in one direction or both.
 *
 * @param steps of a sample
 * @param features of a step
 * @param hidden features of the state
 * @param layers one upon the other
 * @param bias whether both products have one
 * @param dropout probability of a zero between layers
 * @param bidirectional whether each layer has one that goes back
 * @param projected features that the state is projected to; 0 for none
 * @param initial whether the first state is given
 * @param masked whether lengths are given
 * @param truncated steps after which gradients of the state are cut; 0 for never
 */
record Stack(
        int steps,
        int features,
        int hidden,
        int layers,
        boolean bias,
        double dropout,
        boolean bidirectional,
        int projected,
        boolean initial,
        boolean masked,
        int truncated) {
    private record Sizes(int hidden, int layers, int projected, double dropout, boolean bidirectional, int truncated) {}

    private static final String STATE = "initialState";
    private static final String LENGTHS = StepReader.LENGTHS;

    /**
     * Checks attributes and shapes.
     *
     * @param states names of the states, as people write them
     */
    static Stack of(Attributes a, List<Shape> inputs, List<String> states) {
        int hidden = Images.atLeastOne(a, "hiddenSize");
        Sizes sizes = new Sizes(
                hidden,
                Images.atLeastOne(a, "numLayers"),
                a.defaults().containsKey("projSize") ? projected(a, hidden) : 0,
                Reals.probability(a, "dropout"),
                a.flag("bidirectional"),
                truncated(a));
        Shape input = inputs.get(0);
        if (input.rank() != 2) {
            throw LayerException.shape(
                    null,
                    "%s goes over steps of features but receives " + input,
                    input.rank() == 1
                            ? "Give it steps x features; @Unflatten makes them, or use a cell for a single step."
                            : "Give it steps x features: @Flatten(startDim = 2) joins those of a step, @Permute brings"
                                    + " steps to the front.");
        }
        return of(sizes, a, inputs, states);
    }

    /** @param inputs the first of steps x features */
    private static Stack of(Sizes sizes, Attributes a, List<Shape> inputs, List<String> states) {
        Shape input = inputs.get(0);
        boolean initial = a.isWritten(STATE);
        boolean masked = a.isWritten(LENGTHS);
        int features = input.size(1);
        if (a.isWritten("inputSize") && a.integer("inputSize") != features) {
            throw LayerException.shape(
                    "inputSize",
                    "%s expects " + a.sizesText("inputSize") + " features but receives " + features,
                    "Write inputSize = " + features + ", or leave it out and it is inferred.");
        }
        Stack stack = new Stack(
                input.size(0),
                features,
                sizes.hidden(),
                sizes.layers(),
                a.flag("bias"),
                sizes.dropout(),
                sizes.bidirectional(),
                sizes.projected(),
                initial,
                masked,
                sizes.truncated());
        int given = 1 + (initial ? states.size() : 0) + (masked ? 1 : 0);
        boolean known = !a.unknown().contains(STATE) && !a.unknown().contains(LENGTHS);
        if (known && inputs.size() != given) {
            throw LayerException.shape(
                    initial ? STATE : "from",
                    "%s takes " + given + " values but is given " + inputs.size(),
                    "Name one layer in from"
                            + (initial
                                    ? ", and " + states.size() + " in initialState: " + String.join(" and ", states)
                                    : "")
                            + ".");
        }
        for (int i = 0; known && initial && i < states.size(); i++) {
            stack.checkState(inputs.get(1 + i), i == 0 ? stack.width() : stack.hidden(), states.get(i));
        }
        if (known && masked) {
            StepReader.check(LENGTHS, inputs.get(given - 1));
        }
        return stack;
    }

    private static int projected(Attributes a, int hidden) {
        int size = a.integer("projSize");
        if (size < 0 || size >= hidden) {
            throw LayerException.ofValue(
                            "projSize",
                            "projSize of %s is " + a.sizesText("projSize") + ", but its state has " + hidden
                                    + " features",
                            "Write less than hiddenSize, or leave it out for none.")
                    .besides("hiddenSize");
        }
        return size;
    }

    private static int truncated(Attributes a) {
        int steps = a.integer("truncate");
        if (steps < 0) {
            throw LayerException.ofValue(
                    "truncate",
                    "truncate of %s is " + a.sizesText("truncate") + ", but must be 0 or more",
                    "Write the number of steps that gradients flow back through, or leave it out for all.");
        }
        return steps;
    }

    private void checkState(Shape given, int width, String name) {
        Shape wanted = Shape.of(layers * directions(), width);
        if (!given.equals(wanted)) {
            throw LayerException.shape(
                            STATE,
                            "%s begins with " + name + " of " + wanted + " but is given " + given,
                            "Give it a row for each layer" + (bidirectional ? " and direction" : "") + ", of " + width
                                    + " features.")
                    .besides("hiddenSize", "numLayers", "bidirectional");
        }
    }

    /** Of one step, without the attributes of layers. */
    static Stack ofCell(Attributes a, List<Shape> inputs, List<String> states) {
        List<Shape> rows = inputs.stream()
                .map(shape -> new Shape(List.of(1)).and(shape.sizes()))
                .toList();
        return of(new Sizes(Images.atLeastOne(a, "hiddenSize"), 1, 0, 0, false, 0), a, rows, states);
    }

    int directions() {
        return bidirectional ? 2 : 1;
    }

    boolean projects() {
        return projected > 0;
    }

    /** Features that each direction gives. */
    int width() {
        return projects() ? projected : hidden;
    }

    String suffix(int layer, int direction) {
        return "_l" + layer + (direction == 1 ? "_reverse" : "");
    }

    /** Features that a layer reads. */
    private int read(int layer) {
        return layer == 0 ? features : directions() * width();
    }

    List<ParameterDeclaration> parameters(int gates) {
        List<ParameterDeclaration> all = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int direction = 0; direction < directions(); direction++) {
                String suffix = suffix(layer, direction);
                all.addAll(parameters(suffix, gates * hidden, read(layer), width(), hidden, bias));
                if (projects()) {
                    all.add(parameter("weight_hr" + suffix, Shape.of(projected, hidden), hidden));
                }
            }
        }
        return all;
    }

    /** Those of one direction: all are drawn within one over the root of the state's features. */
    static List<ParameterDeclaration> parameters(
            String suffix, int rows, int features, int width, int hidden, boolean bias) {
        List<ParameterDeclaration> all = new ArrayList<>();
        all.add(parameter("weight_ih" + suffix, Shape.of(rows, features), hidden));
        all.add(parameter("weight_hh" + suffix, Shape.of(rows, width), hidden));
        if (bias) {
            all.add(parameter("bias_ih" + suffix, Shape.of(rows), hidden));
            all.add(parameter("bias_hh" + suffix, Shape.of(rows), hidden));
        }
        return all;
    }

    private static ParameterDeclaration parameter(String name, Shape shape, int hidden) {
        return new ParameterDeclaration(name, shape, Kind.PARAMETER, new Initial.UniformFanIn(hidden));
    }

    List<LayerAttribute> attributes() {
        return List.of(
                positional("input_size", features),
                positional("hidden_size", hidden),
                named("proj_size", projected).unless(0),
                named("num_layers", layers).unless(1),
                named("bias", bias).unless(true),
                named("batch_first", true),
                named("dropout", dropout).unless(0.0),
                named("bidirectional", bidirectional).unless(false),
                LayerAttribute.unprinted("initial_state", initial).unless(false),
                LayerAttribute.unprinted("lengths", masked).unless(false),
                LayerAttribute.unprinted("truncate", truncated).unless(0));
    }

    long flops(int gates) {
        long all = 0;
        for (int layer = 0; layer < layers; layer++) {
            all += 2L * gates * hidden * (read(layer) + width()) + 2L * projected * hidden;
        }
        return all * steps * directions();
    }
}
