package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Size;
import dev.netwright.processor.plan.Kernel.Strides;
import dev.netwright.processor.plan.Kernel.Tile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether a kernel goes through its operands along the same axes of their layouts, so that elements meet theirs. */
final class Alignment {
    /** A loop with its stride in each operand. */
    private record Loop(int count, List<Integer> strides) {
        boolean goesOn(Loop inner) {
            for (int i = 0; i < strides.size(); i++) {
                if (strides.get(i) != inner.strides.get(i) * inner.count) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Step step;

    Alignment(Step step) {
        this.step = step;
    }

    /** What is wrong, or null. */
    String wrong() {
        Kernel kernel = step.kernel() instanceof Kernel.Load load ? load.loops() : step.kernel();
        if (kernel instanceof Kernel.Elementwise elementwise) {
            return elements(elementwise.loops().loops(), places());
        } else if (kernel instanceof Kernel.ElementLoss loss) {
            return elements(loss.loops().loops(), places());
        } else if (kernel instanceof Kernel.Reduction reduction) {
            List<Nest.Loop> loops = new ArrayList<>(reduction.kept().loops());
            loops.addAll(reduction.reduced().loops());
            return elements(loops, places());
        } else if (kernel instanceof LaneReduction reduction) {
            List<Nest.Loop> loops = new ArrayList<>(reduction.kept().loops());
            loops.addAll(reduction.reduced().loops());
            return elements(
                    loops.stream()
                            .map(loop -> new Nest.Loop(loop.count(), withoutLanes(loop.strides())))
                            .toList(),
                    withoutLanes(places()));
        }
        return image();
    }

    private List<Layout> places() {
        return step.operands().stream().map(Place::layout).toList();
    }

    private static <T> List<T> withoutLanes(List<T> operands) {
        List<T> others = new ArrayList<>(operands);
        others.remove(LaneReduction.LANES);
        return others;
    }

    private String elements(List<Nest.Loop> nest, List<Layout> layouts) {
        int rank = layouts.stream()
                .mapToInt(layout -> layout.dimensions().size())
                .max()
                .orElse(0);
        List<Loop> exact = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            List<List<Axis>> axes = new ArrayList<>();
            int size = 1;
            for (Layout layout : layouts) {
                int own = d - rank + layout.dimensions().size();
                List<Axis> found = own < 0 ? List.of() : layout.dimensions().get(own);
                axes.add(found);
                size = Math.max(size, found.stream().mapToInt(Axis::extent).reduce(1, (a, b) -> a * b));
            }
            if (!refine(axes, size, exact)) {
                return "has no loops in common for dimension " + d + " of its operands";
            }
        }
        List<Loop> wide = exact.stream()
                .map(loop -> loop.strides().get(0) == 1 ? new Loop(Layout.roundUp(loop.count()), loop.strides()) : loop)
                .toList();
        List<Loop> actual = joined(nest.stream()
                .map(loop -> new Loop(loop.count(), loop.strides()))
                .toList());
        boolean same = actual.equals(joined(exact)) || actual.equals(joined(wide));
        return same ? null : "goes through its operands by " + actual + ", not by " + joined(exact);
    }

    /** The loops of one dimension, in which each operand goes along its own axes or stands still. */
    private static boolean refine(List<List<Axis>> operands, int size, List<Loop> loops) {
        int inner = 1;
        while (inner < size) {
            int count = size / inner;
            List<Integer> strides = new ArrayList<>();
            for (List<Axis> axes : operands) {
                Axis rest = beyond(axes, inner);
                if (rest == null) {
                    return false;
                }
                strides.add(rest.stride());
                count = rest.extent() > 1 ? Math.min(count, rest.extent()) : count;
            }
            loops.add(new Loop(count, strides));
            inner *= count;
        }
        return inner == size;
    }

    /** What is left of an axis when so many of the innermost elements are gone; null if they end within a step. */
    private static Axis beyond(List<Axis> axes, int elements) {
        int gone = elements;
        boolean single = axes.stream().allMatch(axis -> axis.extent() == 1);
        for (int i = axes.size() - 1; i >= 0 && !single; i--) {
            Axis axis = axes.get(i);
            if (gone < axis.extent()) {
                return axis.extent() % gone == 0 ? new Axis(axis.extent() / gone, axis.stride() * gone) : null;
            }
            if (gone % axis.extent() != 0) {
                return null;
            }
            gone /= axis.extent();
        }
        return new Axis(1, 0);
    }

    /** Loops in an order of their own, each joined with the one inside it where all operands go on evenly. */
    private static List<Loop> joined(List<Loop> loops) {
        List<Loop> result = new ArrayList<>(loops);
        result.removeIf(loop -> loop.count() == 1);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < result.size() && !changed; i++) {
                for (int j = 0; j < result.size() && !changed; j++) {
                    if (i != j && result.get(i).goesOn(result.get(j))) {
                        Loop inner = result.get(j);
                        result.set(j, new Loop(result.get(i).count() * inner.count(), inner.strides()));
                        result.remove(i);
                        changed = true;
                    }
                }
            }
        }
        result.sort(
                Comparator.comparing((Loop loop) -> loop.strides().toString()).thenComparing(Loop::count));
        return result;
    }

    /** Convolutions go along rows and columns, by the convolution's steps in what is the larger. */
    private String image() {
        Node node = step.node();
        Size one = new Size(1, 1);
        Convolution convolution;
        boolean forward = false;
        if (Primitive.Fused.anchor(node) instanceof Primitive.Convolve convolve) {
            convolution = convolve.convolution();
            forward = true;
        } else if (Primitive.Fused.anchor(node) instanceof Primitive.ConvolveInputGradient gradient) {
            convolution = gradient.convolution();
        } else {
            return null;
        }
        Size read = forward ? convolution.stride() : one;
        Size written = forward ? one : convolution.stride();
        if (step.kernel() instanceof Tile tile && tile.samples() == Kernel.Samples.SEPARATE) {
            boolean pools = tile.pooling() != Kernel.Pooling.NONE;
            List<Strides> results = new ArrayList<>(List.of(tile.c()));
            if (tile.pooling().storesIndex()) {
                results.add(tile.index());
            }
            results.addAll(tile.further());
            int imageColumns = node.outputs().get(0).shape().size(2);
            if (!pools && tile.columns() > imageColumns) {
                return joinedRows(tile, results, read, written, imageColumns);
            }
            String wrong = along(
                    0,
                    tile.a(),
                    new Size(pools ? 2 * read.rows() : read.rows(), read.columns()),
                    tile.rows(),
                    tile.columns());
            return wrong != null ? wrong : along(tile.biased() ? 3 : 2, results, written, tile.rows(), tile.columns());
        } else if (step.kernel() instanceof Depthwise depthwise) {
            List<Strides> results = new ArrayList<>(List.of(depthwise.c()));
            results.addAll(depthwise.further());
            String wrong = along(0, depthwise.a(), read, depthwise.rows(), depthwise.columns());
            int first = depthwise.biased() ? 3 : 2;
            return wrong != null ? wrong : along(first, results, written, depthwise.rows(), depthwise.columns());
        } else if (step.kernel() instanceof GroupKernel.Sums sums) {
            List<Strides> results = new ArrayList<>(List.of(sums.products().c()));
            results.addAll(sums.products().further());
            int rows = sums.rows().results();
            int columns = sums.products().columns();
            String wrong = along(0, sums.reads(), read, rows, columns);
            return wrong != null ? wrong : along(sums.products().biased() ? 3 : 2, results, written, rows, columns);
        } else if (step.kernel() instanceof WinogradKernel.Output output) {
            return along(0, output.c(), one, output.outRows(), output.outColumns());
        } else if (step.kernel() instanceof WinogradKernel.Blocks blocks) {
            WinogradKernel.Output output = blocks.output();
            return along(0, output.c(), one, output.outRows(), output.outColumns());
        }
        return null;
    }

    /** Several rows as one of a tile: in each operand one ends where the next begins. */
    private String joinedRows(Tile tile, List<Strides> results, Size read, Size written, int imageColumns) {
        int together = tile.columns() / imageColumns;
        int first = tile.biased() ? 3 : 2;
        String wrong = tile.columns() % imageColumns == 0 ? null : "has rows of parts of rows";
        for (int i = -1; i < results.size() && wrong == null; i++) {
            int operand = i < 0 ? 0 : first + i;
            Size steps = i < 0 ? read : written;
            Layout layout = step.operands().get(operand).layout();
            int row = steps.rows() * layout.axis(1).stride();
            boolean goesOn =
                    row == imageColumns * steps.columns() * layout.axis(2).stride();
            wrong = goesOn
                    ? along(
                            operand,
                            i < 0 ? tile.a() : results.get(i),
                            new Size(together * steps.rows(), steps.columns()),
                            tile.rows(),
                            tile.columns())
                    : "operand " + operand + " does not go on from row to row";
        }
        return wrong;
    }

    private String along(int first, List<Strides> strides, Size steps, int rows, int columns) {
        for (int i = 0; i < strides.size(); i++) {
            String wrong = along(first + i, strides.get(i), steps, rows, columns);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private String along(int operand, Strides strides, Size steps, int rows, int columns) {
        Place place = step.operands().get(operand);
        if (!place.batched()) {
            return null;
        }
        Layout layout = place.layout();
        boolean byRows = rows == 1
                || strides.rows().get(0) == steps.rows() * layout.axis(1).stride();
        boolean byColumns = columns == 1
                || strides.column() == steps.columns() * layout.axis(2).stride();
        return byRows && byColumns ? null : "operand " + operand + " is not gone through along its rows and columns";
    }
}
