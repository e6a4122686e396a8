package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.List;
import java.util.function.ToIntFunction;

/** What convolutions and transposed ones have in common. */
final class Kernels {
    private Kernels() {}

    static void checkGroups(int channels, int outChannels, int groups) {
        if (channels % groups != 0 || outChannels % groups != 0) {
            String side = channels % groups != 0 ? channels + " input" : outChannels + " output";
            throw new LayerException(
                            "groups",
                            groups + " groups do not divide " + side + " channels of %s",
                            "Write a number of groups that divides " + channels + " and " + outChannels + ".")
                    .besides("outChannels");
        }
    }

    /**
     * Adds to the gradients of a layer's weight and of its bias, the latter the sum over the batch and some dimensions.
     * That sum comes first: it then reads what has just been written, while it is in the cache.
     *
     * @param weightGradient adds to the weight's
     */
    static void accumulate(
            Lowering l, boolean bias, List<Integer> dimensions, Value gradient, Runnable weightGradient) {
        Value sum = bias ? l.reduceBatch(".bias.grad", Reduce.Kind.SUM, Expr.arg(0), dimensions, gradient) : null;
        weightGradient.run();
        if (bias) {
            l.accumulate("bias", sum);
        }
    }

    /** What PyTorch prints of every convolution at first. */
    static StringBuilder arguments(int channels, int outChannels, List<Window> windows) {
        StringBuilder text = new StringBuilder().append(channels).append(", ").append(outChannels);
        text.append(", kernel_size=").append(tuple(windows, Window::kernel));
        return text.append(", stride=").append(tuple(windows, Window::stride));
    }

    private static String tuple(List<Window> windows, ToIntFunction<Window> part) {
        return PythonFormat.tuple(windows.stream().mapToInt(part).boxed().toList());
    }

    /** An argument that PyTorch prints where it is not the default along each axis. */
    static void append(
            StringBuilder text, String name, List<Window> windows, ToIntFunction<Window> part, int otherwise) {
        if (windows.stream().mapToInt(part).anyMatch(size -> size != otherwise)) {
            text.append(", ").append(name).append('=').append(tuple(windows, part));
        }
    }

    static void append(StringBuilder text, int groups, boolean bias) {
        if (groups != 1) {
            text.append(", groups=").append(groups);
        }
        if (!bias) {
            text.append(", bias=False");
        }
    }
}
