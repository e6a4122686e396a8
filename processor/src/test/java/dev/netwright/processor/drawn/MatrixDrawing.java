package dev.netwright.processor.drawn;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How products of matrices are drawn, and what makes matrices. They need not fit: then others are drawn. */
final class MatrixDrawing {
    /** Those of two inputs. */
    static final Set<String> JOINS = Set.of("MatMul", "Bilinear");

    private MatrixDrawing() {}

    static Map<String, Object> attributes(String annotation, Dice dice) {
        if (annotation.equals("Bilinear")) {
            return dice.flip()
                    ? Map.of("outFeatures", dice.one(1, 3, 16, 17))
                    : Map.of("outFeatures", dice.one(1, 3, 16, 17), "bias", false);
        }
        // a matrix by itself meets one of them transposed
        boolean transposeA = dice.flip();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("transposeA", transposeA);
        attributes.put("transposeB", dice.once(4) == transposeA);
        return attributes;
    }

    /** What was last computed with itself or something else. */
    static List<String> inputs(String from, Map<String, Shape> shapes, Dice dice) {
        List<String> parts =
                new ArrayList<>(List.of(from, dice.flip() ? from : dice.one(List.copyOf(shapes.keySet()))));
        Collections.rotate(parts, dice.from(0, 1));
        return parts;
    }

    /** Some parts of the dimension, and the rest. */
    static void unflatten(Map<String, Object> attributes, Shape shape, Dice dice) {
        int dim = LayerDrawing.dimension(shape, dice);
        int size = shape.size(dim > 0 ? dim - 1 : dim + shape.rank());
        List<Integer> divisors = new ArrayList<>();
        for (int each = 1; each <= size; each++) {
            if (size % each == 0) {
                divisors.add(each);
            }
        }
        int first = dice.one(divisors);
        attributes.put("dim", dim);
        attributes.put("unflattenedSize", List.of(first, dice.flip() ? size / first : -1));
    }

    static void expand(Map<String, Object> attributes, Shape shape, Dice dice) {
        attributes.put(
                "sizes",
                shape.sizes().stream()
                        .map(size -> size == 1 ? dice.one(1, 2, 5, 17) : dice.flip() ? -1 : size)
                        .toList());
    }
}
