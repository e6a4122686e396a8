package dev.netwright.onnx;

import java.util.List;
import java.util.stream.IntStream;

/** Max pools. */
final class MaxPools {
    private static final List<String> NAMES = List.of("planes", "rows", "columns");

    private MaxPools() {}

    /** The second input is what the max pool reads: it is pooled once more, for the places alone. */
    static void unpooled(LayerNodes layer) {
        int[] pooled = layer.inputShape();
        int[] image = layer.outputShape();
        int[] kernel = layer.sizes("kernel_size");
        int[] stride = layer.sizes("stride");
        int[] before = layer.sizes("padding");
        int[] after = new int[before.length];
        for (int side = 0; side < after.length; side++) {
            int end = (pooled[side + 1] - 1) * stride[side] - before[side] + kernel[side];
            after[side] = Math.max(0, end - image[side + 1]);
        }
        String places = layer.second(
                "places",
                "MaxPool",
                layer.inputs().subList(1, 2),
                Attributes.of("kernel_shape", kernel),
                Attributes.of("strides", stride),
                Attributes.of("pads", Windows.pads(before, after)));
        String batch = layer.node(
                "batch", "Shape", List.of(layer.input()), Attributes.of("start", 0), Attributes.of("end", 1));
        String sample = layer.constant("sample", Constants.integers(image));
        String shape = layer.node("shape", "Concat", List.of(batch, sample), Attributes.of("axis", 0));
        layer.result(
                "MaxUnpool",
                List.of(layer.input(), places, shape),
                Attributes.of("kernel_shape", kernel),
                Attributes.of("strides", stride),
                Attributes.of("pads", Windows.pads(before, after)));
    }

    static void windows(LayerNodes layer) {
        Windows windows = Windows.of(layer, layer.sizes("dilation"));
        int[] before = windows.padding();
        int[] after = windows.after();
        String input = layer.input();
        if (!fits(before, windows.kernel()) || !fits(after, windows.kernel())) {
            input = Shapes.padded(layer, before, after, Float.NEGATIVE_INFINITY);
            before = new int[before.length];
            after = before;
        }
        layer.result(
                "MaxPool",
                List.of(input),
                Attributes.of("kernel_shape", windows.kernel()),
                Attributes.of("strides", windows.stride()),
                Attributes.of("pads", Windows.pads(before, after)),
                Attributes.of("dilations", windows.dilation()));
    }

    /**
     * Windows of one size are a pool's; of several sizes they are laid side by side first, each filled up to the largest
     * with its last cell again.
     */
    static void adaptive(LayerNodes layer) {
        int[] in = layer.inputShape();
        int[] out = layer.outputShape();
        int axes = layer.axes();
        if (IntStream.rangeClosed(1, axes).allMatch(d -> out[d] == 1)) {
            layer.result("GlobalMaxPool", layer.inputs());
            return;
        }
        String value = layer.input();
        int[] size = new int[axes];
        for (int d = 1; d <= axes; d++) {
            int[] cells = cells(in[d], out[d]);
            size[d - 1] = cells.length / out[d];
            if (in[d] % out[d] != 0) {
                String name = axes == 1 ? "places" : NAMES.get(NAMES.size() - axes + d - 1);
                String indices = layer.constant(name + "/cells", Constants.integers(cells));
                value = layer.node(name, "Gather", List.of(value, indices), Attributes.of("axis", d + 1));
            }
        }
        layer.result("MaxPool", List.of(value), Attributes.of("kernel_shape", size), Attributes.of("strides", size));
    }

    /** The cells of each of PyTorch's windows: window i begins at floor(i * in / out) and ends before ceil((i + 1) * in / out). */
    private static int[] cells(int in, int out) {
        int largest = 0;
        for (int window = 0; window < out; window++) {
            largest = Math.max(largest, end(window, in, out) - (int) ((long) window * in / out));
        }
        int[] cells = new int[out * largest];
        for (int i = 0; i < cells.length; i++) {
            int window = i / largest;
            cells[i] = Math.min((int) ((long) window * in / out) + i % largest, end(window, in, out) - 1);
        }
        return cells;
    }

    private static int end(int window, int in, int out) {
        return (int) (((window + 1L) * in + out - 1) / out);
    }

    /** ONNX Runtime refuses as much padding as the kernel has taps, even where dilation makes its window larger. */
    private static boolean fits(int[] padding, int[] kernel) {
        return IntStream.range(0, kernel.length).allMatch(i -> padding[i] < kernel[i]);
    }
}
