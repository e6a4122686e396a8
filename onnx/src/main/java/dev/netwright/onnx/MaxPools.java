package dev.netwright.onnx;

import java.util.List;

/** Max pools. */
final class MaxPools {
    private MaxPools() {}

    static void windows(LayerNodes layer) {
        Windows windows = Windows.of(layer);
        int[] before = windows.padding();
        int[] after = windows.after();
        String input = layer.input();
        if (!fits(before, windows.kernel()) || !fits(after, windows.kernel())) {
            input = Shapes.padded(layer, before, after, Float.NEGATIVE_INFINITY);
            before = new int[2];
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

    /** ONNX Runtime refuses as much padding as the kernel has taps, even where dilation makes its window larger. */
    private static boolean fits(int[] padding, int[] kernel) {
        return padding[0] < kernel[0] && padding[1] < kernel[1];
    }
}
