package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

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
    private final Map<String, Place> places;

    /** @param places of the step's operands, by name */
    Alignment(Step step, Map<String, Place> places) {
        this.step = step;
        this.places = places;
    }

    /** What is wrong, or null. */
    String wrong() {
        if (step.kernel() instanceof RowPasses rows) {
            return rows.passes().stream()
                    .map(pass -> elements(
                            pass.kernel(),
                            pass.operands().stream().map(step.operands()::get).toList()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return step.kernel().elements() == null ? image() : elements(step.kernel(), step.operands());
    }

    /** Of all operands in which values lie. */
    private static String elements(Kernel kernel, List<Place> places) {
        Nest nest = kernel.elements();
        List<Integer> operands = IntStream.range(0, places.size())
                .filter(i -> !kernel.operands().get(i).own())
                .boxed()
                .toList();
        return elements(
                nest.loops().stream()
                        .map(loop -> new Nest.Loop(
                                loop.count(),
                                operands.stream().map(loop::stride).toList()))
                        .toList(),
                operands.stream().map(i -> places.get(i).layout()).toList());
    }

    private static String elements(List<Nest.Loop> nest, List<Layout> layouts) {
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
        ImageWalk walk = step.kernel().image();
        Convolution convolution;
        boolean forward = false;
        if (walk == null) {
            return null;
        } else if (Primitive.Fused.anchor(node) instanceof Primitive.Convolve convolve) {
            convolution = convolve.convolution();
            forward = true;
        } else if (Primitive.Fused.anchor(node) instanceof Primitive.ConvolveInputGradient gradient) {
            convolution = gradient.convolution();
        } else {
            return null;
        }
        List<Integer> strides = convolution.lines().stream().map(Window::stride).toList();
        Steps larger = new Steps(strides, convolution.columns().stride());
        Steps one = new Steps(Collections.nCopies(strides.size(), 1), 1);
        Steps read = forward ? larger : one;
        Steps written = forward ? one : larger;
        Shape image = node.outputs().get(0).shape();
        // of a strided convolution's gradient each step makes but every so many columns
        int rowColumns = (image.size(image.rank() - 1) + written.columns() - 1) / written.columns();
        if (!walk.pools() && walk.columns() > rowColumns) {
            return joinedRows(walk, read, written, rowColumns);
        }
        Steps pooled = new Steps(
                read.lines().stream()
                        .map(step -> walk.pools() ? 2 * step : step)
                        .toList(),
                read.columns());
        String wrong = along(walk.read(), pooled, walk);
        return wrong != null ? wrong : along(walk.results(), written, walk);
    }

    /**
     * Places from a result to the next.
     *
     * @param lines along each axis but the last
     * @param columns along the last
     */
    private record Steps(List<Integer> lines, int columns) {}

    /** Several rows as one of a tile: in each operand one ends where the next begins. */
    private String joinedRows(ImageWalk walk, Steps read, Steps written, int rowColumns) {
        if (walk.columns() % rowColumns != 0 || walk.lines().size() > 1) {
            return "has rows of parts of rows";
        }
        String wrong = joinedRows(walk, walk.read(), read, rowColumns);
        return wrong != null ? wrong : joinedRows(walk, walk.results(), written, rowColumns);
    }

    private String joinedRows(ImageWalk walk, Map<String, Strides> operands, Steps steps, int rowColumns) {
        int together = walk.columns() / rowColumns;
        int rows = steps.lines().get(0);
        for (String operand : operands.keySet()) {
            Layout layout = places.get(operand).layout();
            int row = rows * layout.rows().stride();
            if (row != rowColumns * steps.columns() * layout.columns().stride()) {
                return "operand " + operand + " does not go on from row to row";
            }
        }
        return along(operands, new Steps(List.of(together * rows), steps.columns()), walk);
    }

    private String along(Map<String, Strides> operands, Steps steps, ImageWalk walk) {
        return operands.entrySet().stream()
                .filter(each -> !isAlong(places.get(each.getKey()), each.getValue(), steps, walk))
                .map(each -> "operand " + each.getKey() + " is not gone through along its rows and columns")
                .findFirst()
                .orElse(null);
    }

    private static boolean isAlong(Place place, Strides strides, Steps steps, ImageWalk walk) {
        if (!place.batched()) {
            return true;
        }
        Layout layout = place.layout();
        for (int i = 0; i < steps.lines().size(); i++) {
            boolean byLines = walk.lines().get(i) == 1
                    || strides.rows().get(i)
                            == steps.lines().get(i) * layout.lines().get(i).stride();
            if (!byLines) {
                return false;
            }
        }
        return walk.columns() == 1
                || strides.column() == steps.columns() * layout.columns().stride();
    }
}
