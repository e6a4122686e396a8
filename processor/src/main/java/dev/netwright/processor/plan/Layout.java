package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the elements of a value lie. A dimension is one axis, or several where dimensions were flattened into it,
 * outermost first.
 *
 * @param dimensions the axes of each dimension of the shape
 * @param offset of the first element
 * @param size floats that one sample (or the whole value) takes, a multiple of {@link #LANES}
 * @param lanes how many elements may be read and written from the start of an axis with stride 1; more than its
 *     extent where channels are padded
 */
public record Layout(List<List<Axis>> dimensions, int offset, int size, int lanes) {
    /** Widest vector, in floats: sizes and paddings are multiples of it, so that the narrower ones divide them too. */
    public static final int LANES = 16;

    /**
     * Floats before the first of an array that is planned: the data of a large array begins 16 bytes behind a multiple of
     * 64, so that what is at a multiple of 16 floats from here begins a line of the cache, and a vector lies in one.
     */
    public static final int LEAD = 12;

    public Layout {
        dimensions = dimensions.stream().map(List::copyOf).toList();
    }

    public static int roundUp(int n) {
        return Math.addExact(n, LANES - 1) / LANES * LANES;
    }

    /**
     * A layout of single axes.
     *
     * @param shape sizes
     * @param order dimensions from the outermost in memory to the innermost
     * @param before per dimension, places kept free before it
     * @param after per dimension, places kept free after it
     * @param padded whether the innermost dimension is rounded up to whole vectors
     */
    public static Layout dense(Shape shape, List<Integer> order, int[] before, int[] after, boolean padded) {
        Axis[] axes = new Axis[shape.rank()];
        int stride = 1;
        int offset = 0;
        int lanes = 0;
        for (int i = order.size() - 1; i >= 0; i--) {
            int d = order.get(i);
            axes[d] = new Axis(shape.size(d), stride);
            offset += before[d] * stride;
            int extent = Math.addExact(before[d] + after[d], shape.size(d));
            if (i == order.size() - 1) {
                lanes = padded ? roundUp(shape.size(d)) : shape.size(d);
                extent = padded ? roundUp(extent) : extent;
            }
            stride = Math.multiplyExact(stride, extent);
        }
        List<List<Axis>> dimensions = new ArrayList<>();
        for (Axis axis : axes) {
            dimensions.add(List.of(axis));
        }
        return new Layout(dimensions, offset, roundUp(Math.max(1, stride)), Math.max(1, lanes));
    }

    /** PyTorch's order. */
    public static Layout rowMajor(Shape shape) {
        Layout layout = dense(shape, ascending(shape.rank()), new int[shape.rank()], new int[shape.rank()], false);
        return new Layout(layout.dimensions, 0, shape.elements(), layout.lanes);
    }

    public static List<Integer> ascending(int rank) {
        return java.util.stream.IntStream.range(0, rank).boxed().toList();
    }

    /** The order of an image's dimensions: those behind the channels, and these at last. */
    static List<Integer> channelsInnermost(int rank) {
        return java.util.stream.IntStream.range(1, rank + 1)
                .map(d -> d % rank)
                .boxed()
                .toList();
    }

    /** For people: the order, innermost first told, and what vectors are filled up with. */
    String inWords() {
        int rank = dimensions.size();
        boolean even = rank > 0 && isEven();
        int inner = even ? order().get(rank - 1) : -1;
        String order = rank < 2
                ? "one after the other"
                : inner < 0 ? "in several parts" : inner == 0 ? "channels innermost" : "as in PyTorch";
        int extent = inner < 0 ? lanes : axis(inner).extent();
        return order + (lanes > extent ? ", " + extent + " filled up to " + lanes + " lanes" : "");
    }

    /** A vector of whole values, padded. */
    public static Layout vector(int n) {
        return new Layout(List.of(List.of(new Axis(n, 1))), 0, roundUp(n), roundUp(n));
    }

    /** The dimension as one axis; it may have been split where memory goes on evenly. */
    public Axis axis(int dimension) {
        List<Axis> joined = Axis.joined(dimensions.get(dimension));
        if (joined.size() > 1) {
            throw new IllegalStateException("dimension " + dimension + " of " + this + " is not one axis");
        }
        return joined.get(0);
    }

    /** The last axis but one behind the channels; a single row where there is one such axis. */
    public Axis rows() {
        return dimensions.size() == 2 ? new Axis(1, size) : axis(dimensions.size() - 2);
    }

    /** Each axis behind the channels but the last; a single row where there is one such axis. */
    public List<Axis> lines() {
        return dimensions.size() == 2
                ? List.of(rows())
                : IntStream.range(1, dimensions.size() - 1).mapToObj(this::axis).toList();
    }

    /** The lines, and the columns along each. */
    List<Axis> places() {
        List<Axis> places = new ArrayList<>(lines());
        places.add(columns());
        return places;
    }

    /** The last axis behind the channels. */
    public Axis columns() {
        return axis(dimensions.size() - 1);
    }

    /** Whether the dimension is one axis, or was split where memory goes on evenly. */
    public boolean isAxis(int dimension) {
        return Axis.joined(dimensions.get(dimension)).size() == 1;
    }

    /** Whether it has an element for each of the shape's. */
    boolean isOf(Shape shape) {
        return dimensions.size() == shape.rank()
                && ascending(shape.rank()).stream()
                        .allMatch(d -> shape.size(d)
                                == dimensions.get(d).stream()
                                        .mapToInt(Axis::extent)
                                        .reduce(1, Math::multiplyExact));
    }

    /** Whether neighbours along some dimension lie farther apart than elements that are not. */
    boolean isShuffled() {
        return dimensions.stream().anyMatch(axes -> {
            List<Axis> moving = axes.stream().filter(axis -> axis.extent() > 1).toList();
            return java.util.stream.IntStream.range(1, moving.size())
                    .anyMatch(i -> moving.get(i).stride() > moving.get(i - 1).stride());
        });
    }

    /** Whether each dimension is one axis. */
    public boolean isEven() {
        return ascending(dimensions.size()).stream().allMatch(this::isAxis);
    }

    /** The elements in row-major order as few axes, outermost first: equal for two layouts that lie alike. */
    List<Axis> rowMajorAxes() {
        return Axis.joined(dimensions.stream().flatMap(List::stream).toList());
    }

    /** Whether all elements are neighbours in row-major order. */
    boolean isPacked() {
        List<Axis> axes =
                rowMajorAxes().stream().filter(axis -> axis.extent() > 1).toList();
        return axes.isEmpty() || axes.size() == 1 && axes.get(0).stride() == 1;
    }

    /** Whether the elements along a dimension are neighbours. */
    boolean isInnermost(int dimension) {
        return isAxis(dimension)
                && (axis(dimension).extent() == 1 || axis(dimension).stride() == 1);
    }

    /**
     * Whether a vector of the dimension's elements, rounded up to whole vectors, can be loaded from its first one and
     * stored there without touching other elements or a border.
     */
    boolean hasVectors(int dimension) {
        if (!isInnermost(dimension)) {
            return false;
        }
        int wide = roundUp(axis(dimension).extent());
        boolean apart = ascending(dimensions.size()).stream()
                .filter(d -> d != dimension)
                .flatMap(d -> dimensions.get(d).stream())
                .allMatch(other -> other.extent() == 1 || other.stride() >= wide);
        return lanes >= wide && apart;
    }

    /** A layout that begins elsewhere. */
    public Layout shifted(int floats) {
        return new Layout(dimensions, offset + floats, size, lanes);
    }

    /**
     * A part along one dimension.
     *
     * @param start first element
     * @param count elements of the part
     * @param step from one to the next: 1, -1 or 0
     */
    public Layout section(int dimension, int start, int count, int step) {
        List<Axis> axes = dimensions.get(dimension);
        Axis axis = axes.stream().allMatch(a -> a.extent() == 1) ? new Axis(1, 0) : axis(dimension);
        List<List<Axis>> sections = new ArrayList<>(dimensions);
        sections.set(dimension, List.of(new Axis(count, axis.stride() * step)));
        boolean whole = start == 0 && count == axis.extent() || axis.stride() != 1;
        return new Layout(sections, offset + start * axis.stride(), size, whole ? lanes : count);
    }

    /** The same memory with the dimensions in another order: for each of the result's, which of these it is. */
    Layout permuted(List<Integer> order) {
        return new Layout(order.stream().map(dimensions::get).toList(), offset, size, lanes);
    }

    /** Some elements along one dimension; empty where they do not lie in steps of their own. */
    Optional<Layout> part(int dimension, int start, int count) {
        List<Axis> axes = new ArrayList<>(Axis.joined(dimensions.get(dimension)));
        int first = offset;
        int partLanes = lanes;
        int from = start;
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            int inner = axes.subList(i + 1, axes.size()).stream()
                    .mapToInt(Axis::extent)
                    .reduce(1, Math::multiplyExact);
            int place = from / inner;
            int last = (from + count - 1) / inner;
            boolean whole = from % inner == 0 && count % inner == 0;
            if (!whole && place != last) {
                return Optional.empty();
            }
            int taken = last - place + 1;
            if (axis.stride() == 1 && taken < axis.extent()) {
                partLanes = taken; // what follows is no padding
            }
            axes.set(i, taken > 1 ? new Axis(taken, axis.stride()) : new Axis(1, 0));
            first += place * axis.stride();
            if (whole) {
                break;
            }
            from -= place * inner;
        }
        List<List<Axis>> parts = new ArrayList<>(dimensions);
        parts.set(dimension, axes);
        return Optional.of(new Layout(parts, first, size, partLanes));
    }

    /**
     * The same memory seen with other dimensions.
     *
     * @throws IllegalStateException if the elements of some new dimension do not lie evenly
     */
    public Layout reshaped(Shape shape) {
        return viewed(shape).orElseThrow(() -> new IllegalStateException("cannot see " + this + " as " + shape));
    }

    /** The same memory seen with other dimensions, where that can be. */
    Optional<Layout> viewed(Shape shape) {
        Optional<Layout> view =
                viewed(shape, dimensions.stream().flatMap(List::stream).toList());
        return view.isPresent() ? view : viewed(shape, rowMajorAxes());
    }

    private Optional<Layout> viewed(Shape shape, List<Axis> axesInRowMajorOrder) {
        List<Axis> rest = new ArrayList<>(axesInRowMajorOrder);
        rest.removeIf(axis -> axis.extent() == 1);
        List<List<Axis>> regrouped = new ArrayList<>();
        int reshapedLanes = lanes;
        for (int d = shape.rank() - 1; d >= 0; d--) {
            List<Axis> axes = new ArrayList<>();
            int wanted = shape.size(d);
            while (wanted > 1) {
                Axis last = rest.remove(rest.size() - 1);
                int taken = wanted % last.extent() == 0 ? last.extent() : wanted;
                if (last.extent() % taken != 0) {
                    return Optional.empty();
                }
                axes.add(new Axis(taken, last.stride()));
                if (taken < last.extent()) {
                    reshapedLanes = last.stride() == 1 ? taken : reshapedLanes; // what follows is no padding now
                    rest.add(new Axis(last.extent() / taken, last.stride() * taken));
                }
                wanted /= taken;
            }
            if (axes.isEmpty()) {
                axes.add(new Axis(1, 0));
            }
            Collections.reverse(axes);
            regrouped.add(axes);
        }
        Collections.reverse(regrouped);
        return Optional.of(new Layout(regrouped, offset, size, reshapedLanes));
    }

    /** Without the axes of the dimensions that have the size 1 in a shape of the same rank. */
    public Layout reduced(Shape shape) {
        List<List<Axis>> kept = new ArrayList<>();
        for (int d = 0; d < dimensions.size(); d++) {
            kept.add(shape.size(d) == 1 ? List.of(new Axis(1, 0)) : dimensions.get(d));
        }
        return new Layout(kept, offset, size, lanes);
    }

    /** All axes longer than 1, from the outermost in memory to the innermost. */
    public List<Axis> inMemoryOrder() {
        return dimensions.stream()
                .flatMap(List::stream)
                .filter(axis -> axis.extent() > 1)
                .sorted(Comparator.comparingInt(Axis::stride).reversed())
                .toList();
    }

    /** The same axes in the same order in memory, packed together; the innermost padded on demand. */
    public Layout packed(boolean padded) {
        List<Axis> old = inMemoryOrder();
        java.util.Map<Axis, Axis> moved = new java.util.HashMap<>();
        int stride = 1;
        for (int i = old.size() - 1; i >= 0; i--) {
            Axis axis = old.get(i);
            moved.put(axis, new Axis(axis.extent(), stride));
            stride = Math.multiplyExact(stride, axis.extent());
            if (i == old.size() - 1 && padded) {
                stride = roundUp(stride);
            }
        }
        int inner = old.isEmpty() ? 1 : old.get(old.size() - 1).extent();
        List<List<Axis>> result = dimensions.stream()
                .map(axes -> axes.stream()
                        .map(axis -> axis.extent() > 1 ? moved.get(axis) : new Axis(1, 0))
                        .toList())
                .toList();
        return new Layout(result, 0, roundUp(stride), padded ? roundUp(inner) : inner);
    }

    /**
     * The dimensions from the outermost in memory to the innermost, for layouts of single axes. Those of size 1 have
     * their place too, as borders and padding lie around them.
     */
    public List<Integer> order() {
        return ascending(dimensions.size()).stream()
                .sorted(Comparator.comparingInt(
                                (Integer d) -> axis(d).stride() != 0 ? axis(d).stride() : Integer.MAX_VALUE)
                        .reversed())
                .toList();
    }

    /** Whether something beyond the elements belongs to the layout: a border, or padding lanes. */
    public boolean hasGaps() {
        int next = 1;
        List<Axis> axes = inMemoryOrder();
        for (int i = axes.size() - 1; i >= 0; i--) {
            if (axes.get(i).stride() != next) {
                return true;
            }
            next = Math.multiplyExact(next, axes.get(i).extent());
        }
        boolean padded = lanes > (axes.isEmpty() ? 1 : axes.get(axes.size() - 1).extent());
        return padded || offset != 0 || size != roundUp(next) && size != next;
    }
}
