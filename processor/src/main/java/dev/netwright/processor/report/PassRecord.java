package dev.netwright.processor.report;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.pass.PassLog;
import java.util.ArrayList;
import java.util.List;

/** Keeps what each pass made. */
public final class PassRecord implements PassLog {
    /**
     * A pass's result.
     *
     * @param program {@code inference} or {@code training}
     * @param pass its name
     * @param graph what it made
     */
    public record Made(String program, String pass, Graph graph) {}

    private final List<Made> made = new ArrayList<>();

    @Override
    public void ran(String program, String pass, Graph graph) {
        made.add(new Made(program, pass, graph));
    }

    /** All results, in order. */
    public List<Made> made() {
        return List.copyOf(made);
    }
}
