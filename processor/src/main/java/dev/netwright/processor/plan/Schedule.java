package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The steps of a program's methods with the workers that go through them and the places where these meet. The caller
 * lets all meet between any two methods, but for {@code forward} and what follows it.
 *
 * @param prepare computes what depends on weights alone
 * @param forward computes activations
 * @param outputs follows {@code forward} without a meeting
 * @param losses the same
 * @param backward adds to the gradients
 */
public record Schedule(
        List<Stretch> prepare,
        List<Stretch> forward,
        List<Stretch> outputs,
        List<Stretch> losses,
        List<Stretch> backward) {
    /** The sample count of a meeting that never is. */
    public static final int NEVER = Integer.MAX_VALUE;

    /**
     * Steps that one team goes through.
     *
     * @param steps in order; more than one for a chain, or for a single worker
     * @param team who takes part
     * @param reason why the team is of that size, as a sentence
     * @param meetAbove all workers meet before it with more than so many samples; 0 always, or {@link #NEVER}
     * @param links before which steps of a chain they meet where not each sample goes through it by itself
     */
    public record Stretch(List<Step> steps, Team team, String reason, int meetAbove, List<Step> links) {
        public Stretch {
            steps = List.copyOf(steps);
            links = List.copyOf(links);
        }

        /** Whether each sample can go through the steps by itself. */
        public boolean isChain() {
            return steps.size() > 1 && !team.isOne();
        }

        /**
         * Whether each worker takes some samples through the chain by itself, as the runtime's {@code Worker} has it:
         * where there are enough of them for shares to be of like size.
         *
         * @param size workers that take part
         */
        public boolean isBySample(int samples, int size) {
            return isChain() && (size == 1 || samples >= 4 * size || samples == 2 * size);
        }

        /** How often the workers of a team of so many meet before and in it. */
        public int meetings(int samples, int workers) {
            int size = team.size(samples, workers);
            boolean linked = size > 1 && !isBySample(samples, size);
            return (samples > meetAbove ? 1 : 0) + (linked ? links.size() : 0);
        }
    }

    public Schedule {
        prepare = List.copyOf(prepare);
        forward = List.copyOf(forward);
        outputs = List.copyOf(outputs);
        losses = List.copyOf(losses);
        backward = List.copyOf(backward);
    }

    /** Where workers meet: as seldom as the steps allow. */
    static Schedule of(List<Step> prepare, List<Step> steps, List<Step> outputs) {
        Meetings meetings = new Meetings();
        List<Stretch> forward = meetings.of(phase(steps, Node.Phase.FORWARD));
        return new Schedule(
                new Meetings().of(prepare),
                forward,
                meetings.copy().of(outputs),
                meetings.copy().of(phase(steps, Node.Phase.LOSS)),
                new Meetings().of(phase(steps, Node.Phase.BACKWARD)));
    }

    static List<Step> phase(List<Step> steps, Node.Phase phase) {
        return steps.stream().filter(step -> step.phase() == phase).toList();
    }

    /** How many threads share each step, and why. */
    List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>();
        for (List<Stretch> method : List.of(prepare, forward, outputs, losses, backward)) {
            for (Stretch stretch : method) {
                for (Step step : stretch.steps()) {
                    decisions.add(new Decision(
                            Topic.THREADS,
                            step.name(),
                            step.phase(),
                            stretch.team().size(),
                            stretch.reason()));
                }
            }
        }
        return decisions.stream().distinct().toList();
    }

    /** The ways through the methods without a meeting that the caller adds. */
    public List<List<Stretch>> ways() {
        return List.of(
                prepare,
                Stream.concat(forward.stream(), outputs.stream()).toList(),
                Stream.concat(forward.stream(), losses.stream()).toList(),
                backward);
    }
}
