package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.reference.ReferenceCustom;
import dev.netwright.processor.reference.RowSquares;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How networks of one loss alone are drawn, for the rows of losses. */
final class LossRows {
    /** Losses of one output that may take how many steps of each sample count. */
    private static final Set<String> STEPS = Set.of(
            "BCELoss",
            "BCEWithLogitsLoss",
            "CrossEntropyLoss",
            "HingeEmbeddingLoss",
            "HuberLoss",
            "KLDivLoss",
            "L1Loss",
            "MSELoss",
            "MultiLabelSoftMarginLoss",
            "NLLLoss",
            "PoissonNLLLoss",
            "SmoothL1Loss",
            "SoftMarginLoss");

    private LossRows() {}

    static NetworkSource ofClasses(String annotation, Dice dice) {
        int classes = dice.one(1, 2, 3, 10, 15, 16, 17, 37);
        List<Integer> shape = switch (dice.from(1, 4)) {
            case 1 -> List.of(classes, dice.from(1, 6));
            case 2 -> List.of(classes, dice.from(1, 5), dice.from(1, 5));
            default -> List.of(classes);
        };
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean cross = annotation.equals("CrossEntropyLoss");
        if (dice.once(3)) {
            attributes.put("weight", reals(classes, dice));
        }
        if (cross && dice.once(3)) {
            attributes.put("labelSmoothing", dice.one(0.1, 0.5, 1.0));
        }
        if (cross && dice.once(4)) {
            attributes.put("probabilities", true);
        } else if (classes > 1 && dice.flip()) {
            attributes.put("ignoreIndex", dice.one(0, classes - 1, -1, 1000));
        }
        return loss(annotation, shape, attributes, "Identity", dice);
    }

    static NetworkSource ofElements(String annotation, Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        return loss(annotation, shape, attributes(annotation, shape, dice), "Identity", dice);
    }

    static NetworkSource ofScores(String annotation, Dice dice) {
        int classes = dice.one(1, 2, 3, 10, 15, 16, 17, 37);
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (annotation.equals("MultiMarginLoss")) {
            attributes.put("p", dice.one(1, 2));
            attributes.put("margin", dice.one(0.5, 1.0, 2.0));
            if (dice.once(3)) {
                attributes.put("weight", reals(classes, dice));
            }
        }
        return loss(annotation, List.of(classes), attributes, "Identity", dice);
    }

    static NetworkSource ofProbabilities(String annotation, Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        return loss(annotation, shape, attributes(annotation, shape, dice), "Sigmoid", dice);
    }

    static NetworkSource ofCounts(Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean log = dice.flip();
        if (!log) {
            attributes.put("logInput", false);
        }
        if (dice.flip()) {
            attributes.put("full", true);
        }
        if (dice.once(3)) {
            attributes.put("eps", 0.25);
        }
        return loss("PoissonNLLLoss", OperatorRows.anyShape(dice), attributes, log ? "Identity" : "Sigmoid", dice);
    }

    private static Map<String, Object> attributes(String annotation, List<Integer> shape, Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        int last = shape.get(shape.size() - 1);
        switch (annotation) {
            case "BCELoss", "BCEWithLogitsLoss", "MultiLabelSoftMarginLoss" -> {
                if (dice.flip()) {
                    attributes.put("weight", reals(dice.flip() ? last : 1, dice));
                }
                if (annotation.equals("BCEWithLogitsLoss") && dice.flip()) {
                    attributes.put("posWeight", reals(dice.flip() ? last : 1, dice));
                }
            }
            case "HuberLoss" -> attributes.put("delta", dice.one(0.5, 1.0, 2.5));
            case "SmoothL1Loss" -> attributes.put("beta", dice.one(0.0, 0.5, 1.0, 2.5));
            case "HingeEmbeddingLoss" -> attributes.put("margin", dice.one(-0.5, 1.0, 2.0));
            case "KLDivLoss" -> attributes.put("logTarget", dice.flip());
            default -> {
                // no attributes of its own
            }
        }
        return attributes;
    }

    static NetworkSource ofSequences(Dice dice) {
        int classes = dice.one(2, 3, 15, 16, 17);
        int labels = dice.from(1, 4);
        int steps = 2 * labels + dice.from(0, 7);
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("maxTarget", labels));
        if (dice.flip()) {
            attributes.put("blank", dice.from(0, classes - 1));
        }
        if (dice.once(3)) {
            attributes.put("zeroInfinity", true);
        }
        reduction("CTCLoss", attributes, dice);
        if (dice.flip()) {
            return NetworkSource.of(List.of(List.of(steps, classes)))
                    .loss(AnnotationText.of("CTCLoss", attributes))
                    .layer("@LogSoftmax(dim = -1) Layer scores");
        }
        attributes.put("lengths", "b");
        return NetworkSource.of(List.of(List.of(steps, 3), List.of(1)))
                .typed(List.of("FLOAT32", "INT32"))
                .loss(AnnotationText.of("CTCLoss", attributes))
                .layer("@Linear(outFeatures = " + classes + ", from = \"a\") Layer fc")
                .layer("@LogSoftmax(dim = -1) Layer scores");
    }

    static NetworkSource ofPairs(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("margin", dice.one(0.0, 0.5, -0.25)));
        return several("MarginRankingLoss", List.of(shape, shape), List.of("Identity", "Identity"), attributes, dice);
    }

    static NetworkSource ofVectors(String annotation, int count, Dice dice) {
        List<Integer> shape = List.of(dice.one(1, 2, 3, 15, 16, 17, 37, 64));
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("margin", dice.one(0.0, 0.25, -0.5)));
        return several(
                annotation,
                Collections.nCopies(count, shape),
                Collections.nCopies(count, "Identity"),
                attributes,
                dice);
    }

    static NetworkSource ofTriplets(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("margin", dice.one(0.5, 1.0, 4.0)));
        if (dice.flip()) {
            attributes.put("p", dice.one(1.0, 2.0, 3.0, 1.5, 0.75, Double.POSITIVE_INFINITY));
        }
        if (dice.flip()) {
            attributes.put("swap", true);
        }
        if (dice.once(3)) {
            attributes.put("eps", dice.one(0.0, 0.125));
        }
        return several(
                "TripletMarginLoss",
                Collections.nCopies(3, shape),
                Collections.nCopies(3, "Identity"),
                attributes,
                dice);
    }

    static NetworkSource ofOwnTriplets(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("distance", ReferenceCustom.operator(RowSquares.class));
        attributes.put("margin", dice.one(0.5, 4.0));
        attributes.put("swap", dice.flip());
        return several(
                "TripletMarginWithDistanceLoss",
                Collections.nCopies(3, shape),
                Collections.nCopies(3, "Identity"),
                attributes,
                dice);
    }

    static NetworkSource ofVariances(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        List<Integer> variance = new ArrayList<>(shape);
        if (dice.flip()) {
            variance.set(shape.size() - 1, 1);
        }
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("full", dice.flip()));
        attributes.put("eps", dice.one(1e-6, 0.01));
        return several("GaussianNLLLoss", List.of(shape, variance), List.of("Identity", "Sigmoid"), attributes, dice);
    }

    private static NetworkSource several(
            String annotation,
            List<List<Integer>> shapes,
            List<String> layers,
            Map<String, Object> attributes,
            Dice dice) {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            outputs.add("output" + i);
        }
        attributes.put("of", outputs);
        reduction(annotation, attributes, dice);
        NetworkSource source = NetworkSource.of(shapes).loss(AnnotationText.of(annotation, attributes));
        for (int i = 0; i < shapes.size(); i++) {
            source = source.layer(
                    "@" + layers.get(i) + "(from = \"" + source.input(i) + "\") @Output Layer " + outputs.get(i));
        }
        return source;
    }

    private static NetworkSource loss(
            String annotation, List<Integer> shape, Map<String, Object> attributes, String layer, Dice dice) {
        reduction(annotation, attributes, dice);
        boolean classes = annotation.equals("CrossEntropyLoss") || annotation.equals("NLLLoss");
        boolean rows = classes || annotation.equals("MultiLabelSoftMarginLoss");
        if (!STEPS.contains(annotation) || rows && shape.size() == 1 || !dice.once(3)) {
            return NetworkSource.of(List.of(shape))
                    .loss(AnnotationText.of(annotation, attributes))
                    .layer("@" + layer + " Layer scores");
        }
        attributes.put("lengths", "b");
        return OperatorRows.steps(shape)
                .loss(AnnotationText.of(annotation, attributes))
                .layer("@" + layer + " Layer scores");
    }

    private static void reduction(String annotation, Map<String, Object> attributes, Dice dice) {
        if (dice.flip()) {
            boolean divergence = annotation.equals("KLDivLoss");
            attributes.put("reduction", dice.one("SUM", "NONE", divergence ? "BATCHMEAN" : "MEAN"));
        }
        if (dice.once(3)) {
            attributes.put("scale", dice.one(0.5, 3.0));
        }
    }

    private static List<Double> reals(int size, Dice dice) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(Math.round(dice.real(0.25, 2) * 64) / 64.0);
        }
        return values;
    }
}
