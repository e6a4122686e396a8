package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Schedule.Stretch;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forms stretches of steps and finds where the workers must meet: before a step that conflicts with another that has not
 * ended for all, unless one worker does both of them.
 */
final class Meetings {
    /** Steps of a chain: all their calls stand in one method of the generated class. */
    private static final int LONGEST = 16;

    /** After so many steps without a meeting there is one, so that each is compared with a bounded number of others. */
    private static final int MOST_OPEN = 64;

    /**
     * A step that some workers may still be at.
     *
     * @param upTo samples up to which they have not met since
     */
    private record Open(Touched touched, Team team, int upTo) {}

    private final List<Open> open = new ArrayList<>();
    private final Map<Step, Touched> known = new IdentityHashMap<>();
    private final Map<Step, StepCost> costs = new IdentityHashMap<>();

    /** With the same steps still open. */
    Meetings copy() {
        Meetings copy = new Meetings();
        copy.open.addAll(open);
        return copy;
    }

    /** The steps in stretches, behind those that were asked for before. */
    List<Stretch> of(List<Step> steps) {
        List<Stretch> stretches = new ArrayList<>();
        for (List<Step> some : runs(steps)) {
            stretches.add(stretch(some));
        }
        return stretches;
    }

    private Stretch stretch(List<Step> steps) {
        Team.Chosen chosen = team(steps);
        Team team = chosen.team();
        List<Touched> touched = steps.stream().map(this::touched).toList();
        int above = isLong() ? 0 : Schedule.NEVER;
        for (Open other : open) {
            int both = Math.min(other.team().alone(), team.alone());
            if (both < Math.min(above, other.upTo()) && anyConflicts(touched, other.touched())) {
                above = both;
            }
        }
        met(above);
        touched.forEach(each -> open.add(new Open(each, team, Schedule.NEVER)));
        return new Stretch(steps, team, chosen.reason(), above, team.isOne() ? List.of() : links(steps, touched));
    }

    /** Whether so many steps may still be at work that comparing with all of them takes long. */
    private boolean isLong() {
        int shared = 0;
        for (Open each : open) {
            shared += each.team().isOne() ? 0 : 1;
        }
        return shared >= MOST_OPEN;
    }

    /** All meet if there are more than so many samples. */
    private void met(int above) {
        if (above == 0) {
            open.clear();
        }
        for (int i = 0; i < open.size(); i++) {
            Open other = open.get(i);
            if (above < other.upTo()) {
                open.set(i, new Open(other.touched(), other.team(), above));
            }
        }
    }

    private static boolean anyConflicts(List<Touched> some, Touched other) {
        for (Touched each : some) {
            if (each.conflicts(other)) {
                return true;
            }
        }
        return false;
    }

    private static List<Step> links(List<Step> steps, List<Touched> touched) {
        List<Step> links = new ArrayList<>();
        int first = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (anyConflicts(touched.subList(first, i), touched.get(i))) {
                links.add(steps.get(i));
                first = i;
            }
        }
        return links;
    }

    private Team.Chosen team(List<Step> steps) {
        if (isSingle(steps.get(0))) {
            return team(steps.get(0));
        }
        StepCost cost = steps.stream().map(this::cost).reduce(new StepCost(0, 0), StepCost::plus);
        return Team.of(cost, steps.get(0).work());
    }

    /**
     * Consecutive steps for one team: those that one worker does alone, and those that each sample can go through by
     * itself. A sample's values are then still in the cache when the next step reads them.
     */
    private List<List<Step>> runs(List<Step> steps) {
        List<List<Step>> runs = new ArrayList<>();
        for (Step step : steps) {
            List<Step> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            if (!last.isEmpty() && last.size() < LONGEST && goesOn(last, step)) {
                last.add(step);
            } else {
                runs.add(new ArrayList<>(List.of(step)));
            }
        }
        return runs;
    }

    private boolean goesOn(List<Step> run, Step next) {
        if (isSingle(next) && isSingle(run.get(0))) {
            return true;
        }
        return isLink(next)
                && isLink(run.get(0))
                && isForOne(run.get(0)) == isForOne(next)
                && isApart(run, touched(next));
    }

    private boolean isApart(List<Step> run, Touched next) {
        for (Step step : run) {
            if (!touched(step).isApartBySample(next)) {
                return false;
            }
        }
        return true;
    }

    private Touched touched(Step step) {
        return known.computeIfAbsent(step, Touched::new);
    }

    /** Of a step by itself. */
    private Team.Chosen team(Step step) {
        return Team.of(cost(step), step.work());
    }

    /** Counted once: a step is compared with each that comes before it in its stretch. */
    private StepCost cost(Step step) {
        return costs.computeIfAbsent(step, StepCost::of);
    }

    /** Whether one worker does all of it, however many samples there are. */
    private boolean isSingle(Step step) {
        return team(step).team().isOne();
    }

    /** Whether it is too little to share if there is one sample. */
    private boolean isForOne(Step step) {
        return team(step).team().alone() > 0;
    }

    /** Whether it computes each sample from that sample alone; Winograd's points may lie beside other samples'. */
    private static boolean isLink(Step step) {
        return step.work().unit() == Unit.SAMPLE
                && step.operands().get(0).batched()
                && (!(step.kernel() instanceof WinogradKernel) || step.kernel() instanceof WinogradKernel.Blocks);
    }
}
