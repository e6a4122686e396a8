package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Window;
import java.util.Collections;
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

    /** The first of every convolution's. */
    static List<LayerAttribute> attributes(int channels, int outChannels, List<Window> windows) {
        return List.of(
                positional("in_channels", channels),
                positional("out_channels", outChannels),
                along("kernel_size", windows, Window::kernel),
                along("stride", windows, Window::stride));
    }

    /** What windows have along each axis, but left out where it is this value along all. */
    static LayerAttribute unless(int standard, String name, List<Window> windows, ToIntFunction<Window> part) {
        return along(name, windows, part).unless(Collections.nCopies(windows.size(), standard));
    }

    private static LayerAttribute along(String name, List<Window> windows, ToIntFunction<Window> part) {
        return named(name, windows.stream().mapToInt(part).boxed().toList());
    }
}
