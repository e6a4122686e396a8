package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import java.util.ArrayList;
import java.util.List;

/** Layers that multiply by a matrix. */
final class Products {
    private Products() {}

    /** Gemm takes matrices only; samples of more dimensions take the operators it is made of. */
    static void linear(LayerNodes layer) {
        boolean bias = layer.attributes().flag("bias");
        if (layer.inputShape().length == 1) {
            List<String> inputs = new ArrayList<>(List.of(layer.input(), layer.parameter("weight")));
            if (bias) {
                inputs.add(layer.parameter("bias"));
            }
            layer.result("Gemm", inputs, Attributes.of("transB", 1));
            return;
        }
        String transposed = layer.node(
                "weight", "Transpose", List.of(layer.parameter("weight")), Attributes.of("perm", new int[] {1, 0}));
        List<String> factors = List.of(layer.input(), transposed);
        if (bias) {
            String product = layer.node("product", "MatMul", factors);
            layer.result("Add", List.of(product, layer.parameter("bias")));
        } else {
            layer.result("MatMul", factors);
        }
    }

    static void bilinear(LayerNodes layer) {
        List<String> factors = List.of(
                layer.inputs().get(0), layer.parameter("weight"), layer.inputs().get(1));
        AttributeProto terms = Attributes.of("equation", "...i,oij,...j->...o");
        if (layer.hasParameter("bias")) {
            String form = layer.node("form", "Einsum", factors, terms);
            layer.result("Add", List.of(form, layer.parameter("bias")));
        } else {
            layer.result("Einsum", factors, terms);
        }
    }
}
