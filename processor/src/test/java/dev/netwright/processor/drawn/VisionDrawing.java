package dev.netwright.processor.drawn;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How the attributes of layers are drawn that put an image's cells elsewhere. */
final class VisionDrawing {
    private VisionDrawing() {}

    static void draw(Map<String, Object> attributes, String annotation, Shape shape, Dice dice) {
        switch (annotation) {
            case "PixelShuffle" -> attributes.put("upscaleFactor", dice.from(1, 2));
            case "PixelUnshuffle" -> attributes.put("downscaleFactor", dice.from(1, 2));
            case "UpsamplingNearest2d", "UpsamplingBilinear2d" ->
                attributes.put("scaleFactor", dice.one(List.of(1.5, 2.0), List.of(2.0)));
            case "Unfold" -> {
                attributes.put("kernelSize", List.of(dice.from(1, 3), dice.from(1, 2)));
                LayerDrawing.maybe(attributes, dice, 2, "stride", dice.from(1, 2));
                LayerDrawing.maybe(attributes, dice, 2, "padding", 1);
            }
            case "Fold" -> {
                int kernel = shape.size(0) % 2 == 0 ? 2 : 1;
                attributes.put("kernelSize", List.of(1, kernel));
                attributes.put("outputSize", List.of(1, shape.size(shape.rank() - 1) + kernel - 1));
            }
            case "FractionalMaxPool2d", "FractionalMaxPool3d" -> {
                attributes.put("kernelSize", dice.from(1, 3));
                if (dice.flip()) {
                    attributes.put("outputRatio", dice.one(0.4, 0.6, 0.75));
                } else {
                    attributes.put("outputSize", dice.from(1, 3));
                }
            }
            default -> {
                attributes.put("normType", dice.one(1.0, 2.0));
                attributes.put("kernelSize", dice.from(1, 3));
                LayerDrawing.maybe(attributes, dice, 2, "ceilMode", true);
            }
        }
    }

    static void padding(Map<String, Object> attributes, String annotation, Dice dice) {
        int axes = annotation.charAt(annotation.length() - 2) - '0';
        boolean cuts = !annotation.startsWith("Reflection") && !annotation.startsWith("Circular");
        attributes.put(
                "padding",
                dice.once(4)
                        ? (Object) 1
                        : IntStream.range(0, 2 * axes)
                                .mapToObj(i -> cuts && dice.once(4) ? -1 : dice.from(0, 2))
                                .toList());
        if (annotation.startsWith("Constant")) {
            attributes.put("value", dice.one(-1.25, 0.25, 0.0));
        }
    }
}
