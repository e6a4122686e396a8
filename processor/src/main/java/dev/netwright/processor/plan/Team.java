package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.Locale;

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

    /**
     * A team and why it is of that size.
     *
     * @param reason a sentence
     */
    record Chosen(Team team, String reason) {}

    static Chosen of(StepCost cost, Work work) {
        if (work.unit() == Unit.STEP && work.count() == 1) {
            return new Chosen(ONE, "It is one piece of work, of which nothing can be shared.");
        }
        double each = cost.perSample() / NANOSECONDS;
        if (work.unit() == Unit.GROUP && work.count() == 1 && each >= 1.0 / Planner.GROUP) {
            Team groups = new Team(1, Planner.GROUP - 1, Planner.GROUP, 0);
            return new Chosen(groups, "It takes " + Planner.GROUP + " samples at once, which no two threads share.");
        }
        int constant = (int) Math.min(MOST, cost.once() / NANOSECONDS);
        if (each >= MOST || constant == MOST) {
            return new Chosen(
                    WHOLE,
                    cost.isKnown()
                            ? "There is enough work for " + MOST + " threads."
                            : "How long its loops take is not known, so all share them.");
        }
        return new Chosen(
                counted(each, constant),
                "A thread takes part where that leaves it " + NANOSECONDS / 1_000
                        + " us of work: less is done before all have met.");
    }

    private static Team counted(double each, int constant) {
        if (each == 0) {
            return new Team(0, 0, 1, Math.max(1, constant));
        } else if (each >= EIGHTHS) {
            return new Team((int) each, 0, 1, constant);
        } else if (each >= 1) {
            int eighths = (int) (each * EIGHTHS);
            int halved = Integer.numberOfTrailingZeros(eighths | EIGHTHS);
            return new Team(eighths >> halved, 0, EIGHTHS >> halved, constant);
        }
        return new Team(1, 0, (int) Math.ceil(Math.min(1 << 20, 1 / each)), constant);
    }

    /** How many workers there are, in words. */
    String size() {
        if (isWhole()) {
            return "all threads";
        } else if (times == 0) {
            return constant == 1 ? "one thread" : constant + " threads";
        }
        String besides = constant == 0 ? "" : ", and " + constant + " besides";
        if (times < divisor) {
            return "a thread for " + divisor + " samples" + besides;
        }
        String threads = times % divisor == 0
                ? String.valueOf(times / divisor)
                : String.format(Locale.ROOT, "%.1f", (double) times / divisor);
        return (threads.equals("1") ? "a thread" : threads + " threads") + " for each sample" + besides;
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
