package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How functions are drawn that combine dimensions of one input, or elements of two. */
final class FunctionRows {
    private FunctionRows() {}

    static List<OperatorRow> rows() {
        List<OperatorRow> rows = new ArrayList<>();
        for (String reduction : List.of("Mean", "Sum", "Max", "Min")) {
            rows.add(new OperatorRow(reduction, 2, dice -> reduction(reduction, dice)));
        }
        for (String pair : List.of("Sub", "Maximum", "Minimum")) {
            rows.add(new OperatorRow(pair, 2, dice -> pair(pair, dice)));
        }
        rows.add(new OperatorRow("Div", 2, FunctionRows::quotient));
        rows.add(new OperatorRow("Power", 2, FunctionRows::power));
        rows.add(new OperatorRow("Clamp", 2, FunctionRows::clamp));
        rows.add(new OperatorRow("LpNormalize", 2, FunctionRows::normalised));
        rows.add(new OperatorRow("OneHot", 2, FunctionRows::oneHot));
        rows.add(new OperatorRow("CosineSimilarity", 2, FunctionRows::similarity));
        rows.add(new OperatorRow("PairwiseDistance", 2, FunctionRows::distance));
        return rows;
    }

    private static NetworkSource reduction(String annotation, Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        int rank = shape.size();
        List<Integer> dims = new ArrayList<>(IntStream.range(0, rank)
                .filter(d -> dice.flip())
                .mapToObj(d -> dice.flip() ? d + 1 : d - rank)
                .toList());
        if (dims.isEmpty()) {
            dims.add(dice.from(1, rank));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dim", dims);
        if (dice.once(3)) {
            attributes.put("keepdim", true);
        }
        if (dims.stream().anyMatch(d -> d == 1 || d == -rank) && dice.once(3)) {
            attributes.put("lengths", "b");
            return OperatorRows.steps(shape).layer(AnnotationText.of(annotation, attributes) + " Layer layer");
        }
        NetworkSource source = OperatorRows.of(annotation, shape, attributes);
        return dice.once(3) ? source.layer("@Tanh Layer behind") : source;
    }

    /** Of two inputs, of which some sizes may be 1; rarely of one with itself. */
    private static NetworkSource pair(String annotation, Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        NetworkSource source = inputs(shape, shape.size(), dice);
        List<String> from = dice.once(4) ? List.of("b", "b") : List.of("a", "b");
        return source.layer(AnnotationText.of(annotation, Map.of("from", from)) + " Layer layer");
    }

    /** @param fixed a dimension that neither is stretched along, or none */
    private static NetworkSource inputs(List<Integer> shape, int fixed, Dice dice) {
        boolean stretches = dice.once(3);
        List<List<Integer>> shapes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            shapes.add(IntStream.range(0, shape.size())
                    .mapToObj(d -> stretches && d != fixed && dice.once(3) ? 1 : shape.get(d))
                    .toList());
        }
        return NetworkSource.of(shapes);
    }

    /** Of small divisors both quotient and gradient are large, so there are none. */
    private static NetworkSource quotient(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        return inputs(shape, shape.size(), dice)
                .layer("@Clamp(min = 0.5, from = \"b\") Layer divisor")
                .layer("@Div(from = {\"a\", \"divisor\"}) Layer layer");
    }

    /** Roots and quotients of numbers that are not near 0. */
    private static NetworkSource power(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        if (dice.flip()) {
            return OperatorRows.of("Power", shape, Map.of("exponent", dice.one(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)));
        }
        double exponent = dice.one(-1.0, -2.0, -5.0, 0.5, -0.5, 1.5, 0.3, 3.7, -1.25);
        return NetworkSource.of(List.of(shape))
                .layer("@Clamp(min = 0.25) Layer large")
                .layer(AnnotationText.of("Power", Map.of("exponent", exponent)) + " Layer layer");
    }

    private static NetworkSource clamp(Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean both = dice.flip();
        if (both || dice.flip()) {
            attributes.put("min", dice.real(-1.5, 0.5));
        }
        if (both || attributes.isEmpty()) {
            attributes.put("max", dice.real(-0.5, 1.5));
        }
        return OperatorRows.of("Clamp", OperatorRows.anyShape(dice), attributes);
    }

    private static double norm(Dice dice) {
        return dice.one(1.0, 2.0, 2.0, 3.0, 2.5, Double.POSITIVE_INFINITY);
    }

    private static NetworkSource normalised(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.from(1, 3) > 1) {
            attributes.put("p", norm(dice));
        }
        if (dice.flip()) {
            attributes.put("dim", dice.from(1, shape.size()));
        }
        if (dice.once(3)) {
            attributes.put("eps", dice.one(1e-3, 3.0));
        }
        return OperatorRows.of("LpNormalize", shape, attributes);
    }

    private static NetworkSource oneHot(Dice dice) {
        Map<String, Object> attributes = Map.of("numClasses", dice.one(1, 5, 16, 150));
        NetworkSource source = OperatorRows.of("OneHot", OperatorRows.anyShape(dice), attributes)
                .typed(List.of("INT32"));
        return dice.flip() ? source.layer("@Linear(outFeatures = 3) Layer behind") : source;
    }

    private static NetworkSource similarity(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        int dim = dice.flip() ? 1 : dice.from(1, shape.size());
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dim != 1 || dice.flip()) {
            attributes.put("dim", dice.flip() ? dim : dim - shape.size() - 1);
        }
        if (dice.once(3)) {
            attributes.put("eps", dice.one(1e-3, 2.0));
        }
        attributes.put("from", List.of("a", "b"));
        return inputs(shape, dim - 1, dice).layer(AnnotationText.of("CosineSimilarity", attributes) + " Layer layer");
    }

    private static NetworkSource distance(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.from(1, 3) > 1) {
            attributes.put("p", norm(dice));
        }
        if (dice.once(3)) {
            attributes.put("eps", dice.one(0.0, 0.25));
        }
        if (dice.once(3)) {
            attributes.put("keepdim", true);
        }
        attributes.put("from", List.of("a", "b"));
        return inputs(shape, shape.size() - 1, dice)
                .layer(AnnotationText.of("PairwiseDistance", attributes) + " Layer layer");
    }
}
