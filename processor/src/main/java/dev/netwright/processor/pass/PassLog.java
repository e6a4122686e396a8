package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;

/** Is told what each pass made. */
@FunctionalInterface
public interface PassLog {
    /**
     * @param program {@code inference} or {@code training}
     * @param pass its name
     * @param graph its result
     */
    void ran(String program, String pass, Graph graph);
}
