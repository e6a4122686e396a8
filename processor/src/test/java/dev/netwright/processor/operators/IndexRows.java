package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers that read rows by indices. */
final class IndexRows {
    private IndexRows() {}

    /** Without a padding, whose row has no gradient though the output depends on it: golden cases have one. */
    static NetworkSource embedding(Dice dice) {
        List<Integer> shape = dice.flip() ? List.of(dice.from(1, 9)) : List.of(dice.from(1, 4), dice.from(1, 5));
        Map<String, Object> attributes = attributes(dice);
        attributes.remove("paddingIdx");
        return OperatorRows.of("Embedding", shape, attributes).typed(List.of("INT32"));
    }

    static NetworkSource bag(Dice dice) {
        Map<String, Object> attributes = attributes(dice);
        attributes.put("mode", dice.one("SUM", "SUM", "MEAN", "MAX"));
        if (attributes.get("mode").equals("MAX")) {
            attributes.remove("sparse");
            attributes.remove("scaleGradByFreq");
        }
        List<Integer> shape = List.of(dice.from(1, 9));
        if (!attributes.get("mode").equals("SUM") || dice.once(3)) {
            return OperatorRows.of("EmbeddingBag", shape, attributes).typed(List.of("INT32"));
        }
        NetworkSource source = NetworkSource.of(List.of(shape, shape)).typed(List.of("INT32", "FLOAT32"));
        String weights = "b";
        if (dice.flip()) {
            source = source.layer("@Parameter(shape = " + shape.get(0) + ") Layer weights");
            weights = "weights";
        }
        attributes.put("perSampleWeights", weights);
        attributes.put("from", "a");
        return source.layer(AnnotationText.of("EmbeddingBag", attributes) + " Layer layer");
    }

    private static Map<String, Object> attributes(Dice dice) {
        int rows = dice.one(1, 2, 7, 16, 33);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("numEmbeddings", rows);
        attributes.put("embeddingDim", dice.one(1, 3, 8, 16, 17, 32, 40, 64, 97));
        if (dice.flip()) {
            attributes.put("paddingIdx", dice.from(-rows, rows - 1));
        }
        switch (dice.from(0, 3)) {
            case 0 -> attributes.put("sparse", true);
            case 1 -> attributes.put("scaleGradByFreq", true);
            default -> {}
        }
        return attributes;
    }
}
