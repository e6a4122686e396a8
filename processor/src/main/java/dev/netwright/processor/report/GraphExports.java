package dev.netwright.processor.report;

import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import java.util.HashMap;
import java.util.Map;

/** A network's layers as the input of tools that draw graphs. */
public final class GraphExports {
    private final Network network;
    /** Names of what makes each value. */
    private final Map<Value, String> makers = new HashMap<>();

    private final StringBuilder text = new StringBuilder();

    private GraphExports(Network network) {
        this.network = network;
        for (int i = 0; i < network.inputs().size(); i++) {
            makers.put(network.inputs().get(i), "input" + i);
        }
        network.layers().forEach(node -> node.outputs().forEach(output -> makers.put(output, "layer" + node.id())));
    }

    /** In the language of Graphviz. */
    public static String dot(Network network) {
        GraphExports export = new GraphExports(network);
        export.line("digraph " + quoted(network.name()) + " {");
        export.line("  node [shape=box];");
        for (Value input : network.inputs()) {
            export.line("  " + export.makers.get(input) + " [label=" + quoted(input.name()) + ", shape=ellipse];");
        }
        for (LayerNode node : network.layers()) {
            export.line("  " + export.makers.get(node.output()) + " [label="
                    + quoted(node.name() + "\n" + node.layer().name()) + "];");
        }
        for (LayerNode node : network.layers()) {
            for (Value input : node.inputs()) {
                export.line("  " + export.makers.get(input) + " -> " + export.makers.get(node.output()) + " [label="
                        + quoted(input.shape().toString()) + "];");
            }
        }
        for (int i = 0; i < network.outputs().size(); i++) {
            Value output = network.outputs().get(i);
            export.line("  output" + i + " [label=" + quoted("output " + output.name()) + ", shape=ellipse];");
            export.line("  " + export.makers.get(output) + " -> output" + i + " [label="
                    + quoted(output.shape().toString()) + "];");
        }
        return export.line("}").text.toString();
    }

    /** A string of Graphviz: lines end with a backslash and n. */
    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** A flowchart of Mermaid. */
    public static String mermaid(Network network) {
        GraphExports export = new GraphExports(network);
        export.line("flowchart TD");
        for (Value input : network.inputs()) {
            export.line("  " + export.makers.get(input) + "([" + entity(input.name()) + "])");
        }
        for (LayerNode node : network.layers()) {
            export.line("  " + export.makers.get(node.output()) + "["
                    + entity(node.name() + "\n" + node.layer().name()) + "]");
        }
        for (LayerNode node : network.layers()) {
            for (Value input : node.inputs()) {
                export.line("  " + export.makers.get(input) + " -->|"
                        + entity(input.shape().toString()) + "| " + export.makers.get(node.output()));
            }
        }
        for (int i = 0; i < network.outputs().size(); i++) {
            Value output = network.outputs().get(i);
            export.line("  " + export.makers.get(output) + " -->|"
                    + entity(output.shape().toString()) + "| output" + i + "([" + entity("output " + output.name())
                    + "])");
        }
        return export.text.toString();
    }

    /** A text of Mermaid, whose own characters are numbers of it. */
    private static String entity(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.chars().forEach(c -> {
            if (c == '\n') {
                text.append("<br/>");
            } else if (c == '"' || c == '#' || c == '<' || c == '>' || c == '&' || c == ';') {
                text.append('#').append(c).append(';');
            } else {
                text.append((char) c);
            }
        });
        return text.append('"').toString();
    }

    private GraphExports line(String line) {
        text.append(line).append('\n');
        return this;
    }
}
