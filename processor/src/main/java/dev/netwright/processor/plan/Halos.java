package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The border of zeros that each value carries so that no convolution reading it needs to look where it is: as wide as
 * the widest reader asks for.
 */
final class Halos {
    /** Places before and after the elements along one axis. */
    record Border(int before, int after) {
        static final Border NONE = new Border(0, 0);

        private Border union(Border other) {
            return new Border(Math.max(before, other.before), Math.max(after, other.after));
        }

        /** Size of an axis with its border. */
        int around(int extent) {
            return before + extent + after;
        }
    }

    /**
     * The border of a value.
     *
     * @param axes along each axis behind the channels; none where it has no border at all
     */
    record Halo(List<Border> axes) {
        static final Halo NONE = new Halo(List.of());

        Halo {
            axes = axes.stream().allMatch(Border.NONE::equals) ? List.of() : List.copyOf(axes);
        }

        /** Along one of the axes behind the channels. */
        Border axis(int axis) {
            return axes.isEmpty() ? Border.NONE : axes.get(axis);
        }

        /** For people, behind how the elements lie; empty where there is none. */
        String inWords() {
            return axes.isEmpty()
                    ? ""
                    : axes.stream()
                            .map(border -> border.before() + "+" + border.after())
                            .collect(Collectors.joining(" x ", ", within a border of ", " zeros"));
        }

        Halo union(Halo other) {
            return new Halo(IntStream.range(0, Math.max(axes.size(), other.axes.size()))
                    .mapToObj(i -> axis(i).union(other.axis(i)))
                    .toList());
        }
    }

    private final Map<Value, Halo> halos = new HashMap<>();
    /** Values whose border somebody reads, so that it must be zeros. */
    private final Set<Value> read = new HashSet<>();

    Halos(Graph graph) {
        for (Node node : graph.nodes()) {
            Primitive primitive = Primitive.Fused.anchor(node);
            if (primitive instanceof Primitive.SparseInputGradient gradient) {
                Value written = node.outputs().get(0);
                Shape pooled = node.inputs().get(0).shape();
                halos.merge(written, patches(gradient.convolution(), pooled), Halo::union);
            }
            WinogradTiling tiling = WinogradTiling.of(node);
            if (!node.inputs().isEmpty()) {
                require(node.inputs().get(0), ofInput(node));
            }
            if (tiling != null && WinogradKernels.isWeightGradient(node)) {
                Value gradient = node.inputs().get(1);
                require(gradient, tiling.filling(gradient.shape()));
            }
        }
    }

    /** The zeros that a node reads around its first input. */
    static Halo ofInput(Node node) {
        Primitive primitive = Primitive.Fused.anchor(node);
        WinogradTiling tiling = WinogradTiling.of(node);
        if (tiling != null) {
            return tiling.border();
        } else if (primitive instanceof Primitive.Convolve convolve) {
            return forward(convolve.convolution());
        } else if (primitive instanceof Primitive.ConvolveWeightGradient gradient) {
            return forward(gradient.convolution());
        } else if (primitive instanceof Primitive.SparseWeightGradient gradient) {
            return forward(gradient.convolution());
        } else if (primitive instanceof Primitive.ConvolveInputGradient gradient) {
            return backward(gradient.convolution());
        }
        return Halo.NONE;
    }

    Halo of(Value value) {
        return halos.getOrDefault(value, Halo.NONE);
    }

    /** Whether the value has a border that somebody reads. */
    boolean isRead(Value value) {
        return read.contains(value);
    }

    private void require(Value value, Halo halo) {
        if (!halo.equals(Halo.NONE)) {
            read.add(value);
        }
        halos.merge(value, halo, Halo::union);
    }

    private static Halo forward(Convolution c) {
        return new Halo(c.windows().stream()
                .map(window -> new Border(window.before(), Math.max(0, window.after())))
                .toList());
    }

    private static Halo backward(Convolution c) {
        return new Halo(c.windows().stream().map(Halos::reach).toList());
    }

    /** Input i reads gradient (i + before - tap * dilation) / stride. */
    private static Border reach(Window window) {
        int before = window.before();
        int first = Math.floorDiv(before - (window.kernel() - 1) * window.dilation(), window.stride());
        int last = Math.floorDiv(window.extent() - 1 + before, window.stride());
        return new Border(Math.max(0, -first), Math.max(0, last - (window.output() - 1)));
    }

    /** The places beside the input that the convolution reads for a window of two by two outputs. */
    private static Halo patches(Convolution c, Shape pooled) {
        List<Border> axes = new ArrayList<>();
        for (int i = 0; i < c.windows().size(); i++) {
            Window window = c.windows().get(i);
            int last = 2 * pooled.size(i + 1) - 1 + window.beforeOfGradient();
            axes.add(new Border(window.before(), Math.max(0, last - (window.extent() - 1))));
        }
        return new Halo(axes);
    }
}
