package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Halos.Border;
import dev.netwright.processor.plan.Halos.Halo;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where each value's elements lie, and which border of zeros it has. */
final class Layouts {
    /** With fewer, bands are too short for the time a tile takes to add its sums. */
    private static final int FEWEST_POSITIONS_IN_PLACE = 64;

    private static final int MOST_CHANNELS_IN_PLACE = 128;

    private final Map<Value, Layout> layouts;
    private final Map<Value, Halo> borders;
    private final Set<Value> moved;
    private final Set<Value> readBorders;

    /**
     * @param layouts of batched values
     * @param borders of those that have one
     * @param moved results of views that do not stay where they are
     * @param readBorders values whose border somebody reads
     */
    Layouts(Map<Value, Layout> layouts, Map<Value, Halo> borders, Set<Value> moved, Set<Value> readBorders) {
        this.layouts = layouts;
        this.borders = borders;
        this.moved = moved;
        this.readBorders = readBorders;
    }

    Layout of(Value value) {
        Layout known = layouts.get(value);
        if (known != null) {
            return known;
        }
        return value.batched() ? Layout.rowMajor(value.shape()) : whole(value.shape());
    }

    boolean hasHalo(Value value) {
        return !halo(value).equals(Halo.NONE);
    }

    /** Whether the value has a border that must be zeros. */
    boolean readsHalo(Value value) {
        return hasHalo(value) && readBorders.contains(value);
    }

    Halo halo(Value value) {
        return borders.getOrDefault(value, Halo.NONE);
    }

    /** Whether a view's elements do not stay where they were. */
    boolean moves(Node view) {
        return moved.contains(view.output());
    }

    /** Whole values are vectors, perhaps with dimensions of size 1. */
    static Layout whole(Shape shape) {
        return Layout.vector(shape.elements()).reshaped(shape);
    }

    /**
     * How a weight gradient loads its second input: in whole vectors along the channels or features. The value's own
     * layout if that will do.
     */
    Layout vectors(Node weightGradient) {
        Value gradient = weightGradient.inputs().get(1);
        Layout own = of(gradient);
        int rank = gradient.shape().rank();
        boolean product = Primitive.Fused.anchor(weightGradient) instanceof Primitive.ProductWeightGradient;
        if (isCopied(weightGradient) && thrashes(own) && gradient.shape().size(0) % Weights.CONVOLUTION == 0) {
            return blocks(gradient.shape(), Halo.NONE);
        }
        if (own.isEven() && own.hasVectors(product ? rank - 1 : 0)) {
            return own;
        }
        List<Integer> order = product ? Layout.ascending(rank) : Layout.channelsInnermost(rank);
        return Layout.dense(gradient.shape(), order, new int[rank], new int[rank], true);
    }

    /**
     * Whether consecutive pixels of a block of channels fall into few sets of the cache and many pages. Copied into
     * panels, VGG16's weight gradients of 28 x 28 x 512 took 82 ms instead of 174, those of 112 x 112 x 128 73
     * instead of 152.
     */
    private static boolean thrashes(Layout layout) {
        return layout.isEven() && layout.columns().stride() % 128 == 0;
    }

    /**
     * How a weight gradient reads its first input: each block of channels by itself, with its border; the value's own
     * layout if that will do.
     */
    Layout blocked(Node weightGradient) {
        Value x = weightGradient.inputs().get(0);
        Layout own = of(x);
        boolean worthwhile =
                isCopied(weightGradient) && thrashes(own) && x.shape().size(0) % Weights.CONVOLUTION == 0;
        return worthwhile ? blocks(x.shape(), halo(x)) : own;
    }

    /** Whether a copy in blocks pays where an operand thrashes. Depthwise kernels go through all channels of a pixel. */
    private static boolean isCopied(Node weightGradient) {
        return Primitive.Fused.anchor(weightGradient) instanceof Primitive.ConvolveWeightGradient gradient
                && gradient.convolution().isDense()
                && !isInPlace(weightGradient);
    }

    /**
     * Whether a weight gradient reads both operands where they lie, whatever their strides. With one tap and few channels on
     * one side each value is read too few times to pay for a copy. Batch 8, two threads: 64 channels to 256 of 56 x 56
     * took 1.1 ms to copy and 3.7 to multiply, in place 3.5; 256 to 1024 of 14 x 14 0.1 and 2.3, in place 2.6.
     */
    static boolean isInPlace(Node weightGradient) {
        Shape x = weightGradient.inputs().get(0).shape();
        Shape gradient = weightGradient.inputs().get(1).shape();
        return Primitive.Fused.anchor(weightGradient) instanceof Primitive.ConvolveWeightGradient convolve
                && convolve.convolution().isPointwise()
                && Math.min(x.size(0), gradient.size(0)) <= MOST_CHANNELS_IN_PLACE
                && gradient.elements() / gradient.size(0) >= FEWEST_POSITIONS_IN_PLACE;
    }

    /** Each block of channels by itself. */
    private static Layout blocks(Shape shape, Halo halo) {
        int width = Weights.CONVOLUTION;
        LinkedList<List<Axis>> dimensions = new LinkedList<>();
        int stride = width;
        int start = 0;
        for (int d = shape.rank() - 1; d > 0; d--) {
            Border border = halo.axis(d - 1);
            dimensions.addFirst(List.of(new Axis(shape.size(d), stride)));
            start += border.before() * stride;
            stride = Math.multiplyExact(stride, border.around(shape.size(d)));
        }
        dimensions.addFirst(List.of(new Axis(shape.size(0) / width, stride), new Axis(width, 1)));
        return new Layout(dimensions, start, Math.multiplyExact(shape.size(0) / width, stride), width);
    }

    /** A layout with its border as if that were elements. */
    Layout withBorder(Layout layout, Value value) {
        Halo halo = halo(value);
        List<List<Axis>> dimensions = new ArrayList<>(layout.dimensions());
        int start = layout.offset();
        for (int d = 1; d < dimensions.size(); d++) {
            Axis axis = layout.axis(d);
            Border border = halo.axis(d - 1);
            dimensions.set(d, List.of(new Axis(border.around(axis.extent()), axis.stride())));
            start -= border.before() * axis.stride();
        }
        return new Layout(dimensions, start, layout.size(), layout.lanes());
    }
}
