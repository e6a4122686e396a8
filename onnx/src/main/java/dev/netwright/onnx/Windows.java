package dev.netwright.onnx;

/**
 * How the windows of a pool lie, each array for rows and columns. Where the last window ends follows from the size of
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
    static Windows of(LayerNodes layer, int... dilation) {
        int[] kernel = layer.pair("kernel_size");
        int[] stride = layer.pair("stride");
        int[] padding = layer.pair("padding");
        int[] after = new int[2];
        for (int side = 0; side < 2; side++) {
            int last = (layer.outputShape()[side + 1] - 1) * stride[side] - padding[side];
            int end = last + dilation[side] * (kernel[side] - 1) + 1;
            after[side] = Math.max(0, end - layer.inputShape()[side + 1]);
        }
        return new Windows(kernel, stride, padding, dilation, after);
    }

    /** ONNX's order: rows and columns before, then after. */
    static int[] pads(int[] before, int[] after) {
        return new int[] {before[0], before[1], after[0], after[1]};
    }
}
