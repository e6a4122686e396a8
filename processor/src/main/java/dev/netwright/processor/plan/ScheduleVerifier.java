package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.plan.Schedule.Stretch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What must hold of every schedule; anything else is an error of the compiler's own. A program's methods are gone through
 * with every number of samples that makes a difference, and with samples that go through chains together or by
 * themselves: no two steps that may run at the same time touch the same memory, if one of them writes.
 */
public final class ScheduleVerifier {
    /** More than any team is small for. */
    private static final int MANY_SAMPLES = 1 << 24;

    private static final int MANY_WORKERS = 1 << 10;

    /** A step of a way, and where it stands. */
    private record Placed(Step step, Touched touched, Stretch stretch, boolean first) {}

    /** Two steps that may not run at the same time, unless each sample goes through both by itself. */
    private record Pair(int before, int after, boolean bySample) {}

    private final String name;
    private final List<Placed> steps = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();

    /** @param touched of steps of other ways, as two of them begin with the same ones */
    private ScheduleVerifier(String name, List<Stretch> way, Map<Step, Touched> touched) {
        this.name = name;
        for (Stretch stretch : way) {
            for (Step step : stretch.steps()) {
                steps.add(new Placed(
                        step,
                        touched.computeIfAbsent(step, Touched::new),
                        stretch,
                        step == stretch.steps().get(0)));
            }
        }
        for (int after = 1; after < steps.size(); after++) {
            addPairs(after);
        }
    }

    /** With steps before it, as far back as to a meeting that always is. */
    private void addPairs(int after) {
        Placed next = steps.get(after);
        for (int before = after - 1; before >= 0 && !alwaysMet(before, after); before--) {
            Placed other = steps.get(before);
            if (next.touched().conflicts(other.touched())) {
                boolean bySample =
                        next.stretch() == other.stretch() && next.touched().isApartBySample(other.touched());
                pairs.add(new Pair(before, after, bySample));
            }
        }
    }

    private boolean alwaysMet(int before, int after) {
        return before + 1 < steps.size()
                && steps.get(before + 1).first()
                && steps.get(before + 1).stretch().meetAbove() == 0
                && before < after;
    }

    /**
     * Goes through a program's methods.
     *
     * @param name of the program, for messages
     * @throws IllegalStateException naming the program, two steps and how many samples there are
     */
    public static void verify(String name, Plan.Program program) {
        verify(name, program, program.schedule());
    }

    /** As the other, with a schedule that is not the program's own. */
    public static void verify(String name, Plan.Program program, Schedule schedule) {
        List<Step> planned = Stream.of(
                        program.prepare(),
                        Schedule.phase(program.steps(), Node.Phase.FORWARD),
                        Schedule.phase(program.steps(), Node.Phase.LOSS),
                        Schedule.phase(program.steps(), Node.Phase.BACKWARD),
                        program.outputs())
                .flatMap(List::stream)
                .toList();
        List<Step> scheduled = Stream.of(
                        schedule.prepare(),
                        schedule.forward(),
                        schedule.losses(),
                        schedule.backward(),
                        schedule.outputs())
                .flatMap(List::stream)
                .flatMap(stretch -> stretch.steps().stream())
                .toList();
        if (!scheduled.equals(planned)) {
            throw new IllegalStateException("schedule of " + name + ": has not all steps, or not in their order");
        }
        Map<Step, Touched> touched = new IdentityHashMap<>();
        for (List<Stretch> way : schedule.ways()) {
            ScheduleVerifier verifier = new ScheduleVerifier(name, way, touched);
            for (int samples : counts(way)) {
                verifier.run(samples, false);
                verifier.run(samples, true);
            }
        }
    }

    /** Every number of samples up to which something is so, and one more. */
    private static TreeSet<Integer> counts(List<Stretch> way) {
        TreeSet<Integer> counts = new TreeSet<>(List.of(1, MANY_SAMPLES));
        for (Stretch stretch : way) {
            for (int each : new int[] {stretch.meetAbove(), stretch.team().alone()}) {
                if (each > 0 && each < MANY_SAMPLES) {
                    counts.add(each);
                    counts.add(each + 1);
                }
            }
        }
        return counts;
    }

    private void run(int samples, boolean chained) {
        boolean[] alone = new boolean[steps.size()];
        int[] met = new int[steps.size()];
        for (int i = 0; i < steps.size(); i++) {
            Placed placed = steps.get(i);
            Stretch stretch = placed.stretch();
            alone[i] = stretch.team().size(samples, MANY_WORKERS) == 1;
            boolean meeting = placed.first()
                    ? samples > stretch.meetAbove()
                    : !alone[i] && !chained && stretch.links().contains(placed.step());
            met[i] = meeting ? i : i == 0 ? 0 : met[i - 1];
        }
        for (Pair pair : pairs) {
            boolean apart = pair.before() < met[pair.after()]
                    || alone[pair.before()] && alone[pair.after()]
                    || chained && pair.bySample();
            if (!apart) {
                throw new IllegalStateException("schedule of " + name + ": with " + samples + " samples "
                        + steps.get(pair.after()).step().name() + " may begin before "
                        + steps.get(pair.before()).step().name() + " has ended, and both touch the same memory");
            }
        }
    }
}
