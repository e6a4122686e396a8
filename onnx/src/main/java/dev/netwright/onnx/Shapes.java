package dev.netwright.onnx;

import dev.netwright.onnx.proto.TensorProto;
import dev.netwright.runtime.LayerAttributes;
import java.util.List;
import java.util.stream.IntStream;

/** Layers that move values and compute nothing. */
final class Shapes {
    private Shapes() {}

    static void flatten(LayerNodes layer) {
        if (layer.outputShape().length == 1) {
            layer.result("Flatten", layer.inputs(), Attributes.of("axis", 1));
        } else {
            unflatten(layer);
        }
    }

    static void unflatten(LayerNodes layer) {
        String shape = layer.constant("shape", Constants.integers(withBatch(layer.outputShape())));
        layer.result("Reshape", List.of(layer.input(), shape));
    }

    /** A size of 1 leaves the batch's as it is. */
    static void expand(LayerNodes layer) {
        int[] sizes = withBatch(layer.outputShape());
        sizes[0] = 1;
        layer.result("Expand", List.of(layer.input(), layer.constant("sizes", Constants.integers(sizes))));
    }

    /** Channels in rows, one for each group, transposed and read on. */
    static void shuffle(LayerNodes layer) {
        int[] whole = layer.outputShape();
        int groups = layer.attributes().integer("groups");
        String rows = layer.constant("rows", Constants.integers(withBatch(groups, whole[0] / groups, -1)));
        String split = layer.node("split", "Reshape", List.of(layer.input(), rows));
        String turned = layer.node("turned", "Transpose", List.of(split), Attributes.of("perm", 0, 2, 1, 3));
        String shape = layer.constant("shape", Constants.integers(withBatch(whole)));
        layer.result("Reshape", List.of(turned, shape));
    }

    static void pixels(LayerNodes layer) {
        layer.result(
                "DepthToSpace",
                layer.inputs(),
                Attributes.of("blocksize", layer.attributes().integer("upscale_factor")),
                Attributes.of("mode", "CRD"));
    }

    /** SpaceToDepth has the channels in another order. */
    static void channels(LayerNodes layer) {
        int factor = layer.attributes().integer("downscale_factor");
        int[] out = layer.outputShape();
        int[] apart = withBatch(layer.inputShape()[0], out[1], factor, out[2], factor);
        String split = layer.node(
                "split", "Reshape", List.of(layer.input(), layer.constant("apart", Constants.integers(apart))));
        String turned = layer.node("turned", "Transpose", List.of(split), Attributes.of("perm", 0, 1, 3, 5, 2, 4));
        String shape = layer.constant("shape", Constants.integers(withBatch(out)));
        layer.result("Reshape", List.of(turned, shape));
    }

    static void permute(LayerNodes layer) {
        layer.result(
                "Transpose",
                layer.inputs(),
                Attributes.of("perm", layer.attributes().integers("dims")));
    }

    static void slice(LayerNodes layer) {
        part(layer, layer.attributes().integer("start"));
    }

    /** All parts but the last are as large as the first. */
    static void chunk(LayerNodes layer) {
        int size = layer.inputShape()[axis(layer) - 1];
        int chunks = layer.attributes().integer("chunks");
        part(layer, layer.attributes().integer("index") * ((size - 1) / chunks + 1));
    }

    private static void part(LayerNodes layer, int start) {
        int axis = axis(layer);
        int end = start + layer.outputShape()[axis - 1];
        String starts = layer.constant("starts", Constants.integers(start));
        String ends = layer.constant("ends", Constants.integers(end));
        String axes = layer.constant("axes", Constants.integers(axis));
        layer.result("Slice", List.of(layer.input(), starts, ends, axes));
    }

    /** Of each sample the step at its own place, or the same of all. */
    static void lastStep(LayerNodes layer) {
        if (!layer.attributes().flag("lengths")) {
            int steps = layer.inputShape()[0];
            String first = layer.constant("first", Constants.integers(steps - 1));
            String end = layer.constant("end", Constants.integers(steps));
            String axis = layer.constant("axis", Constants.integers(1));
            String last = layer.node("last", "Slice", List.of(layer.input(), first, end, axis));
            layer.result("Squeeze", List.of(last, axis));
            return;
        }
        String lengths = layer.node(
                "lengths",
                "Cast",
                List.of(layer.inputs().get(1)),
                Attributes.of("to", TensorProto.DataType.INT64_VALUE));
        String places = layer.node("places", "Sub", List.of(lengths, layer.constant("one", Constants.integers(1))));
        layer.result("GatherND", List.of(layer.input(), places), Attributes.of("batch_dims", 1));
    }

    /** The dimension that the layer goes along, the batch being 0. */
    static int axis(LayerNodes layer) {
        int dim = layer.attributes().integer("dim");
        return dim < 0 ? dim + layer.inputShape().length + 1 : dim;
    }

    /** With the name of the attribute that holds the amounts. */
    static void pad(LayerNodes layer, String amountsOf) {
        LayerAttributes attributes = layer.attributes();
        int[] written = attributes.integers(amountsOf);
        int rank = layer.inputShape().length;
        int[] before = new int[rank];
        int[] after = new int[rank];
        for (int pair = 0; pair < written.length / 2; pair++) {
            before[rank - 1 - pair] = written[2 * pair];
            after[rank - 1 - pair] = written[2 * pair + 1];
        }
        String mode = mode(attributes.text("mode"));
        String amounts = layer.constant("pads", amounts(before, after));
        if (mode.equals("constant")) {
            String value = layer.constant("value", Constants.floats(new float[] {(float) attributes.real("value")}));
            layer.result("Pad", List.of(layer.input(), amounts, value));
        } else {
            layer.result("Pad", List.of(layer.input(), amounts), Attributes.of("mode", mode));
        }
    }

    /** An image with cells added around its rows and columns. */
    static String padded(LayerNodes layer, int[] before, int[] after, String mode) {
        String amounts = layer.constant("pads", imageAmounts(before, after));
        return layer.node("pad", "Pad", List.of(layer.input(), amounts), Attributes.of("mode", mode(mode)));
    }

    /** The same with cells of a value. */
    static String padded(LayerNodes layer, int[] before, int[] after, float value) {
        return padded(layer, layer.input(), before, after, value);
    }

    /** Zeros around the rows and columns of what is not the layer's input. */
    static String padded(LayerNodes layer, String image, int[] before, int[] after) {
        return padded(layer, image, before, after, 0);
    }

    private static String padded(LayerNodes layer, String image, int[] before, int[] after, float value) {
        String amounts = layer.constant("pads", imageAmounts(before, after));
        String cell = layer.constant("value", Constants.floats(new float[] {value}));
        return layer.node("pad", "Pad", List.of(image, amounts, cell));
    }

    private static TensorProto imageAmounts(int[] before, int[] after) {
        return amounts(withChannels(before), withChannels(after));
    }

    private static int[] withChannels(int[] axes) {
        return IntStream.concat(IntStream.of(0), IntStream.of(axes)).toArray();
    }

    /** Of every dimension first those before it, then those after it; the batch has none. */
    private static TensorProto amounts(int[] before, int[] after) {
        int rank = before.length;
        int[] all = new int[2 * rank + 2];
        System.arraycopy(before, 0, all, 1, rank);
        System.arraycopy(after, 0, all, rank + 2, rank);
        return Constants.integers(all);
    }

    /** ONNX's word for PyTorch's. */
    private static String mode(String mode) {
        return switch (mode) {
            case "replicate" -> "edge";
            case "circular" -> "wrap";
            default -> mode;
        };
    }

    /** For Reshape, to which 0 means the size it finds. */
    static int[] withBatch(int... shape) {
        int[] whole = new int[shape.length + 1];
        System.arraycopy(shape, 0, whole, 1, shape.length);
        return whole;
    }
}
