package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** How a loss is drawn, with a reduction to one number. */
final class LossDrawing {
    private LossDrawing() {}

    static DrawnLoss draw(String output, Shape shape, Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        String annotation = dice.one(
                "CrossEntropyLoss",
                "CrossEntropyLoss",
                "CrossEntropyLoss",
                "NLLLoss",
                "NLLLoss",
                "MSELoss",
                "L1Loss",
                "SmoothL1Loss",
                "HuberLoss",
                "BCEWithLogitsLoss",
                "MultiLabelSoftMarginLoss",
                "SoftMarginLoss",
                "KLDivLoss",
                "HingeEmbeddingLoss");
        switch (annotation) {
            case "CrossEntropyLoss", "NLLLoss" ->
                classes(attributes, annotation.equals("CrossEntropyLoss"), shape.size(0), dice);
            case "HuberLoss" -> attributes.put("delta", dice.one(0.5, 1.0));
            case "SmoothL1Loss" -> attributes.put("beta", dice.one(0.0, 0.5, 1.0));
            case "KLDivLoss" -> attributes.put("logTarget", dice.flip());
            case "MultiLabelSoftMarginLoss" -> {
                if (dice.once(3)) {
                    attributes.put("weight", reals(shape.size(shape.rank() - 1), dice));
                }
            }
            case "BCEWithLogitsLoss" -> {
                int last = shape.size(shape.rank() - 1);
                if (dice.once(3)) {
                    attributes.put("weight", reals(dice.flip() ? last : 1, dice));
                }
                if (dice.once(3)) {
                    attributes.put("posWeight", reals(dice.flip() ? last : 1, dice));
                }
            }
            default -> {
                // no attributes of its own
            }
        }
        if (dice.once(3)) {
            attributes.put("reduction", dice.one("SUM", "MEAN"));
        }
        if (dice.once(3)) {
            attributes.put("scale", dice.one(0.5, 3.0));
        }
        return new DrawnLoss(annotation, attributes, output);
    }

    /** A loss of two or three alike. */
    static DrawnLoss ofSeveral(String one, Shape shape, Dice dice, Supplier<String> alike) {
        String annotation = dice.one("MarginRankingLoss", "TripletMarginLoss", "CosineEmbeddingLoss");
        if (shape.rank() != 1 && annotation.equals("CosineEmbeddingLoss")) {
            annotation = "MarginRankingLoss";
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean triplets = annotation.equals("TripletMarginLoss");
        attributes.put("margin", dice.one(0.25, 1.0));
        if (triplets && dice.flip()) {
            attributes.put("swap", true);
        }
        if (dice.once(3)) {
            attributes.put("reduction", dice.one("SUM", "MEAN"));
        }
        List<String> others = triplets ? List.of(alike.get(), alike.get()) : List.of(alike.get());
        return new DrawnLoss(annotation, attributes, one, others);
    }

    private static void classes(Map<String, Object> attributes, boolean cross, int classes, Dice dice) {
        if (dice.once(3)) {
            attributes.put("weight", reals(classes, dice));
        }
        if (cross && dice.once(3)) {
            attributes.put("labelSmoothing", dice.one(0.1, 0.5, 1.0));
        }
        if (cross && dice.once(4)) {
            attributes.put("probabilities", true);
        } else if (classes > 1 && dice.once(3)) {
            attributes.put("ignoreIndex", dice.one(0, classes - 1, -1, 1000));
        }
    }

    private static List<Double> reals(int size, Dice dice) {
        return IntStream.range(0, size)
                .mapToObj(i -> Math.round(dice.real(0.25, 2) * 64) / 64.0)
                .toList();
    }
}
