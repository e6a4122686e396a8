package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import dev.netwright.onnx.proto.TensorProto;
import java.util.List;
import java.util.Locale;

/** Layers that read rows by indices. */
final class Rows {
    private Rows() {}

    static void embedding(LayerNodes layer) {
        layer.result("Gather", List.of(layer.parameter("weight"), layer.given()));
    }

    /** Where there is a padding, its rows become what changes nothing, and are not counted. */
    static void bag(LayerNodes layer) {
        String mode = layer.attributes().text("mode").toLowerCase(Locale.ROOT);
        String reduce = mode.equals("max") ? "ReduceMax" : mode.equals("sum") ? "ReduceSum" : "ReduceMean";
        String rows = rows(layer);
        String axis = layer.constant("axis", Constants.integers(1));
        AttributeProto dropped = Attributes.of("keepdims", 0);
        if (layer.attributes().isNone("padding_idx")) {
            layer.result(reduce, List.of(rows, axis), dropped);
            return;
        }
        boolean max = mode.equals("max");
        String indices = layer.node(
                "indices", "Cast", List.of(layer.given()), Attributes.of("to", TensorProto.DataType.INT64_VALUE));
        String row =
                layer.constant("padding", Constants.integers(layer.attributes().integer("padding_idx")));
        String isPadding = layer.node("is_padding", "Equal", List.of(indices, row));
        String last = layer.constant("last", Constants.integers(2));
        String column = layer.node("column", "Unsqueeze", List.of(isPadding, last));
        String neutral = number(layer, "neutral", max ? Float.NEGATIVE_INFINITY : 0);
        String zero = max ? number(layer, "zero", 0) : neutral;
        String counting = layer.node("counting", "Where", List.of(column, neutral, rows));
        String combined = max ? "ReduceMax" : "ReduceSum";
        if (mode.equals("sum")) {
            layer.result(combined, List.of(counting, axis), dropped);
            return;
        }
        String whole = layer.node("whole", combined, List.of(counting, axis), dropped);
        String one = number(layer, "one", 1);
        String counts = layer.node("counts", "Where", List.of(column, zero, one));
        String count = layer.node("count", "ReduceSum", List.of(counts, axis), dropped);
        if (max) {
            String any = layer.node("any", "Greater", List.of(count, zero));
            layer.result("Where", List.of(any, whole, zero));
        } else {
            String divisor = layer.node("divisor", "Max", List.of(count, one));
            layer.result("Div", List.of(whole, divisor));
        }
    }

    /** What is combined: rows, multiplied by weights of their own where there are some. */
    private static String rows(LayerNodes layer) {
        String rows = layer.node("rows", "Gather", List.of(layer.parameter("weight"), layer.given()));
        if (layer.inputs().size() == 1) {
            return rows;
        }
        String behind = layer.constant("behind", Constants.integers(2));
        String weights =
                layer.node("weights", "Unsqueeze", List.of(layer.inputs().get(1), behind));
        return layer.node("weighted", "Mul", List.of(rows, weights));
    }

    private static String number(LayerNodes layer, String name, float value) {
        return layer.constant(name, Constants.floats(new float[] {value}));
    }
}
