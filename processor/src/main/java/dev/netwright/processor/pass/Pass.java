package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * A step from graph to graph.
 *
 * @param name for messages and dumps
 * @param rewrite what it does
 */
record Pass(String name, Rewrite rewrite) {
    /**
     * What holds for all passes of a program.
     *
     * @param keptOutputs layers' values whose last activation the user wants to read, by name
     * @param inputGradient whether gradients by the inputs are wanted
     * @param exact whether every convolution is computed directly
     * @param firstValue the first number free for a new value
     */
    record Context(List<String> keptOutputs, boolean inputGradient, boolean exact, int firstValue) {
        Context {
            keptOutputs = List.copyOf(keptOutputs);
        }

        /** The values that must stay as they are, beside outputs and losses. */
        List<Value> kept(Graph program) {
            return List.copyOf(Programs.kept(program, keptOutputs).values());
        }
    }

    /** Makes a new graph of a graph. */
    @FunctionalInterface
    interface Rewrite {
        Graph run(Graph graph, Context context);
    }

    Graph run(Graph graph, Context context) {
        return GraphVerifier.verify(name, rewrite.run(graph, context));
    }
}
