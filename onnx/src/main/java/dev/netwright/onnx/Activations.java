package dev.netwright.onnx;

import java.util.List;

/** Functions of each element, or of all along one dimension. */
final class Activations {
    private Activations() {}

    /** An operator without attributes. */
    static void plain(LayerNodes layer, String operator) {
        layer.result(operator, layer.inputs());
    }

    /** A softmax of some kind. */
    static void along(LayerNodes layer, String operator) {
        layer.result(
                operator,
                layer.inputs(),
                Attributes.of("axis", layer.arguments().integer("dim")));
    }

    static void relu6(LayerNodes layer) {
        String least = layer.constant("min", Constants.floats(new float[] {0}));
        String most = layer.constant("max", Constants.floats(new float[] {6}));
        layer.result("Clip", List.of(layer.input(), least, most));
    }

    static void hardsigmoid(LayerNodes layer) {
        layer.result("HardSigmoid", layer.inputs(), Attributes.of("alpha", 1.0 / 6), Attributes.of("beta", 0.5));
    }

    static void leakyReLU(LayerNodes layer) {
        layer.result(
                "LeakyRelu",
                layer.inputs(),
                Attributes.of("alpha", layer.arguments().real("negative_slope")));
    }

    static void parametricReLU(LayerNodes layer) {
        boolean shared = layer.arguments().integer("num_parameters") == 1;
        String slope = shared ? layer.parameter("weight") : layer.perChannel("weight");
        layer.result("PRelu", List.of(layer.input(), slope));
    }

    static void silu(LayerNodes layer) {
        String sigmoid = layer.node("sigmoid", "Sigmoid", layer.inputs());
        layer.result("Mul", List.of(layer.input(), sigmoid));
    }

    static void gelu(LayerNodes layer) {
        layer.result(
                "Gelu",
                layer.inputs(),
                Attributes.of("approximate", layer.arguments().text("approximate", "none")));
    }
}
