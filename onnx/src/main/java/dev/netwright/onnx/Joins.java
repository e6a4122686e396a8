package dev.netwright.onnx;

import java.util.List;
import java.util.stream.IntStream;

/** Several values made one. */
final class Joins {
    private Joins() {}

    /** From the first to the last, as the layer computes. */
    static void chain(LayerNodes layer, String operator) {
        List<String> inputs = layer.inputs();
        String joined = inputs.get(0);
        int last = inputs.size() - 1;
        for (int i = 1; i < last; i++) {
            joined = layer.node(String.valueOf(i), operator, List.of(joined, inputs.get(i)));
        }
        layer.result(operator, List.of(joined, inputs.get(last)));
    }

    /** ONNX multiplies matrices as they are. */
    static void matrices(LayerNodes layer) {
        List<String> inputs = layer.inputs();
        layer.result(
                "MatMul",
                List.of(matrix(layer, inputs.get(0), "transpose_a"), matrix(layer, inputs.get(1), "transpose_b")));
    }

    private static String matrix(LayerNodes layer, String input, String transposed) {
        if (!layer.attributes().flag(transposed)) {
            return input;
        }
        int rank = layer.outputShape().length + 1;
        int[] order = IntStream.range(0, rank).toArray();
        order[rank - 2] = rank - 1;
        order[rank - 1] = rank - 2;
        return layer.node(transposed, "Transpose", List.of(input), Attributes.of("perm", order));
    }

    static void concat(LayerNodes layer) {
        layer.result(
                "Concat",
                layer.inputs(),
                Attributes.of("axis", layer.attributes().integer("dim")));
    }
}
