package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnRepeat;
import dev.netwright.processor.generated.AnnotationText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fields as Java source; what has the value that it has unwritten is left out.
 *
 * @param network the class's name
 * @param inputs of the network or the block's body
 * @param outputs that are marked
 * @param layers of the network or body
 */
record FieldTexts(String network, List<String> inputs, List<String> outputs, List<DrawnLayer> layers) {
    List<String> lines() {
        return IntStream.range(0, layers.size()).mapToObj(this::line).toList();
    }

    private String line(int index) {
        DrawnLayer layer = layers.get(index);
        String before = index > 0 ? layers.get(index - 1).name() : inputs.size() == 1 ? inputs.get(0) : "";
        Map<String, Object> attributes = new LinkedHashMap<>(layer.attributes());
        if (!layer.from().equals(List.of(before))) {
            attributes.put("from", layer.from().size() == 1 ? layer.from().get(0) : layer.from());
        }
        return (outputs.contains(layer.name()) ? "@Output " : "") + (layer.kept() ? "@KeepOutput " : "")
                + (layer.isBlock() ? block(layer, attributes) : AnnotationText.of(layer.annotation(), attributes))
                + (layer.repeat() == null ? "" : " " + repeat(layer.repeat())) + " Layer " + layer.name() + ";";
    }

    private String block(DrawnLayer layer, Map<String, Object> attributes) {
        String written = attributes.entrySet().stream()
                .map(each -> each.getKey() + " = " + value(each.getValue()))
                .collect(Collectors.joining(", "));
        return "@" + network + layer.annotation() + (written.isEmpty() ? "" : "(" + written + ")");
    }

    private static String value(Object value) {
        return value instanceof List<?> values
                ? values.stream().map(FieldTexts::value).collect(Collectors.joining(", ", "{", "}"))
                : value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
    }

    private static String repeat(DrawnRepeat repeat) {
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("value", repeat.times()));
        if (!repeat.key().equals("%d")) {
            attributes.put("key", repeat.key());
        }
        if (repeat.first() != 0) {
            attributes.put("first", repeat.first());
        }
        return AnnotationText.of("Repeat", attributes);
    }
}
