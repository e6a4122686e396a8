package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How products of matrices, forms of two inputs, and what makes matrices are drawn. */
final class MatrixRows {
    private MatrixRows() {}

    /** One matrix or several, stretched or not, as they are or permuted, of inputs or of layers. */
    static NetworkSource matMul(Dice dice) {
        int m = dice.one(1, 2, 5, 16, 17, 33);
        int k = dice.one(1, 3, 7, 16, 31);
        int n = dice.one(1, 5, 16, 31, 48, 64, 80, 128);
        List<Integer> leading = new ArrayList<>();
        for (int more = dice.from(0, 2); more > 0; more--) {
            leading.add(dice.one(1, 2, 3, 4));
        }
        boolean transposeA = dice.flip();
        boolean transposeB = dice.flip();
        List<Integer> a = matrix(leading, transposeA ? k : m, transposeA ? m : k, dice);
        List<Integer> b = matrix(leading, transposeB ? n : k, transposeB ? k : n, dice);
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (transposeA || dice.once(3)) {
            attributes.put("transposeA", transposeA);
        }
        if (transposeB || dice.once(3)) {
            attributes.put("transposeB", transposeB);
        }
        NetworkSource source = NetworkSource.of(List.of(a, b));
        String first = "a";
        String second = "b";
        if (dice.once(3)) {
            source = source.layer("@Tanh(from = \"a\") Layer left");
            first = "left";
        }
        if (dice.flip()) {
            source = source.layer("@Sigmoid(from = \"b\") Layer right");
            second = "right";
        }
        attributes.put("from", List.of(first, second));
        source = source.layer(AnnotationText.of("MatMul", attributes) + " Layer layer");
        return dice.once(3) ? source.layer("@ReLU Layer behind") : source;
    }

    private static List<Integer> matrix(List<Integer> leading, int rows, int columns, Dice dice) {
        List<Integer> shape = new ArrayList<>();
        leading.forEach(size -> shape.add(dice.once(4) ? 1 : size));
        shape.add(rows);
        shape.add(columns);
        return shape;
    }

    static NetworkSource bilinear(Dice dice) {
        List<Integer> first = new ArrayList<>(List.of(dice.one(1, 2, 3, 7, 16, 17)));
        List<Integer> second = new ArrayList<>(List.of(dice.one(1, 3, 5, 16, 31)));
        if (dice.once(3)) {
            int rows = dice.from(1, 5);
            first.add(0, rows);
            second.add(0, rows);
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.once(4)) {
            attributes.put("in1Features", first.get(first.size() - 1));
        }
        if (dice.once(4)) {
            attributes.put("in2Features", second.get(second.size() - 1));
        }
        attributes.put("outFeatures", dice.one(1, 2, 5, 16, 33));
        if (dice.flip()) {
            attributes.put("bias", dice.once(4));
        }
        attributes.put("from", List.of("a", "b"));
        return NetworkSource.of(List.of(first, second))
                .layer(AnnotationText.of("Bilinear", attributes) + " Layer layer");
    }

    static NetworkSource unflatten(Dice dice) {
        List<Integer> shape = new ArrayList<>(List.of(dice.from(1, 4), dice.from(1, 5)));
        List<Integer> sizes = new ArrayList<>(List.of(dice.one(1, 2, 3, 8), dice.one(1, 3, 5, 16)));
        if (dice.once(3)) {
            sizes.add(dice.from(1, 3));
        }
        int place = dice.from(0, 2);
        shape.add(place, sizes.stream().reduce(1, Math::multiplyExact));
        if (dice.flip()) {
            sizes.set(dice.from(0, sizes.size() - 1), -1);
        }
        return MovingRows.beside(
                "Unflatten", shape, Map.of("dim", dice.flip() ? place + 1 : place - 3, "unflattenedSize", sizes), dice);
    }

    static NetworkSource expand(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        shape = shape.stream().map(size -> dice.flip() ? 1 : size).toList();
        List<Integer> sizes = shape.stream()
                .map(size -> size == 1 ? dice.one(1, 3, 16, 17) : dice.flip() ? -1 : size)
                .toList();
        return MovingRows.beside("Expand", shape, Map.of("sizes", sizes), dice);
    }
}
