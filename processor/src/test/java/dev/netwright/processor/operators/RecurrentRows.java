package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How layers over time and cells are drawn: what they give at each step, and what their states are at last. */
final class RecurrentRows {
    private RecurrentRows() {}

    /** Layers, directions, projections, states that are given, and readers of the last ones. */
    static NetworkSource layer(String kind, Dice dice) {
        int steps = dice.one(1, 2, 3, 5);
        int features = dice.one(1, 3, 8, 17);
        int hidden = dice.one(1, 2, 5, 16, 17);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("hiddenSize", hidden);
        if (dice.once(4)) {
            attributes.put("inputSize", features);
        }
        int layers = dice.once(3) ? 2 : 1;
        if (layers > 1) {
            attributes.put("numLayers", layers);
            if (dice.once(3)) {
                attributes.put("dropout", 1.0);
            }
        }
        boolean both = dice.once(3);
        if (both) {
            attributes.put("bidirectional", true);
        }
        if (dice.once(3)) {
            attributes.put("bias", dice.once(4));
        }
        int width = hidden;
        if (kind.equals("LSTM") && hidden > 1 && dice.once(3)) {
            width = dice.from(1, hidden - 1);
            attributes.put("projSize", width);
        }
        if (kind.equals("RNN") && dice.flip()) {
            attributes.put("nonlinearity", "RELU");
        }
        int rows = layers * (both ? 2 : 1);
        return of(kind, List.of(steps, features), List.of(rows, width), List.of(rows, hidden), attributes, dice);
    }

    static NetworkSource cell(String kind, Dice dice) {
        int hidden = dice.one(1, 2, 5, 16, 17, 33);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("hiddenSize", hidden);
        if (dice.once(3)) {
            attributes.put("bias", dice.once(4));
        }
        if (kind.equals("RNN") && dice.flip()) {
            attributes.put("nonlinearity", "RELU");
        }
        List<Integer> state = List.of(hidden);
        return of(kind + "Cell", List.of(dice.one(1, 3, 8, 17)), state, state, attributes, dice);
    }

    private static NetworkSource of(
            String name,
            List<Integer> input,
            List<Integer> hidden,
            List<Integer> cell,
            Map<String, Object> attributes,
            Dice dice) {
        boolean isCell = name.endsWith("Cell");
        boolean hasCell = name.startsWith("LSTM");
        List<List<Integer>> inputs = new ArrayList<>(List.of(input));
        List<String> initial = new ArrayList<>();
        if (dice.flip()) {
            inputs.add(hidden);
            initial.add("b");
            if (hasCell) {
                inputs.add(cell);
                initial.add("c");
            }
            attributes.put("initialState", initial);
        }
        List<String> types = new ArrayList<>(Collections.nCopies(inputs.size(), "FLOAT32"));
        if (!isCell && dice.once(3)) {
            inputs.add(List.of(1));
            types.add("INT32");
            attributes.put("lengths", String.valueOf((char) ('a' + inputs.size() - 1)));
        }
        NetworkSource source = NetworkSource.of(inputs).typed(types);
        attributes.put("from", source.input(0));
        source = source.layer(AnnotationText.of(name, attributes) + " Layer layer");
        List<String> given =
                isCell ? hasCell ? List.of("c") : List.of() : hasCell ? List.of("hn", "cn") : List.of("hn");
        int read = given.isEmpty() ? 0 : dice.from(0, given.size());
        if (read == 0) {
            return source;
        }
        source = source.layer("@Tanh(from = \"layer." + given.get(read - 1) + "\") @Output Layer last");
        return dice.flip() ? source : source.layer("@Identity(from = \"layer\") @Output Layer each");
    }
}
