package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds steps so short, for few samples, that sharing them costs more than it saves: a barrier takes some 200 ns. A run
 * of them is then computed by one worker, without barriers between.
 */
public final class SmallSteps {
    /** What one worker may compute alone rather than meet the others. */
    private static final double NANOSECONDS = 500;

    /** Multiply-adds of a tile in a nanosecond, its padding and start included. */
    private static final double PRODUCTS = 30;

    /** Elements with one operation each in a nanosecond. */
    private static final double ELEMENTS = 10;

    private static final double UNKNOWN = 1e9;

    private SmallSteps() {}

    /**
     * Steps that stand together.
     *
     * @param steps in order
     * @param samples up to how many one worker computes them alone; 0 for never
     */
    public record Run(List<Step> steps, int samples) {
        public Run {
            steps = List.copyOf(steps);
        }
    }

    /** All steps in order, in runs of two or more small ones and others. */
    public static List<Run> runs(List<Step> steps) {
        List<Run> runs = new ArrayList<>();
        int first = 0;
        while (first < steps.size()) {
            boolean small = isSmall(steps.get(first));
            int end = first + 1;
            while (end < steps.size() && isSmall(steps.get(end)) == small) {
                end++;
            }
            List<Step> some = steps.subList(first, end);
            runs.add(new Run(some, small && some.size() > 1 ? samples(some) : 0));
            first = end;
        }
        return runs;
    }

    private static boolean isSmall(Step step) {
        return step.work().unit() != Unit.STEP && nanoseconds(step) <= NANOSECONDS;
    }

    private static int samples(List<Step> steps) {
        double longest =
                steps.stream().mapToDouble(SmallSteps::nanoseconds).max().orElse(UNKNOWN);
        return (int) Math.max(1, NANOSECONDS / longest);
    }

    /** Of one sample and one worker, roughly. */
    private static double nanoseconds(Step step) {
        Kernel kernel = step.kernel() instanceof Kernel.Load load ? load.loops() : step.kernel();
        if (kernel instanceof Tile tile) {
            double sum = tile.sum().loops().stream().mapToDouble(SumLoop::count).reduce(1, (a, b) -> a * b);
            double pooled = tile.store().pooling().pools() ? 4 : 1;
            double columns = Math.max(1, tile.columns()) * (double) tile.rows();
            double lanes = (double) tile.blocks() * tile.width();
            return lanes
                    * columns
                    * pooled
                    * (sum / PRODUCTS + Exprs.cost(tile.store().epilogue().expr()) / ELEMENTS);
        } else if (kernel instanceof Kernel.Elementwise elementwise) {
            return elements(elementwise.loops()) * (1 + Exprs.cost(elementwise.expr())) / ELEMENTS;
        } else if (kernel instanceof Pool pool) {
            double windows = (double) pool.rows().output() * pool.columns().output();
            double taps = (double) pool.rows().kernel() * pool.columns().kernel();
            return windows * taps * pool.channels().count() / ELEMENTS;
        } else if (kernel instanceof Kernel.ClearBorder clear) {
            return clear.size() / ELEMENTS;
        }
        return UNKNOWN;
    }

    private static double elements(Nest nest) {
        return nest.loops().stream().mapToDouble(Nest.Loop::count).reduce(1, (a, b) -> a * b);
    }
}
