package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Exprs;
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

    /** Operations of an element of a loss over classes: an exponential, a sum and the gradient. */
    private static final int LOSS = 30;

    /** Of kernels whose loops nobody counts: longer than any. */
    private static final StepCost UNKNOWN = new StepCost(1e9, 0);

    /** The time of a step by its loops. */
    public static StepCost of(Step step) {
        Kernel kernel = step.kernel() instanceof Kernel.Load load ? load.loops() : step.kernel();
        double counted = nanoseconds(kernel);
        if (Double.isNaN(counted)) {
            return UNKNOWN;
        }
        boolean once = step.work().unit() == Unit.STEP && !(kernel instanceof Tile)
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

    /** Of one sample, or of all where samples are not counted; not a number where nothing is known. */
    private static double nanoseconds(Kernel kernel) {
        if (kernel instanceof Tile tile) {
            return tile(tile);
        } else if (kernel instanceof ColumnPairs pairs) {
            double lanes = (double) pairs.rows() * pairs.columns() * ColumnPairs.HALF;
            return lanes * pairs.kernelRows() * pairs.channels() * (pairs.taps() + 1) / PRODUCTS;
        } else if (kernel instanceof Kernel.Elementwise elementwise) {
            return elements(elementwise.loops()) * (1 + Exprs.cost(elementwise.expr())) / ELEMENTS;
        } else if (kernel instanceof Kernel.Reduction reduction) {
            return elements(reduction.kept())
                    * elements(reduction.reduced())
                    * (1 + Exprs.cost(reduction.expr()))
                    / ELEMENTS;
        } else if (kernel instanceof Pool pool) {
            double taps = pool.axes().stream()
                    .mapToDouble(axis ->
                            (double) axis.windows().output() * axis.windows().kernel())
                    .reduce(1, (a, b) -> a * b);
            return taps * pool.channels().count() / ELEMENTS;
        } else if (kernel instanceof Kernel.ClearBorder clear) {
            return clear.size() / ELEMENTS;
        } else if (kernel instanceof Kernel.Fill fill) {
            return fill.size() / ELEMENTS;
        } else if (kernel instanceof Kernel.ClearLanes clear) {
            return (double) clear.rows() * clear.width() / ELEMENTS;
        } else if (kernel instanceof ClassLoss loss) {
            return elements(loss.positions()) * loss.classes() * LOSS / ELEMENTS;
        } else if (kernel instanceof WinogradKernel.Transform transform) {
            double size = transform.form().size();
            return (double) transform.rows() * transform.columns() * transform.lanes() * size * size * size / PRODUCTS;
        } else if (kernel instanceof WinogradKernel.Output output) {
            return output(output);
        } else if (kernel instanceof WinogradKernel.Blocks blocks) {
            return nanoseconds(blocks.transform())
                    + blocks.units() * nanoseconds(blocks.products())
                    + output(blocks.output());
        }
        return Double.NaN;
    }

    private static double tile(Tile tile) {
        double sum = tile.sum().loops().stream().mapToDouble(SumLoop::count).reduce(1, (a, b) -> a * b);
        double pooled = tile.store().pooling().pools() ? 4 : 1;
        double columns = Math.max(1, tile.columns()) * (double) tile.rows();
        double lanes = tile.extent().lanes();
        return lanes
                * columns
                * pooled
                * (sum / PRODUCTS + Exprs.cost(tile.store().epilogue().expr()) / ELEMENTS);
    }

    private static double output(WinogradKernel.Output output) {
        double size = output.form().size();
        double results = output.form().outputs();
        double tiles = (double) output.rows() * output.columns() * output.lanes();
        return tiles
                * (results * size * (size + results) / PRODUCTS
                        + results
                                * results
                                * Exprs.cost(output.store().epilogue().expr())
                                / ELEMENTS);
    }

    private static double elements(Nest nest) {
        return nest.loops().stream().mapToDouble(Nest.Loop::count).reduce(1, (a, b) -> a * b);
    }
}
