package dev.netwright.onnx;

import java.util.stream.IntStream;

/**
 * How the windows of a pool lie, each array along the axes behind the channels. Where the last window ends follows from the size of
 * the output, so that readers need not know how PyTorch rounds sizes up.
 *
 * @param kernel taps of a window
 * @param stride from one window to the next
 * @param padding before and after the input
 * @param dilation from one tap to the next
 * @param after cells that windows need behind the input: more than the padding where they overhang, less where rows are
 *     dropped
 */
record Windows(int[] kernel, int[] stride, int[] padding, int[] dilation, int[] after) {
    static Windows of(LayerNodes layer) {
        PrintedArguments arguments = layer.arguments();
        int axes = axes(layer);
        int[] kernel = arguments.sizes("kernel_size", axes, 1);
        int[] stride = arguments.sizes("stride", axes, 1);
        int[] padding = arguments.sizes("padding", axes, 0);
        int[] dilation = arguments.sizes("dilation", axes, 1);
        int[] after = new int[axes];
        for (int side = 0; side < axes; side++) {
            int last = (layer.outputShape()[side + 1] - 1) * stride[side] - padding[side];
            int end = last + dilation[side] * (kernel[side] - 1) + 1;
            after[side] = Math.max(0, end - layer.inputShape()[side + 1]);
        }
        return new Windows(kernel, stride, padding, dilation, after);
    }

    /** How many axes a layer's input has behind the channels. */
    static int axes(LayerNodes layer) {
        return layer.inputShape().length - 1;
    }

    /** Taps of a window. */
    int taps() {
        return IntStream.of(kernel).reduce(1, Math::multiplyExact);
    }

    /** ONNX's order: what is before each axis, then what is after. */
    static int[] pads(int[] before, int[] after) {
        return IntStream.concat(IntStream.of(before), IntStream.of(after)).toArray();
    }
}
