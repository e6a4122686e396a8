package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import dev.netwright.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisations. */
final class Normalizations {
    private Normalizations() {}

    static void batch(LayerNodes layer) {
        if (!layer.attributes().flag("track_running_stats")) {
            ofThisBatch(layer);
            return;
        }
        List<String> inputs = List.of(
                layer.input(),
                parameterOr(layer, "weight", 1),
                parameterOr(layer, "bias", 0),
                layer.parameter("running_mean"),
                layer.parameter("running_var"));
        layer.result("BatchNormalization", inputs, Attributes.of("epsilon", epsilon(layer)));
    }

    private static String parameterOr(LayerNodes layer, String name, float otherwise) {
        return layer.hasParameter(name)
                ? layer.parameter(name)
                : layer.constant(name, repeated(otherwise, layer.outputShape()[0]));
    }

    private static TensorProto repeated(float value, int count) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return Constants.floats(values, count);
    }

    private static double epsilon(LayerNodes layer) {
        return layer.attributes().real("eps");
    }

    /** Without running statistics evaluation takes the batch's: BatchNormalization does so in training mode only. */
    private static void ofThisBatch(LayerNodes layer) {
        String axes = layer.constant("axes", Constants.integers(batchAndPlaces(layer)));
        String mean = layer.node("mean", "ReduceMean", List.of(layer.input(), axes));
        String difference = layer.node("difference", "Sub", List.of(layer.input(), mean));
        String square = layer.node("square", "Mul", List.of(difference, difference));
        String variance = layer.node("variance", "ReduceMean", List.of(square, axes));
        String epsilon = layer.constant("epsilon", Constants.floats(new float[] {(float) epsilon(layer)}));
        String sum = layer.node("sum", "Add", List.of(variance, epsilon));
        String deviation = layer.node("deviation", "Sqrt", List.of(sum));
        scaled(layer, "Div", List.of(difference, deviation));
    }

    private static int[] batchAndPlaces(LayerNodes layer) {
        return IntStream.range(0, layer.inputShape().length + 1)
                .filter(axis -> axis != 1)
                .toArray();
    }

    /** By mean and deviation that are known beforehand. */
    static void constants(LayerNodes layer) {
        String x = layer.input();
        if (layer.readsBytes()) {
            String largest = layer.constant("largest", Constants.floats(new float[] {255}));
            x = layer.node("unit", "Div", List.of(x, largest));
        }
        String mean = layer.perChannel("mean", layer.attributes().reals("mean"));
        String std = layer.perChannel("std", layer.attributes().reals("std"));
        String centred = layer.node("centred", "Sub", List.of(x, mean));
        layer.result("Div", List.of(centred, std));
    }

    /** The last dimensions of each sample: ONNX's own operator is younger than what runtimes know. */
    static void rootMeanSquare(LayerNodes layer) {
        int dimensions = layer.attributes().integers("normalized_shape").length;
        int[] last = IntStream.range(-dimensions, 0).toArray();
        boolean none = layer.attributes().isNone("eps");
        String square = layer.node("square", "Mul", List.of(layer.input(), layer.input()));
        String mean =
                layer.node("mean", "ReduceMean", List.of(square, layer.constant("axes", Constants.integers(last))));
        String sum =
                layer.node("sum", "Add", List.of(mean, number(layer, "epsilon", none ? Math.ulp(1f) : epsilon(layer))));
        String root = layer.node("root", "Sqrt", List.of(sum));
        List<String> quotient = List.of(layer.input(), root);
        if (layer.hasParameter("weight")) {
            layer.result("Mul", List.of(layer.node("normal", "Div", quotient), layer.parameter("weight")));
        } else {
            layer.result("Div", quotient);
        }
    }

    static void instance(LayerNodes layer) {
        if (layer.attributes().flag("track_running_stats")) {
            batch(layer);
            return;
        }
        layer.result(
                "InstanceNormalization",
                List.of(layer.input(), parameterOr(layer, "weight", 1), parameterOr(layer, "bias", 0)),
                Attributes.of("epsilon", epsilon(layer)));
    }

    /** A sample's groups are normalised as the channels of an instance, then their channels are scaled. */
    static void group(LayerNodes layer) {
        int groups = layer.attributes().integer("num_groups");
        String grouped = layer.constant("groups", Constants.integers(Shapes.withBatch(groups, -1)));
        String split = layer.node("split", "Reshape", List.of(layer.input(), grouped));
        String ones = layer.constant("ones", repeated(1, groups));
        String zeros = layer.constant("zeros", repeated(0, groups));
        String normalized = layer.node(
                "normalized",
                "InstanceNormalization",
                List.of(split, ones, zeros),
                Attributes.of("epsilon", epsilon(layer)));
        String shape = layer.constant("shape", Constants.integers(Shapes.withBatch(layer.outputShape())));
        scaled(layer, "Reshape", List.of(normalized, shape));
    }

    /** The last dimensions of each sample. */
    static void layer(LayerNodes layer) {
        int[] shape = layer.attributes().integers("normalized_shape");
        layer.result("LayerNormalization", normalized(layer, layer.input(), shape), attributes(layer, shape.length));
    }

    /** The channels, which are made the last dimension for it. */
    static void layerOfChannels(LayerNodes layer) {
        String last = layer.node("last", "Transpose", layer.inputs(), Attributes.of("perm", 0, 2, 3, 1));
        List<String> inputs = normalized(layer, last, layer.attributes().integers("normalized_shape"));
        String normalized = layer.node("normalized", "LayerNormalization", inputs, attributes(layer, 1));
        layer.result("Transpose", List.of(normalized), Attributes.of("perm", 0, 3, 1, 2));
    }

    private static AttributeProto[] attributes(LayerNodes layer, int dimensions) {
        return new AttributeProto[] {
            Attributes.of("axis", -dimensions), Attributes.of("epsilon", epsilon(layer)),
        };
    }

    /** What is normalised, with the weight, which must be there, and the bias that the layer has. */
    private static List<String> normalized(LayerNodes layer, String value, int[] shape) {
        List<String> inputs = new ArrayList<>(List.of(value));
        if (layer.hasParameter("weight")) {
            inputs.add(layer.parameter("weight"));
        } else {
            float[] ones = new float[IntStream.of(shape).reduce(1, Math::multiplyExact)];
            Arrays.fill(ones, 1);
            inputs.add(layer.constant("weight", Constants.floats(ones, shape)));
        }
        if (layer.hasParameter("bias")) {
            inputs.add(layer.parameter("bias"));
        }
        return inputs;
    }

    /** ONNX's own operator has the larger half of an even number of neighbours behind the channel, PyTorch before it. */
    static void localResponse(LayerNodes layer) {
        int size = layer.attributes().integer("size");
        double alpha = layer.attributes().real("alpha");
        double beta = layer.attributes().real("beta");
        double k = layer.attributes().real("k");
        int[] shape = layer.outputShape();
        if (size % 2 == 1 && shape.length == 3) {
            layer.result(
                    "LRN",
                    layer.inputs(),
                    Attributes.of("size", size),
                    Attributes.of("alpha", alpha),
                    Attributes.of("beta", beta),
                    Attributes.of("bias", k));
            return;
        }
        String squares = layer.node("squares", "Mul", List.of(layer.input(), layer.input()));
        String rows = layer.constant("rows", Constants.integers(Shapes.withBatch(1, shape[0], -1)));
        String image = layer.node("image", "Reshape", List.of(squares, rows));
        int[] before = {size / 2, 0};
        int[] after = {(size - 1) / 2, 0};
        String means = layer.node(
                "means",
                "AveragePool",
                List.of(Shapes.padded(layer, image, before, after)),
                Attributes.of("kernel_shape", size, 1));
        String whole = layer.constant("whole", Constants.integers(Shapes.withBatch(shape)));
        String mean = layer.node("mean", "Reshape", List.of(means, whole));
        String scaled = layer.node("scaled", "Mul", List.of(mean, number(layer, "alpha", alpha)));
        String sum = layer.node("sum", "Add", List.of(scaled, number(layer, "k", k)));
        String divisor = layer.node("divisor", "Pow", List.of(sum, number(layer, "beta", beta)));
        layer.result("Div", List.of(layer.input(), divisor));
    }

    private static String number(LayerNodes layer, String name, double value) {
        return layer.constant(name, Constants.floats(new float[] {(float) value}));
    }

    /** A value, times the weight and plus the bias that the layer has. */
    private static void scaled(LayerNodes layer, String operator, List<String> inputs) {
        String last = operator;
        List<String> from = inputs;
        if (layer.hasParameter("weight")) {
            from = List.of(layer.node("whole", last, from), layer.perChannel("weight"));
            last = "Mul";
        }
        if (layer.hasParameter("bias")) {
            from = List.of(layer.node("scaled", last, from), layer.perChannel("bias"));
            last = "Add";
        }
        layer.result(last, from);
    }
}
