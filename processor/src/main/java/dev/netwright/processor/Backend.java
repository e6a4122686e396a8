package dev.netwright.processor;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.graph.Graph;
import java.io.IOException;
import javax.annotation.processing.ProcessingEnvironment;

/** Everything after the graph of layers: passes, plan, generated code, report. */
interface Backend {
    /** Writes what a network is compiled to. The graph is complete and free of errors. */
    void generate(Graph graph, DeclaredNetwork network) throws IOException;

    /** Makes the backend of one compiler run. */
    @FunctionalInterface
    interface Factory {
        Backend create(ProcessingEnvironment environment, ProcessorOptions options);
    }
}
