package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The border of zeros that each value carries so that no convolution reading it needs to look where it is: as wide as
 * the widest reader asks for.
 */
final class Halos {
    /** Places before and after rows, and before and after columns. */
    record Halo(int top, int bottom, int left, int right) {
        static final Halo NONE = new Halo(0, 0, 0, 0);

        Halo union(Halo other) {
            return new Halo(
                    Math.max(top, other.top),
                    Math.max(bottom, other.bottom),
                    Math.max(left, other.left),
                    Math.max(right, other.right));
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
                halos.merge(
                        written, patches(gradient.convolution(), node.inputs().get(0), written), Halo::union);
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
            return backward(
                    gradient.convolution(), node.inputs().get(0), node.outputs().get(0));
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
        return new Halo(
                c.before().rows(),
                c.after().rows(),
                c.before().columns(),
                c.after().columns());
    }

    /** Input row i reads gradient rows (i + before - tap * dilation) / stride. */
    private static Halo backward(Convolution c, Value gradient, Value input) {
        int[] rows = reach(
                c.kernel().rows(),
                c.stride().rows(),
                c.dilation().rows(),
                c.before().rows(),
                input.shape().size(1),
                gradient.shape().size(1));
        int[] columns = reach(
                c.kernel().columns(),
                c.stride().columns(),
                c.dilation().columns(),
                c.before().columns(),
                input.shape().size(2),
                gradient.shape().size(2));
        return new Halo(rows[0], rows[1], columns[0], columns[1]);
    }

    /** The places beside the input that the convolution reads for a window of two by two outputs. */
    private static Halo patches(Convolution c, Value pooled, Value input) {
        int bottom = 2 * pooled.shape().size(1)
                - 1
                + c.kernel().rows()
                - 1
                - c.before().rows();
        int right = 2 * pooled.shape().size(2)
                - 1
                + c.kernel().columns()
                - 1
                - c.before().columns();
        return new Halo(
                c.before().rows(),
                Math.max(0, bottom - (input.shape().size(1) - 1)),
                c.before().columns(),
                Math.max(0, right - (input.shape().size(2) - 1)));
    }

    private static int[] reach(int kernel, int stride, int dilation, int before, int input, int output) {
        int first = Math.floorDiv(before - (kernel - 1) * dilation, stride);
        int last = Math.floorDiv(input - 1 + before, stride);
        return new int[] {Math.max(0, -first), Math.max(0, last - (output - 1))};
    }
}
