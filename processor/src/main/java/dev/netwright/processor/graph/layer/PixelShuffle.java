package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * Channels laid out as pixels, or pixels as channels.
 *
 * @param input shape of one sample
 * @param factor how many times as high and wide the side with fewer channels is
 * @param larger whether that is the output
 */
public record PixelShuffle(Shape input, int factor, boolean larger) implements Derived {
    static PixelShuffle larger(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "PixelShuffle");
        int factor = Images.atLeastOne(a, "upscaleFactor");
        long square = (long) factor * factor;
        if (input.size(0) % square != 0) {
            throw new LayerException(
                    "upscaleFactor",
                    "upscaleFactor of %s is " + NamedSizes.text(factor) + ", whose square " + square
                            + " does not divide the " + input.size(0) + " channels",
                    "Give it a multiple of " + square + " channels, or write another factor.");
        }
        return new PixelShuffle(input, factor, true);
    }

    static PixelShuffle smaller(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "PixelUnshuffle");
        int factor = Images.atLeastOne(a, "downscaleFactor");
        for (int axis = 0; axis < 2; axis++) {
            int size = input.size(axis + 1);
            if (size % factor != 0) {
                throw new LayerException(
                        "downscaleFactor",
                        "downscaleFactor of %s is " + NamedSizes.text(factor) + ", which does not divide the " + size
                                + " " + Images.axis(input, axis),
                        "Write a factor that divides " + size + ".");
            }
        }
        return new PixelShuffle(input, factor, false);
    }

    @Override
    public String name() {
        return larger ? "PixelShuffle" : "PixelUnshuffle";
    }

    @Override
    public Shape output() {
        int channels = input.size(0);
        int square = Math.multiplyExact(factor, factor);
        return larger
                ? Shape.of(
                        channels / square,
                        Math.multiplyExact(input.size(1), factor),
                        Math.multiplyExact(input.size(2), factor))
                : Shape.of(Math.multiplyExact(channels, square), input.size(1) / factor, input.size(2) / factor);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named(larger ? "upscale_factor" : "downscale_factor", factor));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Shape shape = output();
        Shape split = larger
                ? Shape.of(shape.size(0), factor, factor, input.size(1), input.size(2))
                : Shape.of(input.size(0), shape.size(1), factor, shape.size(2), factor);
        List<Integer> order = larger ? List.of(0, 3, 1, 4, 2) : List.of(0, 2, 4, 1, 3);
        return l.reshape(l.permute(l.reshape(inputs.get(0), split), order), shape);
    }
}
