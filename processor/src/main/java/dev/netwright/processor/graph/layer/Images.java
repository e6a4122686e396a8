package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Primitive.Pad;
import dev.netwright.processor.graph.Primitive.Size;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/** What the layers over channels, rows and columns have in common. */
final class Images {
    private Images() {}

    static Shape single(List<Shape> inputs, String layer) {
        Shape input = Activation.single(inputs);
        if (input.rank() != 3) {
            throw LayerException.shape(
                    null,
                    "%s (" + layer + ") needs channels x rows x columns but receives " + input,
                    "Give it an input with three dimensions.");
        }
        return input;
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
    static void checkPadding(Shape input, Size before, Size after, Pad.Mode mode) {
        int[][] sides = {{before.rows(), after.rows()}, {before.columns(), after.columns()}};
        for (int d = 0; d < 2; d++) {
            int most = switch (mode) {
                case REFLECT -> input.size(d + 1) - 1;
                case CIRCULAR -> input.size(d + 1);
                default -> Integer.MAX_VALUE;
            };
            for (int padding : sides[d]) {
                if (padding > most) {
                    throw new LayerException(
                            "padding",
                            "padding of %s is " + padding + ", but "
                                    + mode.name().toLowerCase(java.util.Locale.ROOT) + " padding of size "
                                    + input.size(d + 1) + " can be at most " + most,
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

    static List<Integer> pair(Size size) {
        return List.of(size.rows(), size.columns());
    }
}
