package dev.netwright.processor.networks;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.report.ReportFacts;
import java.util.List;
import java.util.Map;

/**
 * A network's programs and plan, made as the processor makes them, without code.
 *
 * @param network as declared
 * @param programs of primitives
 * @param plan of these programs
 */
record Planned(Network network, Programs programs, Plan plan) {
    static Planned of(NetworkText network) {
        return of(result(network));
    }

    /** Of a network that only predicts. */
    static Planned inference(NetworkText network) {
        Compiled.Result result = result(network);
        Programs programs = Programs.inference(result.network(), (program, pass, made) -> {});
        return new Planned(result.network(), programs, Planner.plan(programs));
    }

    private static Compiled.Result result(NetworkText network) {
        Compiled compiled = Compiled.of(network);
        if (compiled.results().size() != 1) {
            throw new IllegalArgumentException(compiled.errors() + "\n" + network.text());
        }
        return compiled.results().get(0);
    }

    static Planned of(Compiled.Result result) {
        Programs programs = Programs.of(result.network());
        return new Planned(result.network(), programs, Planner.plan(programs));
    }

    /** What reports tell, but for passes and methods. */
    ReportFacts facts() {
        return ReportFacts.of(network, plan, true, List.of(), Map.of());
    }
}
