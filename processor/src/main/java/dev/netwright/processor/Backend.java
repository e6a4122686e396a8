package dev.netwright.processor;

import dev.netwright.processor.declared.Companion;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Network;
import java.io.IOException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** Everything after the network of layers: passes, plan, generated code, report. */
@FunctionalInterface
interface Backend {
    /**
     * Writes what a network is compiled to, and reports what there is to say. It is complete and free of
     * errors.
     */
    void generate(Network network, DeclaredNetwork declared, ProblemReport report) throws IOException;

    /** Writes what those need to know that extend a network, or use a block, from its class file. */
    default void generate(Companion companion, TypeElement of, ProblemReport report) throws IOException {}

    /** Makes the backend of one compiler run. */
    @FunctionalInterface
    interface Factory {
        Backend create(ProcessingEnvironment environment, ProcessorOptions options);
    }
}
