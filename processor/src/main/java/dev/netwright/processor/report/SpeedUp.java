package dev.netwright.processor.report;

import dev.netwright.processor.graph.Network;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.plan.Schedule.Stretch;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.StepCost;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much faster a team goes through steps than one thread, as the plan has it: what the largest share of each step
 * takes, and the meetings. Measured are meetings of two workers only.
 */
final class SpeedUp {
    /** Of two workers that have a processor each. */
    private static final double MEETING_NANOSECONDS = 200;

    private final Network network;
    private final List<Stretch> stretches;
    private final int samples;
    private final Map<Step, StepCost> costs = new IdentityHashMap<>();
    private final double alone;

    SpeedUp(Network network, List<Stretch> stretches, int samples) {
        this.network = network;
        this.stretches = stretches;
        this.samples = samples;
        stretches.forEach(stretch -> stretch.steps().forEach(step -> costs.put(step, cost(step))));
        this.alone = nanoseconds(1);
    }

    double of(int threads) {
        return alone / nanoseconds(threads);
    }

    private double nanoseconds(int threads) {
        double all = 0;
        for (Stretch stretch : stretches) {
            int size = stretch.team().size(samples, threads);
            for (Step step : stretch.steps()) {
                all += costs.get(step).nanoseconds(samples) * largestShare(stretch, step, size);
            }
            if (threads > 1) {
                // one for each time that the number of arrivals doubles
                all += stretch.meetings(samples, threads) * MEETING_NANOSECONDS * Math.log(threads) / Math.log(2);
            }
        }
        return all;
    }

    /** A part of the step's units. */
    private double largestShare(Stretch stretch, Step step, int size) {
        int count = step.work().count();
        double units = switch (step.work().unit()) {
            case STEP -> count;
            case SAMPLE -> stretch.isBySample(samples, size) ? samples : (double) count * samples;
            case GROUP -> count * Math.ceil((double) samples / Planner.GROUP);
        };
        return Math.ceil(units / size) / units;
    }

    /** Where the kernel's loops are not counted: what the layer computes, as each of its gradients is as much. */
    private StepCost cost(Step step) {
        StepCost cost = StepCost.of(step);
        if (cost.isKnown()) {
            return cost;
        }
        return network.layers().stream()
                .filter(layer -> step.node().name().startsWith(layer.name()))
                .max(Comparator.comparingInt(layer -> layer.name().length()))
                .map(layer -> StepCost.ofProducts(layer.layer().flops() / 2.0))
                .orElse(StepCost.ofProducts(0));
    }
}
