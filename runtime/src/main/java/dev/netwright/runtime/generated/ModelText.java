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
        private LayerDefinition layer;

        /** @param from where the rest of the layer's key begins */
        void add(int from, LayerDefinition added, Map<String, String> blocks) {
            String key = added.key();
            int dot = key.indexOf('.', from);
            String name = dot < 0 ? key.substring(from) : key.substring(from, dot);
            Module child = children.computeIfAbsent(name, any -> new Module());
            if (dot < 0) {
                child.layer = added;
            } else {
                child.type = blocks.getOrDefault(key.substring(0, dot), child.type);
                child.add(dot + 1, added, blocks);
            }
        }

        /** As {@code torch.nn.Module.__repr__}: its own arguments get a line when there are children. */
        void print(String title, String arguments, String indent, StringBuilder out) {
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
                LayerDefinition own = child.layer;
                child.print(
                        own == null ? child.type : own.type(),
                        own == null ? "" : own.attributes().toString(),
                        inner,
                        out);
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
                root.add(0, layer, definition.blocks());
            }
        }
        StringBuilder out = new StringBuilder();
        root.print(definition.name(), "", "", out);
        return out.toString();
    }
}
