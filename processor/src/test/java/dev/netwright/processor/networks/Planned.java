package dev.netwright.processor.networks;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Planner;
import java.util.List;

/**
 * A network's programs and plan, made as the processor makes them, without code.
 *
 * @param layers the graph of layers
 * @param programs of primitives
 * @param plan of these programs
 */
record Planned(Graph layers, Programs programs, Plan plan) {
    static Planned of(NetworkText network) {
        return of(result(network));
    }

    /** Of a network that only predicts. */
    static Planned inference(NetworkText network) {
        Compiled.Result result = result(network);
        Graph graph = result.graph();
        boolean exact = result.network().options().exact();
        Programs programs = Programs.inference(graph, List.of(), exact, (program, pass, made) -> {});
        List<String> outputs = graph.outputs().stream().map(Value::name).toList();
        return new Planned(graph, programs, Planner.plan(programs, List.of(), outputs, exact));
    }

    private static Compiled.Result result(NetworkText network) {
        Compiled compiled = Compiled.of(network.text());
        if (compiled.results().size() != 1) {
            throw new IllegalArgumentException(compiled.errors() + "\n" + network.text());
        }
        return compiled.results().get(0);
    }

    static Planned of(Compiled.Result result) {
        List<String> kept = result.network().layers().stream()
                .filter(DeclaredLayer::keepOutput)
                .map(DeclaredLayer::fieldName)
                .toList();
        Graph graph = result.graph();
        boolean exact = result.network().options().exact();
        Programs programs = Programs.of(graph, kept, result.network().options().inputGradient(), exact);
        List<String> outputs = graph.outputs().stream().map(Value::name).toList();
        return new Planned(graph, programs, Planner.plan(programs, kept, outputs, exact));
    }
}
