package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Pad.Mode;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.graph.layer.AdaptiveAvgPool;
import dev.netwright.processor.graph.layer.AdaptiveMaxPool;
import dev.netwright.processor.graph.layer.AvgPool;
import dev.netwright.processor.graph.layer.Conv;
import dev.netwright.processor.graph.layer.ConvTranspose;
import dev.netwright.processor.graph.layer.LPPool;
import dev.netwright.processor.graph.layer.MaxPool;
import dev.netwright.processor.graph.layer.MaxUnpool;
import dev.netwright.processor.graph.layer.Pooling;
import dev.netwright.runtime.Functional;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** The functions of windows that slide over what lies behind the channels. */
final class PlainWindows {
    private PlainWindows() {}

    /** The output's sizes behind the channels. */
    static int[] plane(Layer layer) {
        List<Integer> written = layer instanceof AdaptiveAvgPool average
                ? average.outputSize()
                : ((AdaptiveMaxPool) layer).outputSize();
        return written.contains(NamedSizes.KEEP)
                ? PlainFunctions.ints(
                        layer.output().sizes().subList(1, layer.output().rank()))
                : PlainFunctions.ints(written);
    }

    private static int[] each(Convolution convolution, ToIntFunction<Window> what) {
        return convolution.windows().stream().mapToInt(what).toArray();
    }

    /** Padding that a convolution cannot have itself is put before it. */
    static Tensor convolution(Layer layer, PlainFunctions.Arguments a) {
        Conv conv = (Conv) layer;
        int[] before = each(conv.convolution(), Window::before);
        int[] after = each(conv.convolution(), Window::after);
        int axes = before.length;
        Tensor x = a.x();
        if (conv.mode() != Mode.CONSTANT || !Arrays.equals(before, after)) {
            int[] pad = new int[2 * axes];
            for (int i = 0; i < axes; i++) {
                pad[2 * i] = before[axes - 1 - i];
                pad[2 * i + 1] = after[axes - 1 - i];
            }
            x = Functional.pad(x, pad, PlainFunctions.word(conv.mode()), 0);
            before = new int[axes];
        }
        int[] stride = each(conv.convolution(), Window::stride);
        int[] dilation = each(conv.convolution(), Window::dilation);
        int groups = conv.convolution().groups();
        return switch (axes) {
            case 1 -> Functional.conv1d(x, a.weight(), a.bias(), stride, before, dilation, groups);
            case 2 -> Functional.conv2d(x, a.weight(), a.bias(), stride, before, dilation, groups);
            default -> Functional.conv3d(x, a.weight(), a.bias(), stride, before, dilation, groups);
        };
    }

    static Tensor transposed(Layer layer, PlainFunctions.Arguments a) {
        ConvTranspose conv = (ConvTranspose) layer;
        int[] stride = each(conv.convolution(), Window::stride);
        int[] dilation = each(conv.convolution(), Window::dilation);
        int[] padding = each(conv.convolution(), Window::before);
        int groups = conv.convolution().groups();
        int[] added = new int[stride.length];
        for (int axis = 0; axis < added.length; axis++) {
            Window window = conv.convolution().windows().get(axis);
            int plain = (conv.input().size(axis + 1) - 1) * stride[axis]
                    - 2 * padding[axis]
                    + dilation[axis] * (window.kernel() - 1)
                    + 1;
            added[axis] = conv.output().size(axis + 1) - plain;
        }
        return switch (stride.length) {
            case 1 -> Functional.convTranspose1d(a.x(), a.weight(), a.bias(), stride, padding, added, groups, dilation);
            case 2 -> Functional.convTranspose2d(a.x(), a.weight(), a.bias(), stride, padding, added, groups, dilation);
            default ->
                Functional.convTranspose3d(a.x(), a.weight(), a.bias(), stride, padding, added, groups, dilation);
        };
    }

    static Tensor maxPool(Layer layer, PlainFunctions.Arguments a) {
        MaxPool pool = (MaxPool) layer;
        Pooling p = pool.pooling();
        int[] kernel = PlainFunctions.ints(p.kernelSize());
        int[] stride = PlainFunctions.ints(p.stride());
        int[] padding = PlainFunctions.ints(p.padding());
        int[] dilation = PlainFunctions.ints(p.dilation());
        return switch (pool.input().rank()) {
            case 2 -> Functional.maxPool1d(a.x(), kernel, stride, padding, dilation, p.ceilMode());
            case 3 -> Functional.maxPool2d(a.x(), kernel, stride, padding, dilation, p.ceilMode());
            default -> Functional.maxPool3d(a.x(), kernel, stride, padding, dilation, p.ceilMode());
        };
    }

    static Tensor maxUnpool(Layer layer, PlainFunctions.Arguments a) {
        MaxPool pool = ((MaxUnpool) layer).pool();
        Pooling p = pool.pooling();
        int[] kernel = PlainFunctions.ints(p.kernelSize());
        int[] stride = PlainFunctions.ints(p.stride());
        int[] padding = PlainFunctions.ints(p.padding());
        int[] one = {1};
        int[] size =
                PlainFunctions.ints(pool.input().sizes().subList(1, pool.input().rank()));
        Tensor pooled = a.inputs().get(1);
        switch (size.length) {
            case 1 -> {
                Tensor indices = Functional.maxPool1dIndices(pooled, kernel, stride, padding, one, p.ceilMode());
                return Functional.maxUnpool1d(a.x(), indices, kernel, stride, padding, size);
            }
            case 2 -> {
                Tensor indices = Functional.maxPool2dIndices(pooled, kernel, stride, padding, one, p.ceilMode());
                return Functional.maxUnpool2d(a.x(), indices, kernel, stride, padding, size);
            }
            default -> {
                Tensor indices = Functional.maxPool3dIndices(pooled, kernel, stride, padding, one, p.ceilMode());
                return Functional.maxUnpool3d(a.x(), indices, kernel, stride, padding, size);
            }
        }
    }

    static Tensor avgPool(Layer layer, PlainFunctions.Arguments a) {
        AvgPool pool = (AvgPool) layer;
        Pooling p = pool.pooling();
        int[] kernel = PlainFunctions.ints(p.kernelSize());
        int[] stride = PlainFunctions.ints(p.stride());
        int[] padding = PlainFunctions.ints(p.padding());
        boolean counts = pool.countIncludePad();
        return switch (pool.input().rank()) {
            case 2 -> Functional.avgPool1d(a.x(), kernel, stride, padding, p.ceilMode(), counts);
            case 3 -> Functional.avgPool2d(a.x(), kernel, stride, padding, p.ceilMode(), counts, pool.divisor());
            default -> Functional.avgPool3d(a.x(), kernel, stride, padding, p.ceilMode(), counts, pool.divisor());
        };
    }

    static Tensor lpPool(Layer layer, PlainFunctions.Arguments a) {
        LPPool pool = (LPPool) layer;
        int[] kernel = PlainFunctions.ints(pool.pooling().kernelSize());
        int[] stride = PlainFunctions.ints(pool.pooling().stride());
        boolean ceil = pool.pooling().ceilMode();
        return switch (pool.input().rank()) {
            case 2 -> Functional.lpPool1d(a.x(), pool.normType(), kernel, stride, ceil);
            case 3 -> Functional.lpPool2d(a.x(), pool.normType(), kernel, stride, ceil);
            default -> Functional.lpPool3d(a.x(), pool.normType(), kernel, stride, ceil);
        };
    }
}
