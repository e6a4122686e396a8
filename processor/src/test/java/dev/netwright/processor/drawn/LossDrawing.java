package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.loss.Losses;
import dev.netwright.processor.operators.Dice;
import dev.netwright.processor.reference.AnnotationAttributes;
import dev.netwright.processor.reference.ReferenceCustom;
import dev.netwright.processor.reference.RowSquares;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** How losses are drawn. */
final class LossDrawing {
    private LossDrawing() {}

    /** Those of a network with these outputs. */
    static List<DrawnLoss> all(NetworkDrawing to, List<String> outputs, Dice dice) {
        List<DrawnLoss> losses = new ArrayList<>();
        if (dice.once(6)) {
            return losses;
        }
        for (String output : outputs.stream()
                .flatMap(output -> to.expansion().values(output).stream())
                .toList()) {
            for (int count = dice.one(1, 1, 1, 1, 2, 0); count > 0; count--) {
                losses.add(
                        isSequence(to, output)
                                ? sequence(output, to.shapes().get(output), dice)
                                : isOf(to, output, "Sigmoid") && dice.from(1, 4) > 1
                                        ? ofProbabilities(output, dice)
                                        : draw(output, to.shapes().get(output), dice));
            }
        }
        if (dice.once(4)) {
            // of what may be no output, and read by nobody else
            String layer = to.expansion().values(dice.one(to.layers()).name()).get(0);
            losses.add(draw(layer, to.shapes().get(layer), dice));
        }
        if (dice.once(6)) {
            List<String> all = to.layers().stream()
                    .flatMap(layer -> to.expansion().values(layer.name()).stream())
                    .toList();
            String one = dice.one(all);
            List<String> alike = all.stream()
                    .filter(name -> to.shapes().get(name).equals(to.shapes().get(one)))
                    .toList();
            losses.add(ofSeveral(one, to.shapes().get(one), dice, () -> dice.one(alike)));
            List<String> positive =
                    alike.stream().filter(name -> isOf(to, name, "Sigmoid")).toList();
            if (!positive.isEmpty()) {
                losses.add(new DrawnLoss(
                        "GaussianNLLLoss",
                        new LinkedHashMap<>(Map.of("eps", 0.125)),
                        one,
                        List.of(dice.one(positive))));
            }
        }
        List<String> told = SequenceDrawing.lengths(to);
        for (DrawnLoss loss : losses) {
            if (!told.isEmpty() && dice.from(1, 3) > 1 && hasSteps(to, loss)) {
                loss.attributes().put(DrawnNetwork.LENGTHS, dice.one(told));
            }
        }
        if (!losses.isEmpty() && dice.once(5)) {
            dice.one(losses).attributes().put("reduction", "NONE");
            losses.stream()
                    .filter(loss -> losses.size() > 1 && dice.once(3))
                    .forEach(loss -> loss.attributes().put("reduction", "NONE"));
        }
        return losses;
    }

    /** Whether lengths tell how many of its losses count; those of labels to be found in steps bound them. */
    private static boolean hasSteps(NetworkDrawing to, DrawnLoss loss) {
        if (loss.annotation().equals("CTCLoss")) {
            return false;
        }
        Map<String, Object> attributes = new LinkedHashMap<>(loss.attributes());
        attributes.put(DrawnNetwork.LENGTHS, "");
        List<Shape> judged = new ArrayList<>(
                loss.judged().stream().map(name -> to.shapes().get(name)).toList());
        judged.add(Shape.of(1));
        try {
            Losses.factory(loss.annotation()).create(AnnotationAttributes.of(loss.annotation(), attributes), judged);
            return true;
        } catch (LayerException | IllegalArgumentException refused) {
            return false;
        }
    }

    private static boolean isOf(NetworkDrawing to, String value, String annotation) {
        return to.layers().stream()
                .anyMatch(layer ->
                        layer.name().equals(value) && layer.annotation().equals(annotation));
    }

    /** Of numbers between 0 and 1. */
    private static DrawnLoss ofProbabilities(String output, Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean counts = dice.flip();
        if (counts && dice.flip()) {
            attributes.put("logInput", false);
            attributes.put("eps", 0.25);
        }
        if (dice.once(3)) {
            attributes.put("reduction", dice.one("SUM", "MEAN"));
        }
        return new DrawnLoss(counts ? "PoissonNLLLoss" : "BCELoss", attributes, output);
    }

    /** Whether it is logarithms of probabilities for each step, of which labels can be said. */
    private static boolean isSequence(NetworkDrawing to, String output) {
        Shape shape = to.shapes().get(output);
        return shape.rank() == 2
                && shape.size(1) > 1
                && to.layers().stream()
                        .anyMatch(layer -> layer.name().equals(output)
                                && layer.annotation().equals("LogSoftmax")
                                && List.of(-1, 2).contains(layer.attributes().get("dim")));
    }

    private static DrawnLoss sequence(String output, Shape shape, Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("maxTarget", Math.max(1, Math.min(4, shape.size(0) / 2)));
        attributes.put("blank", dice.from(0, shape.size(1) - 1));
        if (dice.once(3)) {
            attributes.put("zeroInfinity", true);
        }
        if (dice.once(3)) {
            attributes.put("reduction", dice.one("SUM", "MEAN"));
        }
        return new DrawnLoss("CTCLoss", attributes, output);
    }

    private static DrawnLoss draw(String output, Shape shape, Dice dice) {
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
                "HingeEmbeddingLoss",
                shape.rank() == 1 ? dice.one("MultiMarginLoss", "MultiLabelMarginLoss") : "MSELoss");
        switch (annotation) {
            case "CrossEntropyLoss", "NLLLoss" ->
                classes(attributes, annotation.equals("CrossEntropyLoss"), shape.size(0), dice);
            case "MultiMarginLoss" -> {
                if (dice.flip()) {
                    attributes.put("p", 2);
                }
                if (dice.once(3)) {
                    attributes.put("weight", reals(shape.size(0), dice));
                }
            }
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
    private static DrawnLoss ofSeveral(String one, Shape shape, Dice dice, Supplier<String> alike) {
        String annotation = dice.one(
                "MarginRankingLoss", "TripletMarginLoss", "TripletMarginWithDistanceLoss", "CosineEmbeddingLoss");
        if (shape.rank() != 1 && annotation.equals("CosineEmbeddingLoss")) {
            annotation = "MarginRankingLoss";
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean triplets = annotation.startsWith("Triplet");
        if (annotation.equals("TripletMarginWithDistanceLoss")) {
            attributes.put("distance", ReferenceCustom.operator(RowSquares.class));
        }
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
