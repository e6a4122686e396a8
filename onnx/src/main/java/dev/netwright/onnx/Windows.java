package dev.netwright.onnx;

import java.util.Arrays;
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
    /** Of taps that are neighbours. */
    static Windows of(LayerNodes layer) {
        int[] dilation = new int[layer.axes()];
        Arrays.fill(dilation, 1);
        return of(layer, dilation);
    }

    static Windows of(LayerNodes layer, int[] dilation) {
        int[] kernel = layer.sizes("kernel_size");
        int[] stride = layer.attributes().isNone("stride") ? kernel : layer.sizes("stride");
        int[] padding = layer.sizes("padding");
        int[] after = new int[kernel.length];
        for (int side = 0; side < after.length; side++) {
            int last = (layer.outputShape()[side + 1] - 1) * stride[side] - padding[side];
            int end = last + dilation[side] * (kernel[side] - 1) + 1;
            after[side] = Math.max(0, end - layer.inputShape()[side + 1]);
        }
        return new Windows(kernel, stride, padding, dilation, after);
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
