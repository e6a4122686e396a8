package dev.netwright.processor;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Network;
import java.io.IOException;
import javax.annotation.processing.ProcessingEnvironment;

/** Everything after the network of layers: passes, plan, generated code, report. */
interface Backend {
    /**
     * Writes what a network is compiled to, and reports what there is to say. It is complete and free of
     * errors.
     */
    void generate(Network network, DeclaredNetwork declared, ProblemReport report) throws IOException;

    /** Makes the backend of one compiler run. */
    @FunctionalInterface
    interface Factory {
        Backend create(ProcessingEnvironment environment, ProcessorOptions options);
    }
}
