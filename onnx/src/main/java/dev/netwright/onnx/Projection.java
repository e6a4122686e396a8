package dev.netwright.onnx;

import dev.netwright.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The projection of one LSTM's hidden state, which ONNX's operator does not have. The gates' weight times the projection's takes
 * the state as it is before it is projected, and what is given on is projected behind the operator. A state that is given from
 * outside was never unprojected: it goes in beside the first step, where more columns of the input's weight take it.
 */
final class Projection {
    private final LayerNodes layer;
    private final int number;
    private final int directions;
    private final int size;
    private final String weight;

    /**
     * A projection.
     *
     * @param layer all LSTMs, one upon the other
     * @param number of this one
     * @param directions 1 or 2
     */
    Projection(LayerNodes layer, int number, int directions) {
        this.layer = layer;
        this.number = number;
        this.directions = directions;
        this.size = layer.attributes().integer("proj_size");
        List<String> each = new ArrayList<>();
        for (int d = 0; d < directions; d++) {
            String parameter = "weight_hr_l" + number + (d == 1 ? "_reverse" : "");
            each.add(layer.node(
                    parameter + "/direction",
                    "Unsqueeze",
                    List.of(layer.parameter(parameter), integers("first" + d, 0))));
        }
        weight = layer.node(name("stacked"), "Concat", each, Attributes.of("axis", 0));
    }

    private String name(String part) {
        return "projection" + number + "/" + part;
    }

    private String integers(String name, int... values) {
        return layer.constant(name(name), Constants.integers(values));
    }

    /** From R, directions x gates x projected, to R that takes what is not projected. */
    String recurrent(String of) {
        return layer.node(name("recurrent"), "MatMul", List.of(of, weight));
    }

    /** Behind the operator: of anything whose last three dimensions are directions x samples x features. */
    String of(String which, String value) {
        String columns =
                layer.node(name(which + "/columns"), "Transpose", List.of(weight), Attributes.of("perm", 0, 2, 1));
        return layer.node(name(which), "MatMul", List.of(value, columns));
    }

    /** W with columns of R behind its own: each direction's for its own state, zeros for the other's. */
    String inputWeight(String input, String recurrent) {
        float[] own = new float[directions * directions];
        for (int d = 0; d < directions; d++) {
            own[d * directions + d] = 1;
        }
        String eye = layer.constant(name("own"), Constants.floats(own, directions, 1, directions, 1));
        String apart = layer.node(name("apart"), "Unsqueeze", List.of(recurrent, integers("apart/at", 2)));
        String blocks = layer.node(name("blocks"), "Mul", List.of(apart, eye));
        String columns = layer.node(name("columns"), "Reshape", List.of(blocks, integers("columns/shape", 0, 0, -1)));
        return layer.node(name("weight"), "Concat", List.of(input, columns), Attributes.of("axis", 2));
    }

    /**
     * Steps with the given states behind their features, at the step with which a direction begins, and zeros at the others.
     *
     * @param steps steps x samples x features
     * @param states directions x samples x projected
     * @param lengths what the layer reads as such; null where all steps count
     */
    String inputSteps(String steps, String states, String lengths) {
        String samples = layer.node(name("given"), "Transpose", List.of(states), Attributes.of("perm", 1, 0, 2));
        String begins = lengths == null || directions == 1 ? begins() : begins(lengths);
        String placed = layer.node(name("placed"), "Mul", List.of(samples, begins));
        String shape = integers("placed/shape", 0, 0, directions * size);
        String features = layer.node(name("placed/features"), "Reshape", List.of(placed, shape));
        return layer.node(name("steps"), "Concat", List.of(steps, features), Attributes.of("axis", 2));
    }

    /** Ones where a direction begins; steps x 1 x directions x 1. */
    private String begins() {
        int count = layer.inputShape()[0];
        float[] ones = new float[count * directions];
        ones[0] = 1;
        if (directions == 2) {
            ones[2 * count - 1] = 1;
        }
        return layer.constant(name("begins"), Constants.floats(ones, count, 1, directions, 1));
    }

    /** The same of both directions, steps x samples x 2 x 1: the second begins with each sample's last step. */
    private String begins(String lengths) {
        String whole = layer.node(
                name("lengths"), "Cast", List.of(lengths), Attributes.of("to", TensorProto.DataType.INT64_VALUE));
        String last = layer.node(name("last"), "Sub", List.of(whole, integers("one", 1)));
        String first = layer.node(name("firsts"), "Mul", List.of(last, integers("backwards", 0, 1)));
        String firsts = layer.node(name("firsts/apart"), "Unsqueeze", List.of(first, integers("firsts/at", 2)));
        int[] numbers = IntStream.range(0, layer.inputShape()[0]).toArray();
        String places = layer.node(
                name("places"),
                "Reshape",
                List.of(integers("numbers", numbers), integers("places/shape", numbers.length, 1, 1, 1)));
        String equal = layer.node(name("equal"), "Equal", List.of(places, firsts));
        return layer.node(
                name("begins"), "Cast", List.of(equal), Attributes.of("to", TensorProto.DataType.FLOAT_VALUE));
    }
}
