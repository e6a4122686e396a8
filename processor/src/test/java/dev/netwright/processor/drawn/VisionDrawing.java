package dev.netwright.processor.drawn;

import dev.netwright.processor.operators.Dice;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How the attributes of layers are drawn that put an image's cells elsewhere. */
final class VisionDrawing {
    /** Of each of these few are drawn. */
    static final List<String> LAYERS = List.of(
            "CircularPad1d",
            "CircularPad2d",
            "CircularPad3d",
            "ConstantPad1d",
            "ConstantPad2d",
            "ConstantPad3d",
            "ReflectionPad1d",
            "ReflectionPad2d",
            "ReflectionPad3d",
            "ReplicationPad1d",
            "ReplicationPad2d",
            "ReplicationPad3d",
            "ZeroPad1d",
            "ZeroPad2d",
            "ZeroPad3d");

    private VisionDrawing() {}

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
