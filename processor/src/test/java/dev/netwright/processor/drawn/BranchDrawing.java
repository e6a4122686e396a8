package dev.netwright.processor.drawn;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** How layers of several inputs are drawn, with what must stand before them. */
final class BranchDrawing {
    static final Set<String> JOINS = Set.of("Add", "Mul", "Concat", "Maximum", "Minimum", "Sub");

    static final Set<String> PAIRS = Set.of("Maximum", "Minimum", "Sub");

    private final NetworkDrawing to;
    private final Dice dice;

    BranchDrawing(NetworkDrawing to, Dice dice) {
        this.to = to;
        this.dice = dice;
    }

    /** Several layers at once, or one of two inputs alike. */
    boolean draw(String from) {
        return switch (dice.from(1, 7)) {
            case 1 -> quotient(from);
            case 2 -> similarity(from);
            case 3 -> unpooled(from);
            default -> gate(from);
        };
    }

    /** By numbers from 1 to 2. */
    private boolean quotient(String from) {
        String other = dice.one(meeting(from));
        if (!to.add("Sigmoid", Map.of(), List.of(other))
                || !to.add("Normalize", Map.of("mean", -1.0, "std", 1.0), List.of(to.latest()))) {
            return false;
        }
        return to.add("Div", Map.of(), List.of(from, to.latest()));
    }

    /** Of vectors that may be the same, far enough from where none has a direction. */
    private boolean similarity(String from) {
        Shape shape = to.shapes().get(from);
        List<String> alike = to.shapes().keySet().stream()
                .filter(name -> to.shapes().get(name).equals(shape))
                .toList();
        List<String> parts = new ArrayList<>(List.of(from, dice.one(alike)));
        Collections.rotate(parts, dice.from(0, 1));
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean row = shape.rank() == 1;
        if (dice.flip() && !row) {
            attributes.put("dim", LayerDrawing.dimension(shape, dice));
            attributes.put("eps", dice.one(0.1, 2.0));
            return to.add("CosineSimilarity", attributes, parts);
        }
        LayerDrawing.maybe(attributes, dice, 2, "p", dice.one(1.0, 2.0, 3.0));
        attributes.put("eps", 0.25);
        LayerDrawing.maybe(attributes, dice, row ? 1 : 2, "keepdim", true);
        return to.add("PairwiseDistance", attributes, parts);
    }

    /** A pool, and what puts values back to its places. */
    private boolean unpooled(String from) {
        Shape shape = to.shapes().get(from);
        if (!to.isWhole() || shape.rank() < 2 || shape.rank() > 4) {
            return false;
        }
        String axes = shape.rank() - 1 + "d";
        int kernel = dice.from(1, 3);
        Map<String, Object> windows = new LinkedHashMap<>();
        windows.put("kernelSize", kernel);
        LayerDrawing.maybe(windows, dice, 3, "stride", kernel + dice.from(0, 1));
        LayerDrawing.maybe(windows, dice, 3, "padding", kernel / 2);
        Map<String, Object> pool = new LinkedHashMap<>(windows);
        LayerDrawing.maybe(pool, dice, 3, "ceilMode", true);
        if (!to.add("MaxPool" + axes, pool, List.of(from))) {
            return false;
        }
        windows.put(DrawnNetwork.INDICES, to.latest());
        windows.put(
                "outputSize",
                IntStream.range(1, shape.rank()).mapToObj(shape::size).toList());
        if (dice.flip()) {
            to.add(dice.one("ReLU", "Tanh", "Dropout", "PReLU"), Map.of(), List.of(to.latest()));
        }
        return to.add("MaxUnpool" + axes, windows, List.of(to.latest()));
    }

    /** What is stretched to a value, or it to them. */
    private List<String> meeting(String from) {
        Shape shape = to.shapes().get(from);
        return to.shapes().keySet().stream()
                .filter(name -> to.shapes().get(name).rank() == shape.rank()
                        && Shape.broadcast(List.of(shape, to.shapes().get(name)))
                                .isPresent())
                .toList();
    }

    /** A branch that ends in fewer rows, columns or channels and is stretched where it joins what it began with. */
    boolean gate(String from) {
        Shape shape = to.shapes().get(from);
        boolean begun = shape.rank() != 3 || dice.once(4)
                ? to.add("Linear", Map.of("outFeatures", 1), List.of(from))
                : switch (dice.from(1, 5)) {
                    case 1 -> to.add("Conv2d", Map.of("outChannels", 1, "kernelSize", 1), List.of(from));
                    case 2 -> to.add("AdaptiveAvgPool2d", Map.of("outputSize", keep(dice.flip())), List.of(from));
                    default ->
                        to.add(
                                dice.one("AdaptiveAvgPool2d", "AdaptiveMaxPool2d"),
                                Map.of("outputSize", 1),
                                List.of(from));
                };
        if (!begun) {
            return false;
        }
        if (shape.rank() == 3 && dice.flip()) {
            to.add("Conv2d", Map.of("outChannels", dice.one(1, shape.size(0)), "kernelSize", 1), List.of(to.latest()));
        }
        if (dice.flip()) {
            to.add(dice.one("Sigmoid", "Hardsigmoid", "Hardswish", "Tanh"), Map.of(), List.of(to.latest()));
        }
        List<String> parts = new ArrayList<>(List.of(from, to.latest()));
        Collections.rotate(parts, dice.from(0, 1));
        return to.add(dice.one("Mul", "Mul", "Add"), Map.of(), parts);
    }

    /** One row or one column. */
    private static List<Integer> keep(boolean rows) {
        return rows ? List.of(LayerDrawing.KEEP, 1) : List.of(1, LayerDrawing.KEEP);
    }

    boolean join(String annotation, String from) {
        Shape shape = to.shapes().get(from);
        Map<String, Object> attributes = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        if (annotation.equals("Concat")) {
            int dim = LayerDrawing.dimension(shape, dice);
            int dimension = dim > 0 ? dim - 1 : dim + shape.rank();
            if (dim != 1 || dice.flip()) {
                attributes.put("dim", dim);
            }
            to.shapes().forEach((name, other) -> {
                if (other.rank() == shape.rank() && other.with(dimension, 1).equals(shape.with(dimension, 1))) {
                    others.add(name);
                }
            });
        } else {
            to.shapes().forEach((name, other) -> {
                boolean meets = other.rank() == shape.rank()
                        && Shape.broadcast(List.of(shape, other)).isPresent();
                if (meets) {
                    others.add(name);
                }
            });
        }
        List<String> parts = new ArrayList<>(List.of(from));
        for (int count = !PAIRS.contains(annotation) && dice.once(4) ? 2 : 1; count > 0; count--) {
            parts.add(dice.from(0, parts.size()), dice.one(others));
        }
        return to.add(annotation, attributes, parts);
    }
}
