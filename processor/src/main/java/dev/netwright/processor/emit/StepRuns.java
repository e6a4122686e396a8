package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.WinogradKernel;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive steps that need no barrier between them: those that one worker does alone, and those that each sample can
 * go through by itself. A sample's values are then still in the cache when the next step reads them.
 */
final class StepRuns {
    private StepRuns() {}

    /** The steps in their order, in runs. */
    static List<List<Step>> of(List<Step> steps) {
        List<List<Step>> runs = new ArrayList<>();
        for (Step step : steps) {
            List<Step> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            if (!last.isEmpty() && (isSingle(step) && isSingle(last.get(0)) || isLink(step) && goesOn(last, step))) {
                last.add(step);
            } else {
                runs.add(new ArrayList<>(List.of(step)));
            }
        }
        return runs;
    }

    /** Whether one worker does all of it. */
    static boolean isSingle(Step step) {
        return step.work().unit() == Unit.STEP && step.work().count() == 1;
    }

    /** Whether it computes each sample from that sample alone; Winograd's points may lie beside other samples'. */
    private static boolean isLink(Step step) {
        return step.work().unit() == Unit.SAMPLE
                && step.operands().get(0).batched()
                && (!(step.kernel() instanceof WinogradKernel) || step.kernel() instanceof WinogradKernel.Blocks);
    }

    private static boolean goesOn(List<Step> run, Step next) {
        return run.stream()
                .allMatch(step -> isLink(step)
                        && step.operands().stream()
                                .allMatch(a -> next.operands().stream().allMatch(b -> areApart(a, b))));
    }

    /** Whether no sample of one lies where another sample of the other does. */
    private static boolean areApart(Place a, Place b) {
        if (a.array() != Place.Array.ARENA || b.array() != Place.Array.ARENA) {
            return true;
        }
        int aSize = a.layout().size();
        int bSize = b.layout().size();
        return a.base() == b.base() && aSize == bSize || a.base() + aSize <= b.base() || b.base() + bSize <= a.base();
    }
}
