package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Primitive.Pad;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import java.util.List;

/** What the layers over channels and one or several axes behind them have in common. */
final class Images {
    private static final List<String> ONE_AXIS = List.of("places");
    private static final List<String> AXES = List.of("planes", "rows", "columns");
    private static final List<String> NUMBERS = List.of("two", "three", "four");

    private Images() {}

    static Shape single(List<Shape> inputs, String layer) {
        return single(inputs, layer, 2);
    }

    static Shape single(List<Shape> inputs, String layer, int axes) {
        Shape input = Activation.single(inputs);
        if (input.rank() != axes + 1) {
            throw LayerException.shape(
                    null,
                    "%s (" + layer + ") needs channels x " + String.join(" x ", axes(axes)) + " but receives " + input,
                    "Give it an input with " + NUMBERS.get(axes - 1) + " dimensions." + withoutBatch(input, axes + 1));
        }
        return input;
    }

    private static String withoutBatch(Shape input, int rank) {
        return input.rank() != rank + 1
                ? ""
                : " If " + input.size(0) + " is the batch, leave it out: a shape is that of one sample, "
                        + new Shape(input.sizes().subList(1, rank + 1)) + ".";
    }

    /** What there are several of along each axis. */
    private static List<String> axes(int axes) {
        return axes == 1 ? ONE_AXIS : AXES.subList(AXES.size() - axes, AXES.size());
    }

    /** What there are several of along an axis of an input. */
    static String axis(Shape input, int axis) {
        return axes(input.rank() - 1).get(axis);
    }

    /** How many axes an input has behind the channels, as a layer's name ends. */
    static String suffix(Shape input) {
        return input.rank() - 1 + "d";
    }

    static int atLeastOne(Attributes a, String name) {
        int value = a.integer(name);
        if (value < 1) {
            throw LayerException.ofValue(
                    name,
                    name + " of %s is " + NamedSizes.text(value) + ", but must be at least 1",
                    "Write " + name + " = 1 or more.");
        }
        return value;
    }

    /** A number of groups that divides the channels. */
    static int groups(Attributes a, String name, int channels) {
        int groups = atLeastOne(a, name);
        if (channels % groups != 0) {
            throw new LayerException(
                    name,
                    groups + " groups do not divide the " + channels + " channels of %s",
                    "Write a number of groups that divides " + channels + ".");
        }
        return groups;
    }

    static void checkChannels(Attributes a, String attribute, int channels) {
        if (a.isWritten(attribute) && a.integer(attribute) != channels) {
            throw LayerException.shape(
                    attribute,
                    "%s expects " + a.sizesText(attribute) + " input channels but receives " + channels,
                    "Write " + attribute + " = " + channels + ", or leave it out and it is inferred.");
        }
    }

    /** PyTorch's limits on padding that repeats the input. */
    static void checkPadding(List<Window> windows, Pad.Mode mode) {
        for (Window window : windows) {
            int most = switch (mode) {
                case REFLECT -> window.extent() - 1;
                case CIRCULAR -> window.extent();
                default -> Integer.MAX_VALUE;
            };
            for (int padding : List.of(window.before(), window.after())) {
                if (padding > most) {
                    throw new LayerException(
                            "padding",
                            "padding of %s is " + padding + ", but "
                                    + mode.name().toLowerCase(java.util.Locale.ROOT) + " padding of size "
                                    + window.extent() + " can be at most " + most,
                            "Write padding = " + most + " or less.");
                }
            }
        }
    }

    static Shape padded(Shape input, Pad pad) {
        Shape shape = input;
        for (int d = 0; d < input.rank(); d++) {
            shape = shape.with(
                    d, padded(input.size(d), pad.before().get(d), pad.after().get(d)));
        }
        return shape;
    }

    /** A size with what is added before and after it. */
    static int padded(int size, int before, int after) {
        return Math.toIntExact((long) size + before + after);
    }
}
