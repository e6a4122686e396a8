package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Dimensions that are combined, and what is divided by what they come to. */
final class Reductions {
    private Reductions() {}

    /** The layer's dimensions. */
    static void along(LayerNodes layer, String operator) {
        int[] dims = layer.attributes().integers("dim");
        boolean keeps = layer.attributes().flag("keepdim");
        String axes = layer.constant("axes", Constants.integers(dims));
        if (!layer.attributes().flag("lengths")) {
            layer.result(operator, List.of(layer.input(), axes), Attributes.of("keepdims", keeps ? 1 : 0));
            return;
        }
        int[] shape = layer.inputShape(0);
        int[] ones = new int[shape.length + 1];
        Arrays.fill(ones, 1);
        int[] column = ones.clone();
        column[1] = shape[0];
        ones[0] = -1;
        String numbers = layer.node("numbers", "Cast", List.of(layer.inputs().get(1)), Attributes.of("to", FLOAT));
        String lengths =
                layer.node("lengths", "Reshape", List.of(numbers, layer.constant("ones", Constants.integers(ones))));
        String within = layer.node("within", "Less", List.of(numbered(layer, "places", column), lengths));
        boolean adds = operator.equals("ReduceMean") || operator.equals("ReduceSum");
        float infinity = operator.equals("ReduceMax") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        String beyond = number(layer, "beyond", adds ? 0 : infinity);
        String read = layer.node("read", "Where", List.of(within, layer.input(), beyond));
        AttributeProto kept = Attributes.of("keepdims", keeps ? 1 : 0);
        if (!operator.equals("ReduceMean")) {
            layer.result(operator, List.of(read, axes), kept);
            return;
        }
        int each = Arrays.stream(dims)
                        .map(d -> shape[(d < 0 ? d + ones.length : d) - 1])
                        .reduce(1, Math::multiplyExact)
                / shape[0];
        String count = layer.node("count", "Mul", List.of(numbers, number(layer, "each", each)));
        int[] left = Arrays.copyOf(ones, keeps ? ones.length : ones.length - dims.length);
        String divisor =
                layer.node("divisor", "Reshape", List.of(count, layer.constant("left", Constants.integers(left))));
        layer.result("Div", List.of(layer.node("sum", "ReduceSum", List.of(read, axes), kept), divisor));
    }

    /** 0, 1, 2 and so on, as many as the shape has. */
    private static String numbered(LayerNodes layer, String name, int... shape) {
        float[] all = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        IntStream.range(0, all.length).forEach(i -> all[i] = i);
        return layer.constant(name, Constants.floats(all, shape));
    }

    /** The p-norm along one dimension, which stays. */
    private static String norm(LayerNodes layer, String name, String value, double p, int dim) {
        if (p == 1 || p == 2) {
            return reduced(layer, name, p == 1 ? "ReduceL1" : "ReduceL2", value, dim);
        }
        String magnitude = layer.node(name + "/magnitude", "Abs", List.of(value));
        if (Double.isInfinite(p)) {
            return reduced(layer, name, "ReduceMax", magnitude, dim);
        }
        String power = layer.node(name + "/power", "Pow", List.of(magnitude, number(layer, name + "/p", p)));
        String sum = reduced(layer, name + "/sum", "ReduceSum", power, dim);
        return layer.node(name, "Pow", List.of(sum, number(layer, name + "/root", 1 / p)));
    }

    private static String reduced(LayerNodes layer, String name, String operator, String value, int dim) {
        String axes = layer.constant(name + "/axes", Constants.integers(dim));
        return layer.node(name, operator, List.of(value, axes));
    }

    private static String atLeast(LayerNodes layer, String name, String value, double least) {
        return layer.node(name, "Max", List.of(value, number(layer, name + "/least", least)));
    }

    private static String number(LayerNodes layer, String name, double value) {
        return layer.constant(name, Constants.floats(new float[] {(float) value}));
    }

    static void normalised(LayerNodes layer) {
        String norm = norm(
                layer,
                "norm",
                layer.input(),
                layer.attributes().real("p"),
                layer.attributes().integer("dim"));
        layer.result(
                "Div",
                List.of(
                        layer.input(),
                        atLeast(layer, "divisor", norm, layer.attributes().real("eps"))));
    }

    static void similarity(LayerNodes layer) {
        int dim = layer.attributes().integer("dim");
        double eps = layer.attributes().real("eps");
        String product = layer.node("product", "Mul", layer.inputs());
        String dot = reduced(layer, "dot", "ReduceSum", product, dim);
        String first = norm(layer, "first", layer.inputs().get(0), 2, dim);
        String second = norm(layer, "second", layer.inputs().get(1), 2, dim);
        String lengths = layer.node(
                "lengths",
                "Mul",
                List.of(atLeast(layer, "firstLength", first, eps), atLeast(layer, "secondLength", second, eps)));
        String kept = layer.node("kept", "Div", List.of(dot, lengths));
        layer.result("Squeeze", List.of(kept, layer.constant("axes", Constants.integers(dim))));
    }

    static void distance(LayerNodes layer) {
        String difference = layer.node("difference", "Sub", layer.inputs());
        double eps = layer.attributes().real("eps");
        String shifted = layer.node("shifted", "Add", List.of(difference, number(layer, "eps", eps)));
        String norm = norm(layer, "norm", shifted, layer.attributes().real("p"), -1);
        if (layer.attributes().flag("keepdim")) {
            layer.result("Identity", List.of(norm));
        } else {
            layer.result("Squeeze", List.of(norm, layer.constant("axes", Constants.integers(-1))));
        }
    }

    /** ONNX's own operator counts negative numbers from the end. */
    static void oneHot(LayerNodes layer) {
        int classes = layer.attributes().integer("num_classes");
        String axes = layer.constant("axes", Constants.integers(-1));
        String places = layer.node("places", "Unsqueeze", List.of(layer.input(), axes));
        String hot = layer.node("hot", "Equal", List.of(places, numbered(layer, "classes", classes)));
        layer.result("Cast", List.of(hot), Attributes.of("to", FLOAT));
    }

    /** TensorProto.DataType.FLOAT. */
    private static final int FLOAT = 1;

    static void power(LayerNodes layer) {
        layer.result(
                "Pow",
                List.of(
                        layer.input(),
                        number(layer, "exponent", layer.attributes().real("exponent"))));
    }

    /** A bound that there is none of is left out. */
    static void clamp(LayerNodes layer) {
        layer.result("Clip", List.of(layer.input(), bound(layer, "min"), bound(layer, "max")));
    }

    private static String bound(LayerNodes layer, String name) {
        double value = layer.attributes().real(name);
        return Double.isInfinite(value)
                ? ""
                : layer.constant(name, Constants.floats(new float[] {(float) value}, new int[0]));
    }
}
