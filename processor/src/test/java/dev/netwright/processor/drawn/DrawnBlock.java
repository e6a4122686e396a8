package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A block as an annotation of the network's own.
 *
 * @param name of the annotation, behind the network's
 * @param parameters its attributes
 * @param inputs what the body's layers call them
 * @param outputs names of layers that are marked; none where the last layer is the output
 * @param layers of the body
 */
record DrawnBlock(
        String name,
        List<BlockParameter> parameters,
        List<String> inputs,
        List<String> outputs,
        List<DrawnLayer> layers) {
    /**
     * An attribute.
     *
     * @param name in camel case
     * @param placeholder of {@code Block}
     * @param value its default, or null
     */
    record BlockParameter(String name, String placeholder, Object value) {
        private String text() {
            String type = placeholder.startsWith("P") ? "int" : "double";
            return type + " " + name + "()" + (value == null ? "" : " default " + value) + "; " + type + " "
                    + Placeholder.constant(name) + " = Block." + placeholder + ";";
        }
    }

    DrawnBlock {
        parameters = List.copyOf(parameters);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        layers = List.copyOf(layers);
    }

    /** What the placeholders stand for where it is used. */
    Map<String, Object> arguments(Map<String, Object> written) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (BlockParameter parameter : parameters) {
            arguments.put(parameter.name(), written.getOrDefault(parameter.name(), parameter.value()));
        }
        return arguments;
    }

    DrawnBlock withLayers(List<DrawnLayer> changed) {
        List<String> names = changed.stream().map(DrawnLayer::name).toList();
        return new DrawnBlock(
                name,
                parameters,
                inputs,
                outputs.stream().filter(names::contains).toList(),
                changed);
    }

    /** @param network the class's name */
    String text(String network) {
        StringBuilder text = new StringBuilder("\n@Block @interface " + network + name + " {\n");
        parameters.forEach(
                parameter -> text.append("    ").append(parameter.text()).append('\n'));
        text.append("    String[] from() default {};\n");
        if (!inputs.equals(List.of("input"))) {
            text.append(inputs.stream()
                    .map(input -> "@Input(name = \"" + input + "\")")
                    .collect(Collectors.joining(" ", "    ", "\n")));
        }
        text.append("    class Layers {\n");
        new FieldTexts(network, inputs, outputs, layers)
                .lines()
                .forEach(line -> text.append("        ").append(line).append('\n'));
        return text.append("    }\n}\n").toString();
    }
}
