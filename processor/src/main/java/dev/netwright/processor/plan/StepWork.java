package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Exprs;

/**
 * What a kernel computes, counted by its loops: of one sample, or of all where samples are not counted.
 *
 * @param kind what the time goes with
 * @param products multiply-adds, padding lanes included
 * @param loads vectors' lanes of weights that are loaded for them
 * @param operations of elements, each of them one more
 */
public record StepWork(Kind kind, double products, double loads, double operations) {
    /** Operations of an element of a loss over classes: an exponential, a sum and the gradient. */
    private static final int LOSS = 30;

    /** What kernels do mostly. */
    public enum Kind {
        TILE,
        WINOGRAD,
        ELEMENTS,
        POOL,
        /** Nobody counts the loops. */
        UNKNOWN
    }

    /** What a step's kernel computes. */
    public static StepWork of(Step step) {
        return of(step.kernel() instanceof Kernel.Load load ? load.loops() : step.kernel());
    }

    private static StepWork of(Kernel kernel) {
        if (kernel instanceof Tile tile) {
            return tile(tile);
        } else if (kernel instanceof ScanKernel scan) {
            return scan.body().stream()
                    .map(call -> of(call.kernel()))
                    .reduce(new StepWork(Kind.TILE, 0, 0, 0), StepWork::plus)
                    .times(scan.steps());
        } else if (kernel instanceof ColumnPairs pairs) {
            double lanes = (double) pairs.rows() * pairs.columns() * ColumnPairs.HALF;
            double products = lanes * pairs.kernelRows() * pairs.channels() * (pairs.taps() + 1);
            return new StepWork(Kind.TILE, products, 0, 0);
        } else if (kernel instanceof Kernel.Elementwise elementwise) {
            return elements(elements(elementwise.loops()) * (1 + Exprs.cost(elementwise.expr())));
        } else if (kernel instanceof MapChain chain) {
            int costs = chain.maps().stream()
                    .mapToInt(map -> 1 + Exprs.cost(map.expr()))
                    .sum();
            return elements(elements(chain.elements()) * costs);
        } else if (kernel instanceof Kernel.Reduction reduction) {
            return elements(
                    elements(reduction.kept()) * elements(reduction.reduced()) * (1 + Exprs.cost(reduction.expr())));
        } else if (kernel instanceof Pool pool) {
            double taps = pool.axes().stream()
                    .mapToDouble(axis ->
                            (double) axis.windows().output() * axis.windows().kernel())
                    .reduce(1, (a, b) -> a * b);
            return new StepWork(Kind.POOL, 0, 0, taps * pool.channels().count());
        } else if (kernel instanceof Kernel.ClearBorder clear) {
            return elements(clear.size());
        } else if (kernel instanceof Kernel.Fill fill) {
            return elements(fill.size());
        } else if (kernel instanceof Kernel.ClearLanes clear) {
            return elements((double) clear.rows() * clear.width());
        } else if (kernel instanceof ClassLoss loss) {
            return elements(elements(loss.positions()) * loss.classes() * LOSS);
        } else if (kernel instanceof WinogradKernel.Transform transform) {
            double size = transform.form().size();
            return winograd(
                    (double) transform.rows() * transform.columns() * transform.lanes() * size * size * size, 0);
        } else if (kernel instanceof WinogradKernel.Output output) {
            return output(output);
        } else if (kernel instanceof WinogradKernel.Blocks blocks) {
            StepWork products = of(blocks.products()).times(blocks.units());
            StepWork around = of(blocks.transform()).plus(output(blocks.output()));
            return around.plus(products);
        }
        return new StepWork(Kind.UNKNOWN, 0, 0, 0);
    }

    private StepWork times(double count) {
        return new StepWork(kind, count * products, count * loads, count * operations);
    }

    private StepWork plus(StepWork other) {
        return new StepWork(kind, products + other.products, loads + other.loads, operations + other.operations);
    }

    private static StepWork elements(double operations) {
        return new StepWork(Kind.ELEMENTS, 0, 0, operations);
    }

    private static StepWork winograd(double products, double operations) {
        return new StepWork(Kind.WINOGRAD, products, 0, operations);
    }

    private static StepWork tile(Tile tile) {
        double sum = tile.sum().loops().stream().mapToDouble(SumLoop::count).reduce(1, (a, b) -> a * b);
        double pooled = tile.store().pooling().pools() ? 4 : 1;
        double columns = Math.max(1, tile.columns()) * (double) tile.rows();
        double results = tile.extent().lanes() * columns * pooled;
        double together =
                Math.max(1, Math.min(tile.columns(), tile.shapes().wide().columns()));
        return new StepWork(
                Kind.TILE,
                results * sum,
                results * sum / together,
                results * Exprs.cost(tile.store().epilogue().expr()));
    }

    private static StepWork output(WinogradKernel.Output output) {
        double size = output.form().size();
        double results = output.form().outputs();
        double tiles = (double) output.rows() * output.columns() * output.lanes();
        return winograd(
                tiles * results * size * (size + results),
                tiles * results * results * Exprs.cost(output.store().epilogue().expr()));
    }

    private static double elements(Nest nest) {
        return nest.loops().stream().mapToDouble(Nest.Loop::count).reduce(1, (a, b) -> a * b);
    }
}
