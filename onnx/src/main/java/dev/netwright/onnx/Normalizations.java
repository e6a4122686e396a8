package dev.netwright.onnx;

import dev.netwright.onnx.proto.TensorProto;
import java.util.Arrays;
import java.util.List;

/** Normalisations. */
final class Normalizations {
    private Normalizations() {}

    static void batch(LayerNodes layer) {
        if (!layer.arguments().flag("track_running_stats", true)) {
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
        return layer.arguments().real("eps");
    }

    /** Without running statistics evaluation takes the batch's: BatchNormalization does so in training mode only. */
    private static void ofThisBatch(LayerNodes layer) {
        String axes = layer.constant("axes", Constants.integers(0, 2, 3));
        String mean = layer.node("mean", "ReduceMean", List.of(layer.input(), axes));
        String difference = layer.node("difference", "Sub", List.of(layer.input(), mean));
        String square = layer.node("square", "Mul", List.of(difference, difference));
        String variance = layer.node("variance", "ReduceMean", List.of(square, axes));
        String epsilon = layer.constant("epsilon", Constants.floats(new float[] {(float) epsilon(layer)}));
        String sum = layer.node("sum", "Add", List.of(variance, epsilon));
        String deviation = layer.node("deviation", "Sqrt", List.of(sum));
        scaled(layer, "Div", List.of(difference, deviation));
    }

    /** By mean and deviation that are known beforehand. */
    static void constants(LayerNodes layer) {
        String x = layer.input();
        if (layer.readsBytes()) {
            String largest = layer.constant("largest", Constants.floats(new float[] {255}));
            x = layer.node("unit", "Div", List.of(x, largest));
        }
        String mean = layer.perChannel("mean", layer.arguments().reals("mean"));
        String std = layer.perChannel("std", layer.arguments().reals("std"));
        String centred = layer.node("centred", "Sub", List.of(x, mean));
        layer.result("Div", List.of(centred, std));
    }

    /** A sample's groups are normalised as the channels of an instance, then their channels are scaled. */
    static void group(LayerNodes layer) {
        int groups = layer.arguments().integer(0);
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
