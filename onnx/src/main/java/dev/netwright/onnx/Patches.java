package dev.netwright.onnx;

import java.util.List;
import java.util.stream.IntStream;

/** Patches of images. */
final class Patches {
    private Patches() {}

    /** ONNX has the other direction only: here rows and columns are gathered, those of one cell after the other. */
    static void unfold(LayerNodes layer) {
        int[] in = layer.inputShape();
        int[] kernel = layer.sizes("kernel_size");
        int[] padding = layer.sizes("padding");
        String image = IntStream.of(padding).anyMatch(cells -> cells > 0)
                ? Shapes.padded(layer, padding, padding, 0)
                : layer.input();
        int[] rows = places(layer, 0);
        int[] columns = places(layer, 1);
        String lines = layer.node(
                "lines",
                "Gather",
                List.of(image, layer.constant("rows", Constants.integers(rows))),
                Attributes.of("axis", 2));
        String cells = layer.node(
                "cells",
                "Gather",
                List.of(lines, layer.constant("columns", Constants.integers(columns))),
                Attributes.of("axis", 3));
        int[] apart =
                Shapes.withBatch(in[0], kernel[0], rows.length / kernel[0], kernel[1], columns.length / kernel[1]);
        String split =
                layer.node("split", "Reshape", List.of(cells, layer.constant("apart", Constants.integers(apart))));
        String turned = layer.node("turned", "Transpose", List.of(split), Attributes.of("perm", 0, 1, 2, 4, 3, 5));
        String shape = layer.constant("shape", Constants.integers(Shapes.withBatch(layer.outputShape())));
        layer.result("Reshape", List.of(turned, shape));
    }

    /** Where in the padded image the first cells of all patches lie, then the second. */
    private static int[] places(LayerNodes layer, int axis) {
        int kernel = layer.sizes("kernel_size")[axis];
        int dilation = layer.sizes("dilation")[axis];
        int stride = layer.sizes("stride")[axis];
        int size = layer.inputShape()[axis + 1] + 2 * layer.sizes("padding")[axis];
        int patches = (size - dilation * (kernel - 1) - 1) / stride + 1;
        return IntStream.range(0, kernel * patches)
                .map(i -> i % patches * stride + i / patches * dilation)
                .toArray();
    }

    static void fold(LayerNodes layer) {
        int[] out = layer.outputShape();
        int[] padding = pair(layer, "padding");
        String image = layer.constant("image", Constants.integers(out[1], out[2]));
        String block = layer.constant("block", Constants.integers(pair(layer, "kernel_size")));
        layer.result(
                "Col2Im",
                List.of(layer.input(), image, block),
                Attributes.of("dilations", pair(layer, "dilation")),
                Attributes.of("pads", Windows.pads(padding, padding)),
                Attributes.of("strides", pair(layer, "stride")));
    }

    private static int[] pair(LayerNodes layer, String name) {
        int[] values = layer.attributes().integers(name);
        return values.length == 1 ? new int[] {values[0], values[0]} : values;
    }
}
