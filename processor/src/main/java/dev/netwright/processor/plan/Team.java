package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;

/**
 * How many workers a step is worth: {@code (samples * times + rounding) / divisor + constant}, and one at least. All
 * others have no share of it.
 *
 * @param times workers, by the divisor, for each sample
 * @param rounding added before the division
 * @param divisor at least 1
 * @param constant workers however many samples there are
 */
public record Team(int times, int rounding, int divisor, int constant) {
    /**
     * What a worker must have to do: some 64 Ki multiply-adds. Less is done before all have met, where the processors do
     * something else meanwhile; where they do not, a meeting takes some 200 ns.
     */
    private static final double NANOSECONDS = 2_200;

    /** Processors that few machines have more of. */
    private static final int MOST = 64;

    /** Times are eighths of a worker where a sample is worth only a few. */
    private static final int EIGHTHS = 8;

    /** Everybody. */
    static final Team WHOLE = new Team(0, 0, 1, Integer.MAX_VALUE);

    /** The first worker. */
    static final Team ONE = new Team(0, 0, 1, 1);

    static Team of(StepCost cost, Work work) {
        if (work.unit() == Unit.STEP && work.count() == 1) {
            return ONE;
        }
        double each = cost.perSample() / NANOSECONDS;
        if (work.unit() == Unit.GROUP && work.count() == 1 && each >= 1.0 / Planner.GROUP) {
            return new Team(1, Planner.GROUP - 1, Planner.GROUP, 0);
        }
        int constant = (int) Math.min(MOST, cost.once() / NANOSECONDS);
        if (each >= MOST || constant == MOST) {
            return WHOLE;
        } else if (each == 0) {
            return new Team(0, 0, 1, Math.max(1, constant));
        } else if (each >= EIGHTHS) {
            return new Team((int) each, 0, 1, constant);
        } else if (each >= 1) {
            return new Team((int) (each * EIGHTHS), 0, EIGHTHS, constant);
        }
        return new Team(1, 0, (int) Math.ceil(Math.min(1 << 20, 1 / each)), constant);
    }

    /** Whether everybody takes part, however few samples there are. */
    public boolean isWhole() {
        return constant == Integer.MAX_VALUE;
    }

    /** Whether the first worker is alone, however many samples there are. */
    public boolean isOne() {
        return times == 0 && constant == 1;
    }

    /** How many workers there are of a team of so many. */
    public int size(int samples, int workers) {
        return isWhole()
                ? workers
                : (int) Math.max(1, Math.min(workers, ((long) samples * times + rounding) / divisor + constant));
    }

    /** Up to how many samples the first worker is alone; 0 for never. */
    public int alone() {
        if (isOne()) {
            return Integer.MAX_VALUE;
        } else if (isWhole() || constant > 1) {
            return 0;
        }
        return times == 0 ? Integer.MAX_VALUE : Math.max(0, ((2 - constant) * divisor - 1 - rounding) / times);
    }
}
