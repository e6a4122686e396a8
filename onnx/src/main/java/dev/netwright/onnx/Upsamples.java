package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Images with other numbers of rows and columns. */
final class Upsamples {
    /** What stands for an input that is left out. */
    private static final String NONE = "";

    private Upsamples() {}

    /** Where a factor is no whole number, readers disagree about the nearest input, so it is written out. */
    static void resized(LayerNodes layer) {
        if (!layer.attributes().text("mode").equals("nearest")) {
            boolean aligned = layer.attributes().flag("align_corners");
            resized(
                    layer,
                    Attributes.of("mode", "linear"),
                    Attributes.of("coordinate_transformation_mode", aligned ? "align_corners" : "half_pixel"));
        } else if (isRepeated(layer, 0) && isRepeated(layer, 1)) {
            resized(
                    layer,
                    Attributes.of("mode", "nearest"),
                    Attributes.of("coordinate_transformation_mode", "asymmetric"),
                    Attributes.of("nearest_mode", "floor"));
        } else {
            String rows = layer.constant("rows", Constants.integers(nearest(layer, 0)));
            String columns = layer.constant("columns", Constants.integers(nearest(layer, 1)));
            String lines = layer.node("lines", "Gather", List.of(layer.input(), rows), Attributes.of("axis", 2));
            layer.result("Gather", List.of(lines, columns), Attributes.of("axis", 3));
        }
    }

    private static void resized(LayerNodes layer, AttributeProto... how) {
        int[] out = {layer.outputShape()[1], layer.outputShape()[2]};
        List<String> inputs;
        if (isSized(layer) || layer.attributes().flag("align_corners") || isExact(layer)) {
            inputs = List.of(layer.input(), NONE, NONE, layer.constant("sizes", Constants.integers(out)));
        } else {
            float[] factors = {(float) factor(layer, 0), (float) factor(layer, 1)};
            inputs = List.of(layer.input(), NONE, layer.constant("scales", Constants.floats(factors, 2)));
        }
        AttributeProto[] attributes = Arrays.copyOf(how, how.length + 1);
        attributes[how.length] = Attributes.of("axes", 2, 3);
        layer.result("Resize", inputs, attributes);
    }

    private static boolean isSized(LayerNodes layer) {
        return !layer.attributes().isNone("size");
    }

    /** Whether the sizes tell as much as the factors. */
    private static boolean isExact(LayerNodes layer) {
        return IntStream.range(0, 2)
                .allMatch(side -> layer.inputShape()[side + 1] * factor(layer, side) == layer.outputShape()[side + 1]);
    }

    private static double factor(LayerNodes layer, int side) {
        double[] factors = layer.attributes().reals("scale_factor");
        return factors[Math.min(side, factors.length - 1)];
    }

    private static boolean isRepeated(LayerNodes layer, int side) {
        int in = layer.inputShape()[side + 1];
        int out = layer.outputShape()[side + 1];
        int[] nearest = nearest(layer, side);
        return out % in == 0 && IntStream.range(0, out).allMatch(i -> nearest[i] == i / (out / in));
    }

    /** PyTorch's rule: a product of floats, rounded down. */
    private static int[] nearest(LayerNodes layer, int side) {
        int in = layer.inputShape()[side + 1];
        int out = layer.outputShape()[side + 1];
        float step = isSized(layer) ? (float) in / out : (float) (1 / factor(layer, side));
        return IntStream.range(0, out)
                .map(i -> Math.min((int) (i * step), in - 1))
                .toArray();
    }
}
