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
        private LayerDefinition layer;

        void add(String key, LayerDefinition added) {
            int dot = key.indexOf('.');
            Module child = children.computeIfAbsent(dot < 0 ? key : key.substring(0, dot), name -> new Module());
            if (dot < 0) {
                child.layer = added;
            } else {
                child.add(key.substring(dot + 1), added);
            }
        }

        /** As {@code torch.nn.Module.__repr__}: its own arguments get a line when there are children. */
        void print(String type, String arguments, String indent, StringBuilder out) {
            out.append(type).append('(');
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
                child.print(own == null ? "Sequential" : own.type(), own == null ? "" : own.arguments(), inner, out);
            });
            out.append('\n').append(indent).append(')');
        }
    }

    private ModelText() {}

    static String of(ModelDefinition definition) {
        Module root = new Module();
        for (LayerDefinition layer : definition.layers()) {
            root.add(layer.key(), layer);
        }
        StringBuilder out = new StringBuilder();
        root.print(definition.name(), "", "", out);
        return out.toString();
    }
}
