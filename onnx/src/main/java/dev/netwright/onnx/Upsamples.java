package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Sequences, images and volumes of other sizes. */
final class Upsamples {
    /** What stands for an input that is left out. */
    private static final String NONE = "";

    private Upsamples() {}

    /** Where a factor is no whole number, readers disagree about the nearest input, so it is written out. */
    static void resized(LayerNodes layer) {
        String mode = layer.attributes().text("mode");
        if (!mode.equals("nearest")) {
            boolean aligned = layer.attributes().flag("align_corners");
            resized(
                    layer,
                    Attributes.of("mode", mode.equals("bicubic") ? "cubic" : "linear"),
                    Attributes.of("cubic_coeff_a", -0.75),
                    Attributes.of("coordinate_transformation_mode", aligned ? "align_corners" : "half_pixel"));
        } else if (axes(layer).allMatch(side -> isRepeated(layer, side))) {
            resized(
                    layer,
                    Attributes.of("mode", "nearest"),
                    Attributes.of("coordinate_transformation_mode", "asymmetric"),
                    Attributes.of("nearest_mode", "floor"));
        } else {
            gathered(layer);
        }
    }

    private static IntStream axes(LayerNodes layer) {
        return IntStream.range(0, layer.axes());
    }

    private static void gathered(LayerNodes layer) {
        String value = layer.input();
        int last = layer.axes() - 1;
        for (int side = 0; side < last; side++) {
            String places = layer.constant("places" + side, Constants.integers(nearest(layer, side)));
            value = layer.node("axis" + side, "Gather", List.of(value, places), Attributes.of("axis", side + 2));
        }
        String places = layer.constant("places", Constants.integers(nearest(layer, last)));
        layer.result("Gather", List.of(value, places), Attributes.of("axis", last + 2));
    }

    private static void resized(LayerNodes layer, AttributeProto... how) {
        int[] out = axes(layer).map(side -> layer.outputShape()[side + 1]).toArray();
        List<String> inputs;
        if (isSized(layer) || layer.attributes().flag("align_corners") || isExact(layer)) {
            inputs = List.of(layer.input(), NONE, NONE, layer.constant("sizes", Constants.integers(out)));
        } else {
            float[] factors = new float[out.length];
            axes(layer).forEach(side -> factors[side] = (float) factor(layer, side));
            inputs = List.of(layer.input(), NONE, layer.constant("scales", Constants.floats(factors, factors.length)));
        }
        AttributeProto[] attributes = Arrays.copyOf(how, how.length + 1);
        attributes[how.length] =
                Attributes.of("axes", axes(layer).map(side -> side + 2).toArray());
        layer.result("Resize", inputs, attributes);
    }

    private static boolean isSized(LayerNodes layer) {
        return !layer.attributes().isNone("size");
    }

    /** Whether the sizes tell as much as the factors. */
    private static boolean isExact(LayerNodes layer) {
        return axes(layer)
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
