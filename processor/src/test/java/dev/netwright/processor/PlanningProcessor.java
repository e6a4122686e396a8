package dev.netwright.processor;

import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Planner;
import java.util.List;
import java.util.function.BiConsumer;
import javax.annotation.processing.Processor;

/** The processor as users run it, which also tells what became of each network; a crash ends that network alone. */
public final class PlanningProcessor {
    /**
     * What became of a network.
     *
     * @param graph of its layers
     * @param plan of its programs; null after a crash
     * @param crash what the compiler threw; null unless it did
     */
    public record Outcome(Graph graph, Plan plan, Throwable crash) {}

    private PlanningProcessor() {}

    /** @param outcomes given each network's model, by its qualified name, and what became of it */
    public static Processor of(BiConsumer<String, Outcome> outcomes) {
        return new NetwrightProcessor((environment, options) -> {
            Backend generating = new GeneratingBackend(environment, options);
            return (graph, network, report) -> {
                try {
                    generating.generate(graph, network, report);
                    List<String> kept = network.layers().stream()
                            .filter(DeclaredLayer::keepOutput)
                            .map(DeclaredLayer::fieldName)
                            .toList();
                    boolean exact = network.options().exact();
                    Programs programs =
                            Programs.of(graph, kept, network.options().inputGradient(), exact);
                    List<String> outputs =
                            graph.outputs().stream().map(Value::name).toList();
                    Plan plan = Planner.plan(programs, kept, outputs, exact);
                    outcomes.accept(network.qualifiedName(), new Outcome(graph, plan, null));
                } catch (RuntimeException | Error e) {
                    outcomes.accept(network.qualifiedName(), new Outcome(graph, null, e));
                }
            };
        });
    }
}
