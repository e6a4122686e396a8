package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import java.util.function.UnaryOperator;

/**
 * A step from graph to graph.
 *
 * @param name for messages and dumps
 * @param rewrite makes a new graph of a graph
 */
record Pass(String name, UnaryOperator<Graph> rewrite) {
    Graph run(Graph graph) {
        return GraphVerifier.verify(name, rewrite.apply(graph));
    }
}
