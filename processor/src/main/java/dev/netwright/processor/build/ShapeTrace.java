package dev.netwright.processor.build;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shapes that led to an error, one line for each value from the input on. */
final class ShapeTrace {
    private static final int MOST_LINES = 20;

    private final Map<Value, LayerNode> producers = new HashMap<>();

    /** @param layers built so far */
    ShapeTrace(List<LayerNode> layers) {
        layers.forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
    }

    /**
     * The whole message of a layer that could not be built: what is wrong, the shapes if it is about shapes, the fix.
     */
    String wording(LayerException exception, String subject, List<Value> inputs) {
        String sentence = exception.getMessage().replace("%s", subject);
        if (exception.problem() != Problem.SHAPE) {
            return sentence + ". " + exception.fix();
        }
        StringBuilder text = new StringBuilder(sentence);
        inputs.stream().limit(1).forEach(input -> text.append(flattened(sentence, input)));
        text.append('.');
        lines(inputs).forEach(line -> text.append("\n  ").append(line));
        return text.append('\n').append(exception.fix()).toString();
    }

    /** Where a flattened size is named, the shape it was flattened from. */
    private String flattened(String sentence, Value input) {
        Value value = input;
        // a parameter is made of nothing
        while (producers.containsKey(value) && !producers.get(value).inputs().isEmpty()) {
            LayerNode producer = producers.get(value);
            Shape before = producer.inputs().get(0).shape();
            if (!before.equals(input.shape())) {
                boolean flattens = producer.layer().name().equals("Flatten") && sentence.endsWith(" " + input.shape());
                return flattens ? " (" + before + ", flattened)" : "";
            }
            value = producer.inputs().get(0);
        }
        return "";
    }

    private List<String> lines(List<Value> inputs) {
        Set<Value> reached = new LinkedHashSet<>();
        Deque<Value> open = new ArrayDeque<>(inputs);
        while (!open.isEmpty()) {
            Value value = open.pop();
            if (reached.add(value) && producers.containsKey(value)) {
                open.addAll(producers.get(value).inputs());
            }
        }
        List<Value> values =
                reached.stream().sorted(Comparator.comparingInt(Value::id)).toList();
        int hidden = Math.max(0, values.size() - MOST_LINES);
        List<String> lines = new ArrayList<>();
        if (hidden > 0) {
            lines.add("... and " + hidden + " more before");
        }
        lines.addAll(aligned(values.subList(hidden, values.size())));
        return lines;
    }

    /** Names to the left, shapes to the right, and sizes of shapes of one rank below each other. */
    private static List<String> aligned(List<Value> values) {
        int name =
                values.stream().mapToInt(value -> value.name().length()).max().orElse(0);
        List<String> shapes =
                values.stream().map(value -> padded(value.shape(), values)).toList();
        int width = shapes.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            lines.add(left(values.get(i).name(), name) + "  " + right(shapes.get(i), width));
        }
        return lines;
    }

    private static String padded(Shape shape, List<Value> values) {
        if (shape.rank() == 0) {
            return shape.toString();
        }
        List<String> sizes = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            int dimension = i;
            int width = values.stream()
                    .filter(value -> value.shape().rank() == shape.rank())
                    .mapToInt(value ->
                            String.valueOf(value.shape().size(dimension)).length())
                    .max()
                    .orElse(0);
            sizes.add(right(String.valueOf(shape.size(i)), width));
        }
        return String.join(" x ", sizes);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String right(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
