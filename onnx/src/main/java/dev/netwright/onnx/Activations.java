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
                Attributes.of("axis", layer.attributes().integer("dim")));
    }

    /** An operator with an attribute of the layer's own name for it. */
    static void scaled(LayerNodes layer, String operator, String attribute) {
        layer.result(
                operator,
                layer.inputs(),
                Attributes.of(attribute, layer.attributes().real(attribute)));
    }

    /** @param nearer how much nearer to 0 get those that do not become 0 */
    static void shrink(LayerNodes layer, double nearer) {
        layer.result(
                "Shrink",
                layer.inputs(),
                Attributes.of("lambd", layer.attributes().real("lambd")),
                Attributes.of("bias", nearer));
    }

    static void hardtanh(LayerNodes layer) {
        String least = number(layer, "min", layer.attributes().real("min_val"));
        String most = number(layer, "max", layer.attributes().real("max_val"));
        layer.result("Clip", List.of(layer.input(), least, most));
    }

    static void logSigmoid(LayerNodes layer) {
        String negated = layer.node("negated", "Neg", layer.inputs());
        String softplus = layer.node("softplus", "Softplus", List.of(negated));
        layer.result("Neg", List.of(softplus));
    }

    static void softplus(LayerNodes layer) {
        double beta = layer.attributes().real("beta");
        String scaled = layer.node("scaled", "Mul", List.of(layer.input(), number(layer, "beta", beta)));
        String softplus = layer.node("softplus", "Softplus", List.of(scaled));
        String smooth = layer.node("smooth", "Div", List.of(softplus, number(layer, "divisor", beta)));
        String threshold = number(layer, "threshold", layer.attributes().real("threshold"));
        String above = layer.node("above", "Greater", List.of(scaled, threshold));
        layer.result("Where", List.of(above, layer.input(), smooth));
    }

    static void tanhshrink(LayerNodes layer) {
        String tanh = layer.node("tanh", "Tanh", layer.inputs());
        layer.result("Sub", List.of(layer.input(), tanh));
    }

    /** What is not a number is not below either. */
    static void threshold(LayerNodes layer) {
        String threshold = number(layer, "threshold", layer.attributes().real("threshold"));
        String below = layer.node("below", "LessOrEqual", List.of(layer.input(), threshold));
        String value = number(layer, "value", layer.attributes().real("value"));
        layer.result("Where", List.of(below, value, layer.input()));
    }

    static void softmin(LayerNodes layer) {
        String negated = layer.node("negated", "Neg", layer.inputs());
        layer.result(
                "Softmax",
                List.of(negated),
                Attributes.of("axis", layer.attributes().integer("dim")));
    }

    static void glu(LayerNodes layer) {
        String value = half(layer, "value", 0);
        String gate = layer.node("sigmoid", "Sigmoid", List.of(half(layer, "gate", 1)));
        layer.result("Mul", List.of(value, gate));
    }

    private static String half(LayerNodes layer, String name, int index) {
        int axis = Shapes.axis(layer);
        int size = layer.outputShape()[axis - 1];
        String starts = layer.constant(name + "/starts", Constants.integers(index * size));
        String ends = layer.constant(name + "/ends", Constants.integers((index + 1) * size));
        String axes = layer.constant(name + "/axes", Constants.integers(axis));
        return layer.node(name, "Slice", List.of(layer.input(), starts, ends, axes));
    }

    private static String number(LayerNodes layer, String name, double value) {
        return layer.constant(name, Constants.floats(new float[] {(float) value}));
    }

    static void relu6(LayerNodes layer) {
        layer.result("Clip", List.of(layer.input(), number(layer, "min", 0), number(layer, "max", 6)));
    }

    static void hardsigmoid(LayerNodes layer) {
        layer.result("HardSigmoid", layer.inputs(), Attributes.of("alpha", 1.0 / 6), Attributes.of("beta", 0.5));
    }

    static void leakyReLU(LayerNodes layer) {
        leakyReLU(layer, layer.attributes().real("negative_slope"));
    }

    private static void leakyReLU(LayerNodes layer, double slope) {
        layer.result("LeakyRelu", layer.inputs(), Attributes.of("alpha", slope));
    }

    /** The mean of the slopes, as in evaluation. */
    static void randomisedReLU(LayerNodes layer) {
        leakyReLU(layer, (layer.attributes().real("lower") + layer.attributes().real("upper")) / 2);
    }

    static void parametricReLU(LayerNodes layer) {
        boolean shared = layer.attributes().integer("num_parameters") == 1;
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
                Attributes.of("approximate", layer.attributes().text("approximate")));
    }
}
