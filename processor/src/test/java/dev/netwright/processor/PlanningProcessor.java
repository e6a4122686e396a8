package dev.netwright.processor;

import dev.netwright.processor.declared.Companion;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Planner;
import java.io.IOException;
import java.util.function.BiConsumer;
import javax.annotation.processing.Processor;
import javax.lang.model.element.TypeElement;

/** The processor as users run it, which also tells what became of each network; a crash ends that network alone. */
public final class PlanningProcessor {
    /**
     * What became of a network.
     *
     * @param network as declared
     * @param plan of its programs; null after a crash
     * @param crash what the compiler threw; null unless it did
     */
    public record Outcome(Network network, Plan plan, Throwable crash) {}

    private PlanningProcessor() {}

    /** @param outcomes given each network's model, by its qualified name, and what became of it */
    public static Processor of(BiConsumer<String, Outcome> outcomes) {
        return new NetwrightProcessor((environment, options) -> {
            Backend generating = new GeneratingBackend(environment, options);
            return new Backend() {
                @Override
                public void generate(Companion companion, TypeElement of, ProblemReport report) throws IOException {
                    generating.generate(companion, of, report);
                }

                @Override
                public void generate(Network network, DeclaredNetwork declared, ProblemReport report) {
                    String model = declared.qualifiedName();
                    try {
                        generating.generate(network, declared, report);
                        Plan plan = Planner.plan(Programs.of(network));
                        outcomes.accept(model, new Outcome(network, plan, null));
                    } catch (IOException | RuntimeException | Error e) {
                        outcomes.accept(model, new Outcome(network, null, e));
                    }
                }
            };
        });
    }
}
