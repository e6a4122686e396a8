package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Halos.Halo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Chooses each batched value's layout: channels innermost for what convolutions make, features innermost for what
 * products make, and for everything else the order
 * of what it is computed from.
 */
final class Layouts {
    private final Map<Value, Layout> layouts = new HashMap<>();
    private final Halos halos;
    /** What is loaded in vectors, such as the gradient by a weight gradient: their lanes must be whole. */
    private final Set<Value> vectorOperands = new HashSet<>();
    /** Values whose readers step evenly along each dimension. */
    private final Set<Value> evenOperands = new HashSet<>();

    private final boolean exact;

    /** @param exact whether every convolution is computed directly */
    Layouts(Graph graph, boolean exact) {
        this.exact = exact;
        halos = new Halos(graph, exact);
        for (Node node : graph.nodes()) {
            if (wantsEvenSteps(Primitive.Fused.anchor(node))) {
                evenOperands.addAll(node.inputs());
            }
            if (Planner.isTiledWeightGradient(node)) {
                vectorOperands.add(node.inputs().get(1));
            }
            if (TileKernels.isDepthwise(node)) {
                vectorOperands.add(node.inputs().get(0));
            }
        }
        for (Value input : graph.inputs()) {
            layouts.put(input, image(input, false));
        }
        for (Node node : graph.nodes()) {
            for (Value output : node.outputs()) {
                if (output.batched()) {
                    layouts.put(output, layout(graph, node, output));
                }
            }
        }
    }

    private static boolean wantsEvenSteps(Primitive primitive) {
        return primitive instanceof Primitive.CrossEntropy
                || primitive instanceof Primitive.Concatenate
                || primitive instanceof Primitive.Slice
                || primitive instanceof Primitive.Pad
                || primitive instanceof Primitive.PadGradient;
    }

    Layout of(Value value) {
        return layouts.computeIfAbsent(value, v -> v.batched() ? Layout.rowMajor(v.shape()) : whole(v.shape()));
    }

    boolean hasHalo(Value value) {
        return !halos.of(value).equals(Halo.NONE);
    }

    /** Whether the value has a border that must be zeros. */
    boolean readsHalo(Value value) {
        return halos.isRead(value);
    }

    Halo halo(Value value) {
        return halos.of(value);
    }

    /** How a convolution is cut for Winograd's algorithm; null where it is computed directly. */
    WinogradChoice.Tiling winograd(Node node) {
        WinogradChoice.Tiling tiling = exact ? null : WinogradChoice.of(node);
        if (tiling == null) {
            return null;
        }
        boolean whole = hasVectorsOfChannels(node.inputs().get(0))
                && (!WinogradKernels.isWeightGradient(node)
                        || hasVectorsOfChannels(node.inputs().get(1)));
        return whole ? tiling : null;
    }

    private boolean hasVectorsOfChannels(Value value) {
        Layout layout = of(value);
        return layout.isAxis(0)
                && layout.axis(0).stride() == 1
                && layout.lanes() >= Layout.roundUp(value.shape().size(0));
    }

    /** Whole values are vectors, perhaps with dimensions of size 1. */
    private static Layout whole(Shape shape) {
        return Layout.vector(shape.elements()).reshaped(shape);
    }

    private Layout layout(Graph graph, Node node, Value output) {
        Primitive primitive = Primitive.Fused.anchor(node);
        if (primitive instanceof Primitive.Reshape) {
            return moves(node) ? image(output, true) : of(node.inputs().get(0)).reshaped(output.shape());
        } else if (primitive instanceof Primitive.Convolve convolve) {
            return image(
                    output,
                    convolve.convolution().isVectorised(node.inputs().get(1).shape()));
        } else if (primitive instanceof Primitive.ConvolveInputGradient gradient) {
            return image(
                    output,
                    gradient.convolution().isVectorised(node.inputs().get(1).shape()));
        } else if (primitive instanceof Primitive.SparseInputGradient) {
            return image(output, true);
        } else if (primitive instanceof Primitive.Product) {
            return ordered(output, Layout.ascending(output.shape().rank()), true);
        } else if (primitive instanceof Primitive.ProductInputGradient) {
            // rows of several are stored in whole vectors, each beside the next
            return output.shape().rank() > 1
                    ? ordered(output, Layout.ascending(output.shape().rank()), true)
                    : of(graph.productInput(node.inputs().get(1))).packed(false).reshaped(output.shape());
        } else if (primitive instanceof Primitive.DropoutMask) {
            Node reader = graph.nodes().stream()
                    .filter(other -> other.inputs().contains(output))
                    .findFirst()
                    .orElseThrow();
            if (reader.operator() instanceof Primitive.Fused) {
                return layout(graph, reader, output); // it meets the anchor's result in registers
            }
            Layout masked = of(reader.inputs().get(0));
            return masked.packed(masked.lanes() % Layout.LANES == 0);
        } else if (primitive instanceof Primitive.LossPrimitive
                && output.shape().equals(node.inputs().get(0).shape())
                && output != node.outputs().get(0)) {
            return like(node, output, true);
        } else if (primitive instanceof Primitive.LossPrimitive) {
            return Layout.rowMajor(output.shape());
        }
        return like(node, output, false);
    }

    /**
     * Whether a reshaped value cannot stay where it is, as its readers want a border around it, or even steps along
     * its dimensions.
     */
    boolean moves(Node reshape) {
        Value output = reshape.output();
        return output.batched() && (hasHalo(output) || evenOperands.contains(output) && !isEven(reshape));
    }

    private boolean isEven(Node reshape) {
        Layout seen = of(reshape.inputs().get(0)).reshaped(reshape.output().shape());
        return IntStream.range(0, seen.dimensions().size()).allMatch(seen::isAxis);
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
        if (isOfDenseConvolution(weightGradient)
                && thrashes(own)
                && gradient.shape().size(0) % Weights.CONVOLUTION == 0) {
            return blocks(gradient.shape(), Halo.NONE);
        }
        List<Axis> lanes = own.dimensions().get(product ? rank - 1 : 0);
        boolean innermost = own.inMemoryOrder().stream().allMatch(axis -> axis.stride() > 1 || lanes.contains(axis));
        if (innermost && lanes.size() == 1 && own.lanes() % Layout.LANES == 0) {
            return own;
        }
        List<Integer> order = product ? Layout.ascending(rank) : List.of(1, 2, 0);
        return Layout.dense(gradient.shape(), order, new int[rank], new int[rank], true);
    }

    /**
     * Whether consecutive pixels of a block of channels fall into few sets of the cache and many pages. Copied into
     * panels, VGG16's weight gradients of 28 x 28 x 512 took 82 ms instead of 174, those of 112 x 112 x 128 73
     * instead of 152.
     */
    private static boolean thrashes(Layout layout) {
        return layout.isAxis(2) && layout.axis(2).stride() % 128 == 0;
    }

    /**
     * How a weight gradient reads its first input: each block of channels by itself, with its border; the value's own
     * layout if that will do.
     */
    Layout blocked(Node weightGradient) {
        Value x = weightGradient.inputs().get(0);
        Layout own = of(x);
        boolean worthwhile = isOfDenseConvolution(weightGradient)
                && thrashes(own)
                && x.shape().size(0) % Weights.CONVOLUTION == 0;
        return worthwhile ? blocks(x.shape(), halos.of(x)) : own;
    }

    /** Depthwise kernels go through all channels of a pixel. */
    private static boolean isOfDenseConvolution(Node weightGradient) {
        return Primitive.Fused.anchor(weightGradient) instanceof Primitive.ConvolveWeightGradient gradient
                && gradient.convolution().isDense();
    }

    /** Each block of channels by itself. */
    private static Layout blocks(Shape shape, Halo halo) {
        int width = Weights.CONVOLUTION;
        int columns = (halo.left() + shape.size(2) + halo.right()) * width;
        int image = Math.multiplyExact(halo.top() + shape.size(1) + halo.bottom(), columns);
        return new Layout(
                List.of(
                        List.of(new Axis(shape.size(0) / width, image), new Axis(width, 1)),
                        List.of(new Axis(shape.size(1), columns)),
                        List.of(new Axis(shape.size(2), width))),
                halo.top() * columns + halo.left() * width,
                Math.multiplyExact(shape.size(0) / width, image),
                width);
    }

    /** A layout with its border as if that were elements. */
    Layout withBorder(Layout layout, Value value) {
        Halo halo = halos.of(value);
        List<List<Axis>> dimensions = new ArrayList<>(layout.dimensions());
        Axis rows = layout.axis(1);
        Axis columns = layout.axis(2);
        dimensions.set(1, List.of(new Axis(halo.top() + rows.extent() + halo.bottom(), rows.stride())));
        dimensions.set(2, List.of(new Axis(halo.left() + columns.extent() + halo.right(), columns.stride())));
        int start = layout.offset() - halo.top() * rows.stride() - halo.left() * columns.stride();
        return new Layout(dimensions, start, layout.size(), layout.lanes());
    }

    /** Channels innermost where there are three dimensions, else row-major. */
    private Layout image(Value value, boolean padded) {
        int rank = value.shape().rank();
        List<Integer> order = rank == 3 ? List.of(1, 2, 0) : Layout.ascending(rank);
        return ordered(value, order, padded);
    }

    private Layout ordered(Value value, List<Integer> order, boolean padded) {
        int rank = value.shape().rank();
        int[] before = new int[rank];
        int[] after = new int[rank];
        Halo halo = halos.of(value);
        if (!halo.equals(Halo.NONE)) {
            before[1] = halo.top();
            after[1] = halo.bottom();
            before[2] = halo.left();
            after[2] = halo.right();
        }
        return Layout.dense(value.shape(), order, before, after, padded || vectorOperands.contains(value));
    }

    /** In the order of the first input; padded if all inputs of the same shape are. */
    private Layout like(Node node, Value output, boolean padded) {
        List<Layout> full = new ArrayList<>();
        for (Value input : node.inputs()) {
            if (input.batched()
                    && input.shape().rank() == output.shape().rank()
                    && input.role() != Value.Role.TARGET
                    && (full.isEmpty() || input.shape().equals(output.shape()))) {
                full.add(of(input));
            }
        }
        Layout first = full.isEmpty() ? of(node.inputs().get(0)) : full.get(0);
        boolean whole = padded || full.stream().allMatch(layout -> layout.lanes() % Layout.LANES == 0);
        boolean single = first.dimensions().stream().allMatch(axes -> axes.size() == 1);
        if (!single) {
            return first.reduced(output.shape()).packed(whole || vectorOperands.contains(output));
        }
        boolean sameInner = output.shape().rank() == 0
                || innerSize(output.shape(), first)
                        == innerSize(node.inputs().get(0).shape(), first);
        return ordered(output, first.order(), whole && sameInner);
    }

    private static int innerSize(Shape shape, Layout layout) {
        List<Integer> order = layout.order();
        return shape.size(order.get(order.size() - 1));
    }
}
