package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Halos.Halo;

/** What the kernels of each primitive require of their operands, as far as that does not depend on other operands. */
final class Requirements {
    private Requirements() {}

    /**
     * Of one batched input of a node.
     *
     * @param operand which input
     */
    static Requirement of(Node node, int operand) {
        Primitive primitive = Fused.anchor(node);
        if (operand >= Fused.of(node).anchorInputs()) {
            return ofEpilogue(node, primitive);
        }
        if (isOfConvolution(primitive)) {
            return ofConvolution(node, operand);
        } else if (primitive instanceof Primitive.Custom
                || primitive instanceof Primitive.CustomGradient
                || primitive instanceof Primitive.GatherGradient && operand == 1
                || primitive instanceof Primitive.Ctc && operand == 0) {
            return Requirement.PACKED;
        } else if (primitive instanceof Primitive.MaxPool && operand > 0) {
            return Requirement.vectors(0);
        } else if (TileKernels.isSparse(primitive)) {
            boolean image = primitive instanceof Primitive.SparseWeightGradient && operand == 0;
            return image ? Requirement.neighbours(0).within(Halos.ofInput(node)) : Requirement.EVEN;
        } else if (primitive instanceof Primitive.Product
                || primitive instanceof Primitive.ProductWeightGradient && operand == 0) {
            return Requirement.leading(node.inputs().get(operand).shape().rank() - 1);
        } else if (primitive instanceof Primitive.MatMul && operand == 1 || isRow(node, primitive, operand)) {
            return Requirement.vectors(node.inputs().get(operand).shape().rank() - 1);
        } else if (primitive instanceof Primitive.ProductInputGradient
                || primitive instanceof Primitive.MatMul
                || primitive instanceof Primitive.Scan
                || primitive instanceof Primitive.CrossEntropy
                || primitive instanceof Primitive.Concatenate
                || primitive instanceof Primitive.Pad
                || primitive instanceof Primitive.PadGradient
                || primitive instanceof Primitive.Resample
                || isOfPool(primitive)) {
            return Requirement.EVEN;
        }
        // a product's weight gradient copies what does not lie in vectors itself
        return Requirement.NONE;
    }

    /** Whether a loop over time goes over an input in vectors; not where it is one number at each step. */
    private static boolean isRow(Node node, Primitive primitive, int operand) {
        Shape shape = node.inputs().get(operand).shape();
        return primitive instanceof Primitive.Scan && shape.size(shape.rank() - 1) > 1;
    }

    /** Whether a primitive goes along the axes behind the channels. */
    static boolean isOfWindows(Primitive primitive) {
        return isOfConvolution(primitive) || isOfPool(primitive) || TileKernels.isSparse(primitive);
    }

    private static boolean isOfConvolution(Primitive primitive) {
        return primitive instanceof Primitive.Convolve
                || primitive instanceof Primitive.ConvolveInputGradient
                || primitive instanceof Primitive.ConvolveWeightGradient;
    }

    private static boolean isOfPool(Primitive primitive) {
        return primitive instanceof Primitive.MaxPool
                || primitive instanceof Primitive.AveragePool
                || primitive instanceof Primitive.MaxPoolGradient
                || primitive instanceof Primitive.AveragePoolGradient;
    }

    private static Requirement ofConvolution(Node node, int operand) {
        WinogradTiling tiling = WinogradTiling.of(node);
        if (operand > 0) {
            Halo filling = tiling == null
                    ? Halo.NONE
                    : tiling.filling(node.inputs().get(operand).shape());
            // where it is not cut into tiles, a weight gradient copies what does not lie in vectors itself
            return tiling != null ? Requirement.vectors(0).within(filling) : Requirement.NONE;
        }
        boolean lanes = tiling != null || TileKernels.isDepthwise(node);
        return (lanes ? Requirement.vectors(0) : Requirement.EVEN).within(Halos.ofInput(node));
    }

    /** The further operands of an epilogue are loaded in the vectors of the result. */
    private static Requirement ofEpilogue(Node node, Primitive primitive) {
        Value result = node.outputs().get(node.outputs().size() - 1);
        return Requirement.vectors(
                isOfConvolution(primitive) ? 0 : result.shape().rank() - 1);
    }
}
