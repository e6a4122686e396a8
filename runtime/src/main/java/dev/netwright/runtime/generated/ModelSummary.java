package dev.netwright.runtime.generated;

import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table that {@link Model#summary()} shows. */
final class ModelSummary {
    private static final int NAME_WIDTH = 28;
    private static final String RULE = "-".repeat(80) + "\n";

    private final StringBuilder text = new StringBuilder();

    private ModelSummary() {}

    static String of(Model model) {
        ModelDefinition definition = model.definition();
        ModelSummary table = new ModelSummary();
        table.text.append(definition.name()).append('\n').append(RULE);
        table.row("Layer", "Output shape", "Parameters", "FLOPs", "Memory");
        table.text.append(RULE);
        for (Port input : definition.inputs()) {
            table.row(input.name(), shape(input.shape()), "", "", memory(Shapes.elements(input.shape())));
        }
        long parameters = 0;
        long flops = 0;
        for (LayerDefinition layer : definition.layers()) {
            parameters += layer.parameters();
            flops += layer.flops();
            table.row(
                    name(layer) + " (" + layer.type() + ")",
                    shape(layer.outputShape()),
                    layer.parameters() == 0 ? "" : count(layer.parameters()),
                    layer.flops() == 0 ? "" : scaled(layer.flops(), 1000, " kMGTPE", ""),
                    memory(Shapes.elements(layer.outputShape())));
        }
        table.text.append(RULE);
        table.row("Total", "", count(parameters), scaled(flops, 1000, " kMGTPE", ""), "");
        table.text
                .append("Memory of the weights: ")
                .append(memory(model.parameters().values().length))
                .append(".\nMemory for each sample: ")
                .append(memory(definition.inferenceFloats()))
                .append(" in prediction");
        if (definition.trainingFloats() > 0) {
            table.text.append(", ").append(memory(definition.trainingFloats())).append(" in training");
        }
        return table.text.append('.').toString();
    }

    /** Its key; a layer with the weights of another has that one's key, and is told from it by its own field. */
    static String name(LayerDefinition layer) {
        return layer.isShared() ? layer.field() : layer.key();
    }

    private void row(String name, String shape, String parameters, String flops, String memory) {
        // The end of a long key tells more than its start.
        String shown = name.length() < NAME_WIDTH ? name : ".." + name.substring(name.length() - NAME_WIDTH + 3);
        String row = String.format(
                Locale.ROOT, "%-" + NAME_WIDTH + "s%-18s%12s%11s%11s", shown, shape, parameters, flops, memory);
        text.append(row.stripTrailing()).append('\n');
    }

    private static String shape(int[] shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String memory(long floats) {
        return scaled(4 * floats, 1024, " KMGTPE", "B");
    }

    /** Three significant digits and a prefix of the unit. */
    private static String scaled(long value, int step, String prefixes, String unit) {
        double scaled = value;
        int prefix = 0;
        while (scaled >= 999.5) {
            scaled /= step;
            prefix++;
        }
        String digits = String.format(Locale.ROOT, scaled >= 99.95 || prefix == 0 ? "%.0f" : "%.3g", scaled);
        return (digits + " " + prefixes.substring(prefix, prefix + 1).strip() + (step == 1024 && prefix > 0 ? "i" : "")
                        + unit)
                .strip();
    }
}
