package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How attention and the layers of a transformer are drawn; what they drop is all or nothing, which no draw decides. */
final class AttentionRows {
    static final List<OperatorRow> LAYERS = List.of(
            new OperatorRow("MultiheadAttention", 8, AttentionRows::heads),
            new OperatorRow("ScaledDotProductAttention", 8, AttentionRows::products),
            new OperatorRow("TransformerDecoderLayer", 8, dice -> layer("TransformerDecoderLayer", true, dice)),
            new OperatorRow("TransformerEncoderLayer", 8, dice -> layer("TransformerEncoderLayer", false, dice)));

    private AttentionRows() {}

    private static NetworkSource products(Dice dice) {
        int queries = dice.one(1, 2, 5, 16, 17);
        int keys = dice.one(1, 3, 16, 31);
        int features = dice.one(1, 4, 7, 16);
        List<Integer> leading = new ArrayList<>();
        for (int more = dice.from(0, 2); more > 0; more--) {
            leading.add(dice.one(1, 2, 3));
        }
        List<List<Integer>> inputs = new ArrayList<>(List.of(
                matrix(leading, queries, features, dice),
                matrix(leading, keys, features, dice),
                matrix(leading, keys, dice.one(1, 5, 16, 33), dice)));
        if (dice.once(3)) {
            inputs.add(dice.flip() ? List.of(queries, keys) : List.of(keys));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.once(3)) {
            attributes.put("dropoutP", dice.one(0.0, 1.0));
        }
        if (dice.flip()) {
            attributes.put("isCausal", dice.once(3) ? false : true);
        }
        if (dice.once(3)) {
            attributes.put("scale", dice.one(1.0, 0.25, -0.5));
        }
        return source("ScaledDotProductAttention", inputs, attributes, lengths(dice, "lengths"));
    }

    private static List<Integer> matrix(List<Integer> leading, int rows, int columns, Dice dice) {
        List<Integer> shape = new ArrayList<>();
        leading.forEach(size -> shape.add(dice.once(4) ? 1 : size));
        shape.add(rows);
        shape.add(columns);
        return shape;
    }

    private static NetworkSource heads(Dice dice) {
        int heads = dice.one(1, 2, 3, 4);
        int features = heads * dice.one(1, 3, 5, 8);
        int queries = dice.one(1, 2, 5, 16, 17);
        boolean self = dice.flip();
        int keys = self ? queries : dice.one(1, 3, 16);
        List<List<Integer>> inputs = new ArrayList<>(List.of(List.of(queries, features)));
        if (!self) {
            inputs.add(List.of(keys, dice.flip() ? features : dice.one(1, 7, 16)));
            inputs.add(List.of(keys, dice.flip() ? features : dice.one(2, 5)));
        }
        if (dice.once(3)) {
            inputs.add(dice.one(List.of(queries, keys), List.of(heads, queries, keys), List.of(queries, 1)));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.once(4)) {
            attributes.put("embedDim", features);
        }
        attributes.put("numHeads", heads);
        if (dice.once(4)) {
            attributes.put("dropout", dice.one(0.0, 1.0));
        }
        if (dice.once(3)) {
            attributes.put("bias", false);
        }
        if (dice.once(3)) {
            attributes.put("addBiasKv", true);
        }
        if (dice.once(3)) {
            attributes.put("addZeroAttn", true);
        }
        if (!self && dice.once(3)) {
            attributes.put("kdim", inputs.get(1).get(1));
            attributes.put("vdim", inputs.get(2).get(1));
        }
        if (dice.once(3)) {
            attributes.put("isCausal", true);
        }
        NetworkSource source = source("MultiheadAttention", inputs, attributes, lengths(dice, "lengths"));
        return dice.once(3) ? source.layer("@Tanh(from = \"layer.weights\") @Output Layer weights") : source;
    }

    private static NetworkSource layer(String annotation, boolean decoder, Dice dice) {
        int heads = dice.one(1, 2, 4);
        int features = Math.max(2, heads * dice.one(1, 3, 4));
        int rows = dice.one(1, 3, 5, 16);
        int places = dice.one(1, 2, 7);
        List<List<Integer>> inputs = new ArrayList<>(List.of(List.of(rows, features)));
        if (decoder) {
            inputs.add(List.of(places, features));
        }
        if (dice.once(3)) {
            inputs.add(List.of(rows, rows));
            if (decoder && dice.flip()) {
                inputs.add(List.of(rows, places));
            }
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.once(4)) {
            attributes.put("dModel", features);
        }
        attributes.put("nhead", heads);
        attributes.put("dimFeedforward", dice.one(1, 5, 16, 33));
        attributes.put("dropout", dice.once(6) ? 1.0 : 0.0);
        if (dice.flip()) {
            attributes.put("activation", dice.one("GELU", "GELU", "RELU"));
        }
        attributes.put("layerNormEps", dice.one(0.1, 1e-2));
        if (dice.flip()) {
            attributes.put("normFirst", dice.once(4) ? false : true);
        }
        if (dice.once(3)) {
            attributes.put("bias", false);
        }
        if (dice.once(3)) {
            attributes.put("isCausal", true);
        }
        List<String> lengths = decoder ? lengths(dice, "lengths", "memoryLengths") : lengths(dice, "lengths");
        return source(annotation, inputs, attributes, lengths);
    }

    /** Those of the attributes that are given. */
    private static List<String> lengths(Dice dice, String... attributes) {
        return Stream.of(attributes).filter(each -> dice.once(3)).toList();
    }

    /** @param lengths attributes that name inputs of one number, which are behind the others */
    private static NetworkSource source(
            String annotation, List<List<Integer>> floats, Map<String, Object> attributes, List<String> lengths) {
        List<List<Integer>> inputs = new ArrayList<>(floats);
        List<String> types = new ArrayList<>(Collections.nCopies(floats.size(), "FLOAT32"));
        lengths.forEach(each -> {
            inputs.add(List.of(1));
            types.add("INT32");
        });
        NetworkSource source = NetworkSource.of(inputs).typed(types);
        for (int i = 0; i < lengths.size(); i++) {
            attributes.put(lengths.get(i), source.input(floats.size() + i));
        }
        if (inputs.size() > 1) {
            List<String> from = new ArrayList<>();
            for (int i = 0; i < floats.size(); i++) {
                from.add(source.input(i));
            }
            attributes.put("from", from);
        }
        return source.layer(AnnotationText.of(annotation, attributes) + " @Output Layer layer");
    }
}
