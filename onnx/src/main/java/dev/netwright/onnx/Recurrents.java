package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import dev.netwright.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Layers over time and cells, by ONNX's operators of the same names: steps first, then samples; gates in another order; a
 * direction's weights behind the other's.
 */
final class Recurrents {
    /** PyTorch's input, forget, cell, output; ONNX's input, output, forget, cell. */
    private static final int[] LSTM = {0, 3, 1, 2};

    /** PyTorch's reset, update, new; ONNX's update, reset, hidden. */
    private static final int[] GRU = {1, 0, 2};

    private static final int[] RNN = {0};

    /** Places among the operators' inputs. */
    private static final int X = 0;

    private static final int W = 1;
    private static final int R = 2;
    private static final int INITIAL_H = 5;

    private final LayerNodes layer;
    private final String operator;
    private final int[] gates;
    private final int hidden;

    private Recurrents(LayerNodes layer, String operator, int[] gates) {
        this.layer = layer;
        this.operator = operator;
        this.gates = gates;
        this.hidden = layer.attributes().integer("hidden_size");
    }

    static void lstm(LayerNodes layer) {
        new Recurrents(layer, "LSTM", LSTM).layers();
    }

    static void gru(LayerNodes layer) {
        new Recurrents(layer, "GRU", GRU).layers();
    }

    static void rnn(LayerNodes layer) {
        new Recurrents(layer, "RNN", RNN).layers();
    }

    static void lstmCell(LayerNodes layer) {
        new Recurrents(layer, "LSTM", LSTM).cell();
    }

    static void gruCell(LayerNodes layer) {
        new Recurrents(layer, "GRU", GRU).cell();
    }

    static void rnnCell(LayerNodes layer) {
        new Recurrents(layer, "RNN", RNN).cell();
    }

    private int states() {
        return operator.equals("LSTM") ? 2 : 1;
    }

    private boolean isGiven() {
        return layer.attributes().flag("initial_state");
    }

    private boolean isMasked() {
        return layer.attributes().flag("lengths");
    }

    private boolean isProjected() {
        return operator.equals("LSTM") && projected() > 0;
    }

    private int projected() {
        return layer.attributes().integer("proj_size");
    }

    private String integers(String name, int... values) {
        return layer.constant(name, Constants.integers(values));
    }

    private String moved(String name, String value, int... order) {
        return layer.node(name, "Transpose", List.of(value), Attributes.of("perm", order));
    }

    private void layers() {
        int count = layer.attributes().integer("num_layers");
        int directions = layer.attributes().flag("bidirectional") ? 2 : 1;
        String lengths = isMasked() ? lengths() : "";
        String x = moved("steps", layer.input(), 1, 0, 2);
        List<String> given = new ArrayList<>();
        for (int i = 0; isGiven() && i < states(); i++) {
            given.add(moved("given" + i, layer.inputs().get(1 + i), 1, 0, 2));
        }
        List<List<String>> last = new ArrayList<>(List.of(new ArrayList<>(), new ArrayList<>()));
        for (int l = 0; l < count; l++) {
            String name = "layer" + l;
            List<String> from = new ArrayList<>(List.of(x));
            from.addAll(weights(l, directions));
            from.add(lengths);
            for (int i = 0; i < given.size(); i++) {
                from.add(rows(name + "/given" + i, given.get(i), l * directions, directions));
            }
            List<String> made = made(l, from, directions);
            // steps x directions x samples x features
            String samples = moved(name + "/samples", made.get(0), 2, 0, 1, 3);
            String shape = integers(name + "/shape", 0, 0, directions * (isProjected() ? projected() : hidden));
            if (l == count - 1) {
                layer.result("Reshape", List.of(samples, shape));
            } else {
                x = moved(name + "/next", layer.node(name + "/joined", "Reshape", List.of(samples, shape)), 1, 0, 2);
            }
            for (int i = 0; i < states(); i++) {
                last.get(i).add(made.get(1 + i));
            }
        }
        for (int i = 0; i < states(); i++) {
            String joined = layer.node("last" + i, "Concat", last.get(i), Attributes.of("axis", 0));
            layer.further(1 + i, "Transpose", List.of(joined), Attributes.of("perm", 1, 0, 2));
        }
    }

    /** What ONNX's operator makes of its inputs. */
    private List<String> made(int number, List<String> inputs, int directions) {
        String name = "layer" + number;
        if (!isProjected()) {
            return layer.several(name, operator, inputs, 1 + states(), attributes(directions));
        }
        Projection projection = new Projection(layer, number, directions);
        List<String> from = new ArrayList<>(inputs);
        from.set(R, projection.recurrent(inputs.get(R)));
        if (isGiven()) {
            from.set(
                    X, projection.inputSteps(inputs.get(X), inputs.get(INITIAL_H), isMasked() ? givenLengths() : null));
            from.set(W, projection.inputWeight(inputs.get(W), inputs.get(R)));
            from.set(INITIAL_H, "");
        }
        List<String> made = layer.several(name, operator, from, 1 + states(), attributes(directions));
        return List.of(projection.of("all", made.get(0)), projection.of("hidden", made.get(1)), made.get(2));
    }

    /** One step, of one direction. */
    private void cell() {
        String first = integers("first", 0);
        List<String> from = new ArrayList<>(List.of(layer.node("step", "Unsqueeze", List.of(layer.input(), first))));
        from.addAll(
                List.of(weight("ih", ""), weight("hh", ""), layer.attributes().flag("bias") ? bias("") : "", ""));
        for (int i = 0; isGiven() && i < states(); i++) {
            from.add(layer.node("given" + i, "Unsqueeze", List.of(layer.inputs().get(1 + i), first)));
        }
        List<String> made = layer.several("cell", operator, from, 1 + states(), attributes(1));
        layer.result("Squeeze", List.of(made.get(1), first));
        if (states() == 2) {
            layer.further(1, "Squeeze", List.of(made.get(2), first));
        }
    }

    private AttributeProto[] attributes(int directions) {
        List<AttributeProto> all = new ArrayList<>(List.of(
                Attributes.of("hidden_size", hidden),
                Attributes.of("direction", directions == 2 ? "bidirectional" : "forward")));
        if (operator.equals("GRU")) {
            all.add(Attributes.of("linear_before_reset", 1));
        }
        if (operator.equals("RNN")) {
            String function = layer.attributes().text("nonlinearity").toLowerCase(Locale.ROOT);
            String name = function.equals("relu") ? "Relu" : "Tanh";
            all.add(Attributes.of("activations", Collections.nCopies(directions, name)));
        }
        return all.toArray(new AttributeProto[0]);
    }

    private String givenLengths() {
        return layer.inputs().get(layer.inputs().size() - 1);
    }

    private String lengths() {
        String whole = layer.node(
                "lengths", "Cast", List.of(givenLengths()), Attributes.of("to", TensorProto.DataType.INT32_VALUE));
        return layer.node("lengths/vector", "Reshape", List.of(whole, integers("lengths/shape", -1)));
    }

    private String rows(String name, String value, int first, int count) {
        return layer.node(
                name, "Slice", List.of(value, integers(name + "/from", first), integers(name + "/to", first + count)));
    }

    /** W, R and B of a layer. */
    private List<String> weights(int number, int directions) {
        List<String> ih = new ArrayList<>();
        List<String> hh = new ArrayList<>();
        List<String> biases = new ArrayList<>();
        for (int d = 0; d < directions; d++) {
            String suffix = "_l" + number + (d == 1 ? "_reverse" : "");
            ih.add(weight("ih", suffix));
            hh.add(weight("hh", suffix));
            if (layer.attributes().flag("bias")) {
                biases.add(bias(suffix));
            }
        }
        return List.of(
                directions("W" + number, ih),
                directions("R" + number, hh),
                biases.isEmpty() ? "" : directions("B" + number, biases));
    }

    private String directions(String name, List<String> parts) {
        return parts.size() == 1 ? parts.get(0) : layer.node(name, "Concat", parts, Attributes.of("axis", 0));
    }

    /** A weight's gates in ONNX's order, with a first dimension for the direction. */
    private String weight(String which, String suffix) {
        String name = "weight_" + which + suffix;
        int[] shape = layer.parameterShape(name);
        return layer.node(
                name + "/direction",
                "Reshape",
                List.of(reordered(name, shape[1]), integers(name + "/directions", 1, shape[0], shape[1])));
    }

    private String bias(String suffix) {
        int size = gates.length * hidden;
        List<String> both = List.of(reordered("bias_ih" + suffix, 1), reordered("bias_hh" + suffix, 1));
        String joined = layer.node("bias" + suffix, "Concat", both, Attributes.of("axis", 0));
        return layer.node(
                "bias" + suffix + "/direction",
                "Reshape",
                List.of(joined, integers("bias" + suffix + "/directions", 1, 2 * size)));
    }

    private String reordered(String name, int columns) {
        String apart = layer.node(
                name + "/gates",
                "Reshape",
                List.of(layer.parameter(name), integers(name + "/apart", gates.length, hidden, columns)));
        return layer.node(name + "/order", "Gather", List.of(apart, integers(name + "/places", gates)));
    }
}
