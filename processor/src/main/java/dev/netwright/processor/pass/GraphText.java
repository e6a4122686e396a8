package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Decimals;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Argument;
import dev.netwright.processor.graph.Expr.Binary;
import dev.netwright.processor.graph.Expr.Constant;
import dev.netwright.processor.graph.Expr.Fma;
import dev.netwright.processor.graph.Expr.Select;
import dev.netwright.processor.graph.Expr.Unary;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A graph as stable text, a line per node, for dumps and tests. */
public final class GraphText {
    private GraphText() {}

    public static String of(Network network) {
        StringBuilder text = new StringBuilder();
        text.append(network.name()).append('(').append(values(network.inputs())).append(")\n");
        for (LayerNode node : network.layers()) {
            text.append("    ")
                    .append(values(node.outputs()))
                    .append(" = ")
                    .append(node.layer().name())
                    .append('(')
                    .append(references(node.inputs()))
                    .append(")\n");
        }
        return text.append("  return ")
                .append(references(network.outputs()))
                .append('\n')
                .toString();
    }

    public static String of(Graph graph) {
        return String.join("\n", lines(graph, new IdentityHashMap<>())) + "\n";
    }

    /**
     * The lines of the text.
     *
     * @param known of nodes, to which those of others are added: passes leave most nodes as they are
     */
    public static List<String> lines(Graph graph, Map<Node, String> known) {
        List<String> lines = new ArrayList<>();
        lines.add(graph.name() + "(" + values(graph.inputs()) + ")");
        Node.Phase phase = null;
        for (Node node : graph.nodes()) {
            if (node.phase() != phase) {
                phase = node.phase();
                lines.add("  " + phase.name().toLowerCase(Locale.ROOT));
            }
            lines.add(known.computeIfAbsent(node, GraphText::line));
        }
        List<Value> results = new ArrayList<>(graph.outputs());
        results.addAll(graph.inputGradients());
        lines.add("  return " + references(results));
        return lines;
    }

    private static String line(Node node) {
        String outputs = node.outputs().isEmpty() ? "" : values(node.outputs()) + " = ";
        return "    " + outputs + primitive(node.operator()) + "(" + references(node.inputs()) + ")";
    }

    private static String references(List<Value> values) {
        return values.stream().map(GraphText::reference).collect(Collectors.joining(", "));
    }

    private static String values(List<Value> values) {
        return values.stream()
                .map(value ->
                        reference(value) + " [" + value.shape() + type(value) + (value.batched() ? "]" : " whole]"))
                .collect(Collectors.joining(", "));
    }

    private static String type(Value value) {
        return value.type() == ElementType.FLOAT32
                ? ""
                : " " + value.type().name().toLowerCase(Locale.ROOT);
    }

    private static String reference(Value value) {
        return switch (value.role()) {
            case PARAMETER, BUFFER -> value.name();
            case GRADIENT -> "d(" + value.name() + ")";
            default -> "%" + value.id() + ":" + value.name();
        };
    }

    private static String primitive(Primitive primitive) {
        if (primitive instanceof Primitive.Map map) {
            return "Map{" + of(map.expr()) + "}";
        } else if (primitive instanceof Primitive.Load load) {
            return "Load{" + of(load.expr()) + "}";
        } else if (primitive instanceof Primitive.Reduce reduce) {
            return "Reduce" + reduce.kind() + (reduce.overBatch() ? "+batch" : "") + reduce.dimensions() + "{"
                    + of(reduce.expr()) + "}";
        } else if (primitive instanceof Primitive.Fused fused) {
            return primitive(fused.anchor()) + (fused.keepsAnchor() ? "+store" : "") + "{" + of(fused.epilogue()) + "}"
                    + (fused.pool() == null ? "" : "+" + fused.pool().name());
        } else if (primitive instanceof Primitive.Convolving convolving && convolving.form() != null) {
            return primitive.name() + " " + convolving.form();
        }
        return primitive instanceof Primitive.Permute permute ? "Permute" + permute.order() : primitive.name();
    }

    /** An expression with arguments as letters. */
    static String of(Expr expr) {
        if (Exprs.cost(expr) > 12) {
            return "..." + Exprs.cost(expr) + " instructions";
        } else if (expr instanceof Argument argument) {
            return String.valueOf((char) ('a' + argument.index()));
        } else if (expr instanceof Constant constant) {
            return Decimals.of(constant.value());
        } else if (expr instanceof Unary unary) {
            return unary.op().name().toLowerCase(Locale.ROOT) + "(" + of(unary.x()) + ")";
        } else if (expr instanceof Binary binary) {
            return binary.op().name().toLowerCase(Locale.ROOT) + "(" + of(binary.a()) + ", " + of(binary.b()) + ")";
        } else if (expr instanceof Fma fma) {
            return "fma(" + of(fma.a()) + ", " + of(fma.b()) + ", " + of(fma.c()) + ")";
        }
        Select select = (Select) expr;
        return "(" + of(select.left()) + " " + select.comparison().name().toLowerCase(Locale.ROOT) + " "
                + of(select.right()) + " ? " + of(select.yes()) + " : " + of(select.no()) + ")";
    }
}
