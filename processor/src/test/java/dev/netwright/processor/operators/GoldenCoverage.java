package dev.netwright.processor.operators;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.reference.AnnotationAttributes;
import dev.netwright.processor.reference.GoldenCase;
import dev.netwright.processor.reference.GoldenModules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How many golden cases there are of each value of an attribute. */
final class GoldenCoverage {
    private static final List<String> SIZES = List.of("1", "2", "3 or more", "unequal");
    private static final List<String> AMOUNTS = List.of("0", "1", "2", "3 or more", "unequal");
    private static final List<String> FLAGS = List.of("true", "false");

    /** Values that ought to be covered. */
    private static final Map<String, Map<String, List<String>>> VALUES = Map.of(
            "Conv2d",
            attributes(
                    "kernelSize",
                    SIZES,
                    "stride",
                    SIZES,
                    "dilation",
                    SIZES,
                    "groups",
                    List.of("1", "2", "3 or more"),
                    "bias",
                    FLAGS,
                    "padding",
                    List.of("0", "1", "2", "3 or more", "unequal", "SAME", "VALID"),
                    "paddingMode",
                    List.of("ZEROS", "REFLECT", "REPLICATE", "CIRCULAR")),
            "MaxPool2d",
            attributes(
                    "kernelSize",
                    SIZES,
                    "stride",
                    List.of("unset", "1", "2", "3 or more", "unequal"),
                    "padding",
                    AMOUNTS,
                    "dilation",
                    SIZES,
                    "ceilMode",
                    FLAGS),
            "AvgPool2d",
            attributes(
                    "kernelSize",
                    SIZES,
                    "stride",
                    List.of("unset", "1", "2", "3 or more", "unequal"),
                    "padding",
                    AMOUNTS,
                    "ceilMode",
                    FLAGS,
                    "countIncludePad",
                    FLAGS,
                    "divisorOverride",
                    List.of("unset", "written")),
            "AdaptiveAvgPool2d",
            attributes("outputSize", List.of("1", "2", "3 or more", "unequal", "KEEP")),
            "CrossEntropyLoss",
            attributes(
                    "weight",
                    List.of("unset", "written"),
                    "ignoreIndex",
                    List.of("unset", "a class", "no class"),
                    "labelSmoothing",
                    List.of("0", "written"),
                    "probabilities",
                    FLAGS,
                    "reduction",
                    List.of("MEAN", "SUM", "NONE")));

    private GoldenCoverage() {}

    private static Map<String, List<String>> attributes(Object... namesAndValues) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            List<String> values = ((List<?>) namesAndValues[i + 1])
                    .stream().map(String::valueOf).toList();
            attributes.put((String) namesAndValues[i], values);
        }
        return attributes;
    }

    /** A line per attribute; what is not covered is marked. */
    static String table(Function<String, List<GoldenCase>> casesOf) {
        StringBuilder text = new StringBuilder("attribute values and their golden cases (! has none)\n");
        VALUES.keySet().stream().sorted().forEach(module -> {
            List<GoldenCase> cases = casesOf.apply(module);
            VALUES.get(module)
                    .forEach((attribute, values) -> text.append(
                            String.format("  %-18s %-16s %s\n", module, attribute, counts(cases, attribute, values))));
        });
        return text.toString();
    }

    private static String counts(List<GoldenCase> cases, String attribute, List<String> values) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.put(value, 0));
        for (GoldenCase golden : cases) {
            counts.merge(value(golden, attribute), 1, Integer::sum);
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((value, count) -> parts.add((count == 0 ? "! " : "") + value + " " + count));
        return String.join(", ", parts);
    }

    private static String value(GoldenCase golden, String attribute) {
        String annotation = GoldenModules.annotation(golden);
        Attributes attributes = AnnotationAttributes.of(
                annotation,
                Layers.names().contains(annotation)
                        ? GoldenModules.layerAttributes(golden)
                        : GoldenModules.lossAttributes(golden));
        return switch (attribute) {
            case "weight", "divisorOverride" -> attributes.isWritten(attribute) ? "written" : "unset";
            case "labelSmoothing" -> Reals.probability(attributes, attribute) == 0 ? "0" : "written";
            case "ignoreIndex" ->
                !attributes.isWritten(attribute)
                        ? "unset"
                        : attributes.integer(attribute) >= 0
                                        && attributes.integer(attribute)
                                                < GoldenModules.sample(golden).size(0)
                                ? "a class"
                                : "no class";
            case "bias", "ceilMode", "countIncludePad", "probabilities" -> String.valueOf(attributes.flag(attribute));
            case "paddingMode", "reduction" -> attributes.text(attribute);
            default ->
                size(
                        attributes.isWritten(attribute) || !attribute.equals("stride") || annotation.equals("Conv2d")
                                ? attributes.integers(attribute)
                                : List.of());
        };
    }

    private static String size(List<Integer> sizes) {
        if (sizes.isEmpty()) {
            return "unset";
        } else if (sizes.contains(-1_000_003)) {
            return "KEEP";
        } else if (new LinkedHashSet<>(sizes).size() > 1) {
            return "unequal";
        }
        int size = sizes.get(0);
        return size == -1_000_001 ? "SAME" : size == -1_000_002 ? "VALID" : size >= 3 ? "3 or more" : "" + size;
    }
}
