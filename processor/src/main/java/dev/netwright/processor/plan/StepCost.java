package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Step.Work.Unit;

/**
 * How long one worker takes for a step, roughly: to be weighed against what it costs to share it.
 *
 * @param perSample nanoseconds for each sample
 * @param once nanoseconds however many samples there are
 */
public record StepCost(double perSample, double once) {
    /** Multiply-adds of a tile in a nanosecond, its padding and start included. */
    private static final double PRODUCTS = 30;

    /** Elements with one operation each in a nanosecond. */
    private static final double ELEMENTS = 10;

    /** Of kernels whose loops nobody counts: longer than any. */
    private static final StepCost UNKNOWN = new StepCost(1e9, 0);

    /** The time of a step by its loops. */
    public static StepCost of(Step step) {
        StepWork work = StepWork.of(step);
        if (work.kind() == StepWork.Kind.UNKNOWN) {
            return UNKNOWN;
        }
        double counted = work.products() / PRODUCTS + work.operations() / ELEMENTS;
        boolean once = step.work().unit() == Unit.STEP && !(step.kernel() instanceof Tile)
                || step.operands().get(0).array() == Place.Array.PREPARED;
        return once ? new StepCost(0, counted) : new StepCost(counted, 0);
    }

    /**
     * Of so many multiply-adds for each sample.
     *
     * @param products multiply-adds
     */
    public static StepCost ofProducts(double products) {
        return new StepCost(products / PRODUCTS, 0);
    }

    /** Whether the kernel's loops were counted. */
    public boolean isKnown() {
        return !equals(UNKNOWN);
    }

    /** Nanoseconds of one worker. */
    public double nanoseconds(int samples) {
        return once + samples * perSample;
    }

    StepCost plus(StepCost other) {
        return new StepCost(perSample + other.perSample, once + other.once);
    }
}
