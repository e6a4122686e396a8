package dev.netwright.processor.operators;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.reference.AnnotationAttributes;
import dev.netwright.processor.reference.GoldenCase;
import dev.netwright.processor.reference.GoldenModules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which of a module's golden cases passed, and how many cases have each value of each attribute. */
final class GoldenTable {
    /** How layers are joined, which is the network's. */
    private static final Set<String> WIRING = Set.of("from", "of", "indices");

    private static final Set<String> WEIGHTS = Set.of("weight", "posWeight");

    /** As many different values of an attribute as a line has; further ones are counted together. */
    private static final int MOST_VALUES = 10;

    private GoldenTable() {}

    /** A line: {@code Conv2d 39/39 bias=true:30,false:9 ...}. */
    static String line(String module, List<GoldenCase> cases, int passed, Map<String, Integer> notRun) {
        StringBuilder line = new StringBuilder(module + " " + passed + "/" + cases.size() + values(cases));
        notRun.forEach((reason, count) ->
                line.append("\n    not run: ").append(count).append(" of ").append(reason));
        return line.append('\n').toString();
    }

    /** A line of cases that another test runs: {@code MaxUnpool1d 2 by UnpoolTest kernelSize=2:2 ...}. */
    static String line(String module, List<GoldenCase> cases, String test) {
        return module + " " + cases.size() + " by " + test + values(cases) + "\n";
    }

    private static String values(List<GoldenCase> cases) {
        StringBuilder values = new StringBuilder();
        counts(cases)
                .forEach((attribute, counts) ->
                        values.append(' ').append(attribute).append('=').append(text(counts)));
        return values.toString();
    }

    private static Map<String, Map<String, Integer>> counts(List<GoldenCase> cases) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (GoldenCase golden : cases) {
            Attributes attributes = attributes(golden);
            Set<String> names = new TreeSet<>(attributes.defaults().keySet());
            names.addAll(attributes.written().keySet());
            names.removeAll(WIRING);
            for (String name : names) {
                Object value = attributes
                        .written()
                        .getOrDefault(name, attributes.defaults().get(name));
                counts.computeIfAbsent(name, any -> new TreeMap<>())
                        .merge(WEIGHTS.contains(name) ? weights(value) : text(value), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Attributes attributes(GoldenCase golden) {
        String annotation = GoldenModules.annotation(golden);
        boolean layer = Layers.names().contains(annotation);
        return AnnotationAttributes.of(
                annotation, layer ? GoldenModules.layerAttributes(golden) : GoldenModules.lossAttributes(golden));
    }

    private static String text(Map<String, Integer> counts) {
        List<String> parts = new ArrayList<>();
        Comparator<Map.Entry<String, Integer>> often = Map.Entry.comparingByValue(Comparator.reverseOrder());
        List<Map.Entry<String, Integer>> sorted =
                counts.entrySet().stream().sorted(often).toList();
        sorted.stream().limit(MOST_VALUES).forEach(entry -> parts.add(entry.getKey() + ":" + entry.getValue()));
        int others =
                sorted.stream().skip(MOST_VALUES).mapToInt(Map.Entry::getValue).sum();
        if (others > 0) {
            parts.add("others:" + others);
        }
        return String.join(",", parts);
    }

    private static String weights(Object value) {
        return ((List<?>) value).isEmpty() ? "unset" : "written";
    }

    private static String text(Object value) {
        if (!(value instanceof List<?> values)) {
            return value instanceof Number number ? number(number) : String.valueOf(value);
        } else if (values.isEmpty()) {
            return "unset";
        } else if (values.stream().allMatch(Number.class::isInstance) && new HashSet<>(values).size() == 1) {
            return number((Number) values.get(0));
        }
        return values.stream().map(GoldenTable::text).collect(Collectors.joining("x"));
    }

    private static String number(Number number) {
        return switch (number.intValue()) {
            case NamedSizes.SAME -> "SAME";
            case NamedSizes.VALID -> "VALID";
            case NamedSizes.KEEP -> "KEEP";
            default -> number.toString();
        };
    }
}
