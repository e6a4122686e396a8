package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Primitive.Size;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

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

    /** Adds the sum of a gradient over the batch and the pixels of each channel to that of the layer's bias. */
    static void accumulateBias(Lowering l, Shape output, Value gradient) {
        l.accumulate(
                "bias", l.reduceBatch(".bias.grad", Reduce.Kind.SUM, Expr.arg(0), Lowering.pixels(output), gradient));
    }

    /** The first of every convolution's. */
    static List<LayerAttribute> attributes(int channels, int outChannels, Size kernel, Size stride) {
        return List.of(
                positional("in_channels", channels),
                positional("out_channels", outChannels),
                named("kernel_size", Images.pair(kernel)),
                named("stride", Images.pair(stride)));
    }
}
