package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A perfect loop nest over the elements of a shape, with the stride that each loop has in each operand.
 *
 * @param loops from the outermost to the innermost
 */
public record Nest(List<Loop> loops) {
    /**
     * One loop.
     *
     * @param count iterations
     * @param strides floats per iteration, one for each operand
     */
    public record Loop(int count, List<Integer> strides) {
        public Loop {
            strides = List.copyOf(strides);
        }

        public int stride(int operand) {
            return strides.get(operand);
        }

        /** The loop over parts of so many iterations, a divisor of their count. */
        Loop overParts(int part) {
            return new Loop(
                    count / part, strides.stream().map(stride -> stride * part).toList());
        }

        /** The loop over one such part. */
        Loop part(int part) {
            return new Loop(part, strides);
        }

        /** Iterations that vectors take: 0 where an operand's elements are no neighbours. */
        public int wholeVectors() {
            return strides.stream().allMatch(stride -> stride == 1) ? count / Layout.LANES * Layout.LANES : 0;
        }
    }

    /** Elements that take some hundred nanoseconds. */
    private static final int LONG = 2048;

    private static final int MOST_PARTS = 16;

    /** Lines that the first cache holds even where they are a large power of two apart, nearly. */
    private static final int MOST_LINES = 32;

    private static final int FEWEST_LINES = 8;

    /** With the loops of another inside. */
    Nest and(Nest inner) {
        List<Loop> all = new ArrayList<>(loops);
        all.addAll(inner.loops());
        return new Nest(all);
    }

    public Nest {
        loops = List.copyOf(loops);
    }

    /**
     * The nest over {@code shape}; each operand's layout is broadcast to it as NumPy does.
     *
     * @param ordering the operand whose memory order the loops follow
     * @param widen whether the innermost loop may run over padding lanes where every operand has them
     */
    public static Nest over(Shape shape, List<Layout> operands, int ordering, boolean widen) {
        List<Loop> loops = new ArrayList<>();
        for (int d = 0; d < shape.rank(); d++) {
            List<List<Axis>> axes = axes(shape, operands, d);
            loops.addAll(refined(axes, shape.size(d))
                    .orElseThrow(() -> new IllegalStateException("axes " + axes + " have no common loops")));
        }
        loops.removeIf(loop -> loop.count() == 1);
        loops.sort((a, b) -> Integer.compare(Math.abs(b.stride(ordering)), Math.abs(a.stride(ordering))));
        return new Nest(merged(widen ? widened(loops, operands) : loops));
    }

    /** Whether the operands' axes can be split until all have the same ones. */
    static boolean exists(Shape shape, List<Layout> operands) {
        return IntStream.range(0, shape.rank())
                .allMatch(d -> refined(axes(shape, operands, d), shape.size(d)).isPresent());
    }

    private static List<List<Axis>> axes(Shape shape, List<Layout> operands, int dimension) {
        return operands.stream()
                .map(operand -> broadcast(
                        operand, dimension - shape.rank() + operand.dimensions().size(), shape.size(dimension)))
                .toList();
    }

    private static List<Axis> broadcast(Layout layout, int dimension, int size) {
        if (dimension < 0) {
            return List.of(new Axis(size, 0));
        }
        List<Axis> axes = layout.dimensions().get(dimension);
        boolean single = axes.stream().allMatch(axis -> axis.extent() == 1);
        return single ? List.of(new Axis(size, 0)) : axes;
    }

    /** Splits axes until all operands have the same ones. */
    private static Optional<List<Loop>> refined(List<List<Axis>> operands, int size) {
        List<List<Axis>> rest = new ArrayList<>();
        operands.forEach(axes -> rest.add(new ArrayList<>(axes)));
        List<Loop> loops = new ArrayList<>();
        int left = size;
        while (left > 1) {
            int count = left;
            for (List<Axis> axes : rest) {
                axes.removeIf(axis -> axis.extent() == 1);
                count = Math.min(count, axes.get(axes.size() - 1).extent());
            }
            List<Integer> strides = new ArrayList<>();
            for (List<Axis> axes : rest) {
                Axis last = axes.remove(axes.size() - 1);
                if (last.extent() % count != 0) {
                    return Optional.empty();
                }
                strides.add(last.stride());
                if (last.extent() > count) {
                    axes.add(new Axis(last.extent() / count, last.stride() * count));
                }
            }
            loops.add(0, new Loop(count, strides));
            left /= count;
        }
        return Optional.of(loops);
    }

    private static List<Loop> widened(List<Loop> loops, List<Layout> operands) {
        if (loops.isEmpty() || loops.get(loops.size() - 1).stride(0) != 1) {
            return loops;
        }
        Loop inner = loops.get(loops.size() - 1);
        int wide = Layout.roundUp(inner.count());
        for (int i = 0; i < operands.size(); i++) {
            int operand = i;
            int stride = inner.stride(i);
            // a loop that goes on within what would be padding runs over the rest of a split axis
            boolean apart = loops.stream()
                    .limit(loops.size() - 1L)
                    .mapToInt(loop -> Math.abs(loop.stride(operand)))
                    .allMatch(other -> other == 0 || other >= wide);
            if (stride != 0 && (stride != 1 || operands.get(i).lanes() < wide || !apart)) {
                return loops;
            }
        }
        List<Loop> result = new ArrayList<>(loops);
        result.set(loops.size() - 1, new Loop(wide, inner.strides()));
        return result;
    }

    /**
     * One long loop as a loop over equal parts of whole vectors, for threads to share; any other nest as it is.
     */
    Nest shared() {
        if (loops.size() != 1 || loops.get(0).count() < LONG || loops.get(0).count() % Layout.LANES != 0) {
            return this;
        }
        Loop loop = loops.get(0);
        int vectors = loop.count() / Layout.LANES;
        int parts = MOST_PARTS;
        while (vectors % parts != 0) {
            parts--;
        }
        int length = loop.count() / parts;
        return new Nest(List.of(loop.overParts(length), loop.part(length)));
    }

    /**
     * With the innermost loop in parts, the loop over these outermost, where an operand is read across its lines: the lines
     * of a part stay in the first cache until the loops between have taken all of them. (256 channels of 56 x 56 to the
     * caller's order, on one thread: 1.34 ms, in parts 0.39.)
     */
    Nest blocked() {
        if (loops.size() < 2) {
            return this;
        }
        Loop inner = loops.get(loops.size() - 1);
        int part = partOf(inner.count());
        if (part == 0 || IntStream.range(0, inner.strides().size()).noneMatch(this::isAcross)) {
            return this;
        }
        List<Loop> result = new ArrayList<>(List.of(inner.overParts(part)));
        result.addAll(loops.subList(0, loops.size() - 1));
        result.add(inner.part(part));
        return new Nest(result);
    }

    /** One long loop again where it was divided. */
    Nest joined() {
        return new Nest(merged(loops));
    }

    /** Whether neighbours in the innermost loop lie in lines of their own, and those of another loop in the same. */
    private boolean isAcross(int operand) {
        int lanes = Layout.LANES;
        return Math.abs(loops.get(loops.size() - 1).stride(operand)) >= lanes
                && loops.stream().anyMatch(loop -> loop.stride(operand) != 0 && Math.abs(loop.stride(operand)) < lanes);
    }

    /** A divisor of a count that is beyond what a cache has ways for; 0 if there is none. */
    private static int partOf(int count) {
        for (int part = MOST_LINES; count > 2 * MOST_LINES && part >= FEWEST_LINES; part--) {
            if (count % part == 0) {
                return part;
            }
        }
        return 0;
    }

    /** The loops over which an operand stands still, or those over which it moves. */
    public Nest where(int operand, boolean moves) {
        return new Nest(loops.stream()
                .filter(loop -> moves == (loop.stride(operand) != 0))
                .toList());
    }

    /** Joins a loop with the next where all operands go on evenly. */
    private static List<Loop> merged(List<Loop> loops) {
        List<Loop> result = new ArrayList<>(loops);
        for (int i = result.size() - 2; i >= 0; i--) {
            Loop outer = result.get(i);
            Loop inner = result.get(i + 1);
            boolean even = true;
            for (int k = 0; k < outer.strides().size(); k++) {
                even &= outer.stride(k) == inner.stride(k) * inner.count();
            }
            if (even) {
                result.set(i, new Loop(outer.count() * inner.count(), inner.strides()));
                result.remove(i + 1);
            }
        }
        return result;
    }
}
