package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;

/** Sums of products over windows, and matrices of what windows see. */
final class FunctionalConvolutions {
    private static final int[] ONE = {1};

    private FunctionalConvolutions() {}

    private static void checkGroups(String name, int[] shape, int channels, int outputs, int[] weight, int groups) {
        FunctionalShapes.check(
                groups >= 1 && shape[1] == channels && outputs % groups == 0 && channels % groups == 0,
                name + ": " + groups + " groups of the weight " + Shapes.text(weight) + " do not fit the input "
                        + Shapes.text(shape));
    }

    private static void checkRanks(String name, int[] shape, int[] weight, int axes, String layout) {
        FunctionalShapes.check(
                shape.length == axes + 2 && weight.length == axes + 2,
                name + " needs an input " + FunctionalShapes.layout(axes) + " and a weight " + layout
                        + " with a kernel of " + axes + ", but has " + Shapes.text(shape) + " and "
                        + Shapes.text(weight));
    }

    static Tensor convolution(
            int axes,
            Tensor input,
            Tensor weight,
            Tensor bias,
            int[] stride,
            int[] padding,
            int[] dilation,
            int groups) {
        String name = "conv" + axes + "d";
        int[] shape = input.dimensions();
        int[] of = weight.dimensions();
        checkRanks(name, shape, of, axes, "(outputs, C / groups, ...)");
        int outputs = of[0];
        int each = of[1];
        checkGroups(name, shape, each * groups, outputs, of, groups);
        FunctionalShapes.checkBias(bias, outputs);
        FunctionalWindows windows = FunctionalWindows.of(
                name,
                FunctionalShapes.behindChannels(shape),
                FunctionalShapes.behindChannels(of),
                stride,
                padding,
                dilation,
                false);
        float[] x = input.floats();
        float[] w = weight.floats();
        int[] result = FunctionalShapes.withPlanes(shape[0], outputs, windows.output());
        float[] y = new float[Shapes.elements(result)];
        for (int i = 0; i < y.length; i++) {
            int window = i % windows.count();
            int output = i / windows.count() % outputs;
            int sample = i / windows.count() / outputs;
            int first = sample * shape[1] + output / (outputs / groups) * each;
            double sum = bias == null ? 0 : bias.floats()[output];
            for (int c = 0; c < each; c++) {
                for (int tap = 0; tap < windows.taps(); tap++) {
                    int cell = windows.cell(window, tap);
                    if (cell >= 0) {
                        sum += (double) x[(first + c) * windows.cells() + cell]
                                * w[(output * each + c) * windows.taps() + tap];
                    }
                }
            }
            y[i] = (float) sum;
        }
        return Tensor.wrap(y, result);
    }

    /** Each cell of the input is a window of the output, to which it adds itself times the kernel. */
    static Tensor transposed(
            int axes,
            Tensor input,
            Tensor weight,
            Tensor bias,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation) {
        String name = "convTranspose" + axes + "d";
        int[] shape = input.dimensions();
        int[] of = weight.dimensions();
        checkRanks(name, shape, of, axes, "(C, outputs / groups, ...)");
        int each = of[1];
        int outputs = each * groups;
        checkGroups(name, shape, of[0], outputs, of, groups);
        FunctionalShapes.checkBias(bias, outputs);
        FunctionalWindows windows = grown(name, shape, of, stride, padding, outputPadding, dilation);
        int[] result = FunctionalShapes.withPlanes(shape[0], outputs, windows.plane());
        double[] sums = new double[Shapes.elements(result)];
        for (int i = 0; i < sums.length && bias != null; i++) {
            sums[i] = bias.floats()[i / windows.cells() % outputs];
        }
        float[] x = input.floats();
        float[] w = weight.floats();
        for (int i = 0; i < x.length; i++) {
            int window = i % windows.count();
            int channel = i / windows.count() % shape[1];
            int sample = i / windows.count() / shape[1];
            int first = sample * outputs + channel / (shape[1] / groups) * each;
            for (int o = 0; o < each; o++) {
                for (int tap = 0; tap < windows.taps(); tap++) {
                    int cell = windows.cell(window, tap);
                    if (cell >= 0) {
                        sums[(first + o) * windows.cells() + cell] +=
                                (double) x[i] * w[(channel * each + o) * windows.taps() + tap];
                    }
                }
            }
        }
        return FunctionalElements.floats(sums, result);
    }

    private static FunctionalWindows grown(
            String name, int[] shape, int[] weight, int[] stride, int[] padding, int[] outputPadding, int[] dilation) {
        int[] input = FunctionalShapes.behindChannels(shape);
        int[] kernel = FunctionalShapes.behindChannels(weight);
        int axes = input.length;
        int[] steps = FunctionalShapes.each(name, "stride", stride, axes);
        int[] around = FunctionalShapes.each(name, "padding", padding, axes);
        int[] added = FunctionalShapes.each(name, "output padding", outputPadding, axes);
        int[] apart = FunctionalShapes.each(name, "dilation", dilation, axes);
        int[] plane = new int[axes];
        for (int axis = 0; axis < axes; axis++) {
            FunctionalShapes.check(
                    added[axis] >= 0 && added[axis] < Math.max(steps[axis], apart[axis]),
                    name + ": the output padding must be below the stride " + steps[axis] + " or the dilation "
                            + apart[axis] + ", but is " + added[axis]);
            plane[axis] = (input[axis] - 1) * steps[axis]
                    - 2 * around[axis]
                    + apart[axis] * (kernel[axis] - 1)
                    + added[axis]
                    + 1;
            FunctionalShapes.check(
                    plane[axis] >= 1,
                    name + ": a padding of " + around[axis] + " leaves nothing of an input of " + input[axis]);
            FunctionalWindows.checkAxis(name, plane[axis], kernel[axis], steps[axis], around[axis], apart[axis]);
        }
        return new FunctionalWindows(plane, kernel, steps, around, apart, input);
    }

    static Tensor unfold(Tensor input, int[] kernel, int[] dilation, int[] padding, int[] stride) {
        int[] shape = FunctionalShapes.planes("unfold", input, 2);
        FunctionalWindows windows = FunctionalWindows.of(
                "unfold", FunctionalShapes.behindChannels(shape), kernel, stride, padding, dilation, false);
        float[] x = input.floats();
        int[] result = {shape[0], shape[1] * windows.taps(), windows.count()};
        float[] y = new float[Shapes.elements(result)];
        for (int i = 0; i < y.length; i++) {
            int cell = windows.cell(i % windows.count(), i / windows.count() % windows.taps());
            int plane = i / windows.count() / windows.taps();
            y[i] = cell < 0 ? 0 : x[plane * windows.cells() + cell];
        }
        return Tensor.wrap(y, result);
    }

    static Tensor fold(Tensor input, int[] outputSize, int[] kernel, int[] dilation, int[] padding, int[] stride) {
        int[] plane = FunctionalShapes.each("fold", "output size", outputSize, 2);
        FunctionalWindows windows = FunctionalWindows.of("fold", plane, kernel, stride, padding, dilation, false);
        int[] shape = input.dimensions();
        FunctionalShapes.check(
                shape.length == 3 && shape[1] % windows.taps() == 0 && shape[2] == windows.count(),
                "fold to " + Shapes.text(plane) + " needs an input (N, a multiple of " + windows.taps() + ", "
                        + windows.count() + "), but has " + Shapes.text(shape));
        float[] x = input.floats();
        int[] result = {shape[0], shape[1] / windows.taps(), plane[0], plane[1]};
        double[] sums = new double[Shapes.elements(result)];
        for (int i = 0; i < x.length; i++) {
            int cell = windows.cell(i % windows.count(), i / windows.count() % windows.taps());
            if (cell >= 0) {
                sums[i / windows.count() / windows.taps() * windows.cells() + cell] += x[i];
            }
        }
        return FunctionalElements.floats(sums, result);
    }

    static Tensor convolution(Tensor input, Tensor weight, int axes) {
        return convolution(axes, input, weight, null, ONE, new int[1], ONE, 1);
    }
}
