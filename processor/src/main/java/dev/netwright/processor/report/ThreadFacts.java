package dev.netwright.processor.report;

import dev.netwright.processor.graph.Network;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Schedule;
import dev.netwright.processor.plan.Schedule.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * How much faster threads make something, as the plan has it.
 *
 * @param name what, and of how many samples
 * @param speedUps for each number of {@link #THREADS}
 */
public record ThreadFacts(String name, List<Double> speedUps) {
    /** Numbers of threads. */
    public static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16, 32, 64);

    private static final int BATCH = 64;

    public ThreadFacts {
        speedUps = List.copyOf(speedUps);
    }

    /** Of a prediction of one sample and of several, and of a step of training. */
    public static List<ThreadFacts> of(ReportFacts facts) {
        Network network = facts.network();
        Plan plan = facts.plan();
        Schedule schedule = plan.inference().schedule();
        List<Stretch> prediction = joined(List.of(schedule.forward(), schedule.outputs()));
        int batch = plan.inference().samples(BATCH);
        List<ThreadFacts> all = new ArrayList<>();
        all.add(of(network, "prediction, 1 sample", prediction, 1));
        all.add(of(network, "prediction, " + batch + " samples", prediction, batch));
        plan.training()
                .ifPresent(training -> all.add(of(
                        network,
                        "training, " + BATCH + " samples",
                        joined(List.of(
                                training.schedule().prepare(),
                                training.schedule().forward(),
                                training.schedule().losses(),
                                training.schedule().backward())),
                        BATCH)));
        return all;
    }

    private static ThreadFacts of(Network network, String name, List<Stretch> stretches, int samples) {
        SpeedUp speedUp = new SpeedUp(network, stretches, samples);
        return new ThreadFacts(name, THREADS.stream().map(speedUp::of).toList());
    }

    private static List<Stretch> joined(List<List<Stretch>> methods) {
        return methods.stream().flatMap(List::stream).toList();
    }
}
