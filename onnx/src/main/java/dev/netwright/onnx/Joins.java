package dev.netwright.onnx;

import java.util.List;

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

    static void concat(LayerNodes layer) {
        layer.result(
                "Concat",
                layer.inputs(),
                Attributes.of("axis", layer.attributes().integer("dim")));
    }
}
