package dev.netwright.runtime.generated;

import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.ModelDefinition;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model as PyTorch prints it. */
final class ModelText {
    /** A module of PyTorch's: a layer, or what dotted keys share. */
    private static final class Module {
        private final Map<String, Module> children = new LinkedHashMap<>();
        private String type = "Sequential";
        private String arguments = "";

        /**
         * Adds a layer.
         *
         * @param key its own
         * @param from where the rest of it begins
         */
        void add(String key, int from, String of, String with, Map<String, String> blocks) {
            int dot = key.indexOf('.', from);
            String name = dot < 0 ? key.substring(from) : key.substring(from, dot);
            Module child = children.computeIfAbsent(name, any -> new Module());
            if (dot < 0) {
                child.type = of;
                child.arguments = with;
            } else {
                child.type = blocks.getOrDefault(key.substring(0, dot), child.type);
                child.add(key, dot + 1, of, with, blocks);
            }
        }

        /** As {@code torch.nn.Module.__repr__}: its own arguments get a line when there are children. */
        void print(String title, String indent, StringBuilder out) {
            out.append(title).append('(');
            if (children.isEmpty()) {
                out.append(arguments).append(')');
                return;
            }
            String inner = indent + "  ";
            if (!arguments.isEmpty()) {
                out.append('\n').append(inner).append(arguments);
            }
            children.forEach((name, child) -> {
                out.append('\n').append(inner).append('(').append(name).append("): ");
                child.print(child.type, inner, out);
            });
            out.append('\n').append(indent).append(')');
        }
    }

    private static final String PARAMETER = "Parameter";

    private ModelText() {}

    static String of(ModelDefinition definition) {
        Module root = new Module();
        for (LayerDefinition layer : definition.layers()) {
            // PyTorch prints a module where it is first, and parameters by themselves nowhere
            if (!layer.isShared() && !layer.type().equals(PARAMETER)) {
                String key = layer.key();
                root.add(key, 0, layer.type(), layer.attributes().toString(), definition.blocks());
                for (LayerDefinition.Child child : layer.children()) {
                    String arguments = child.attributes().toString();
                    root.add(key + "." + child.key(), 0, child.type(), arguments, Map.of());
                }
            }
        }
        StringBuilder out = new StringBuilder();
        root.print(definition.name(), "", out);
        return out.toString();
    }
}
