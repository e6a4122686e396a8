package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;

/** Finds who plans a convolution or a product. */
final class TileKernels {
    private TileKernels() {}

    static void plan(StepPlanner planner, Node node) {
        Primitive primitive = Primitive.Fused.anchor(node);
        if (primitive instanceof Primitive.Product) {
            planner.decide(
                    Topic.KERNEL,
                    "product in register tiles",
                    planner.parameters().weights(node.inputs().get(1)).reason());
            new ProductKernels(planner, node).forward();
        } else if (primitive instanceof Primitive.ProductInputGradient) {
            new ProductKernels(planner, node).inputGradient();
        } else if (primitive instanceof Primitive.ProductWeightGradient) {
            new ProductKernels(planner, node).weightGradient();
        } else if (primitive instanceof Primitive.MatMul) {
            new MatMulKernels(planner, node).plan();
        } else if (isSparse(primitive)) {
            new SparseGradientKernels(planner, node).plan(primitive);
        } else {
            convolution(planner, node, primitive);
        }
        if (Planner.isGradient(node.output())) {
            new ZeroKernels(planner).lanesAgain(node.output());
        }
    }

    /** Whether a node computes a convolution's gradient by the windows of the pool behind it. */
    static boolean isSparse(Primitive primitive) {
        return primitive instanceof Primitive.SparseWeightGradient
                || primitive instanceof Primitive.SparseInputGradient;
    }

    private static void convolution(StepPlanner planner, Node node, Primitive primitive) {
        Convolution convolution = convolution(primitive);
        WinogradTiling tiling = WinogradTiling.of(node);
        ConvolutionPlanner kernels;
        if (tiling != null) {
            planner.decide(Topic.KERNEL, "transforms and products of points", tiling.reason());
            kernels = new WinogradKernels(planner, node, tiling);
        } else if (isDepthwise(node)) {
            planner.decide(
                    Topic.KERNEL,
                    "each channel by itself",
                    "No two channels are in one sum, so channels fill the vectors and nothing is broadcast.");
            kernels = new DepthwiseKernels(planner, node);
        } else if (hasBlocksWithinGroups(node, convolution)) {
            planner.decide(
                    Topic.KERNEL,
                    "register tiles",
                    primitive instanceof Primitive.Convolve
                            ? planner.parameters().weights(node.inputs().get(1)).reason()
                            : "All lanes of a vector read the same input, which is loaded once for all of them.");
            kernels = new ConvolutionKernels(planner, node);
        } else {
            planner.decide(
                    Topic.KERNEL,
                    "blocks over several groups",
                    "The channels of one of the " + convolution.groups()
                            + " groups do not fill a vector, so each lane reads its own group's input.");
            kernels = new GroupedKernels(planner, node);
        }
        if (primitive instanceof Primitive.Convolve) {
            kernels.forward(convolution);
        } else if (primitive instanceof Primitive.ConvolveInputGradient) {
            kernels.inputGradient(convolution);
        } else {
            kernels.weightGradient(convolution);
        }
    }

    private static boolean hasBlocksWithinGroups(Node node, Convolution convolution) {
        Primitive primitive = Primitive.Fused.anchor(node);
        boolean byWeight = primitive instanceof Primitive.ConvolveWeightGradient;
        Groups groups =
                Groups.of(convolution, (byWeight ? node.output() : node.inputs().get(1)).shape());
        return primitive instanceof Primitive.ConvolveInputGradient
                ? groups.hasBlocksOfInputs()
                : groups.hasBlocksOfOutputs();
    }

    /** Whether the node is one of the three sums of a convolution of each channel by itself. */
    static boolean isDepthwise(Node node) {
        Primitive primitive = Primitive.Fused.anchor(node);
        if (primitive instanceof Primitive.ConvolveWeightGradient gradient) {
            return gradient.convolution().isDepthwise(node.output().shape());
        }
        return (primitive instanceof Primitive.Convolve || primitive instanceof Primitive.ConvolveInputGradient)
                && convolution(primitive).isDepthwise(node.inputs().get(1).shape());
    }

    /** The geometry of one of the three sums of a convolution. */
    static Convolution convolution(Primitive primitive) {
        if (primitive instanceof Primitive.Convolve convolve) {
            return convolve.convolution();
        } else if (primitive instanceof Primitive.ConvolveInputGradient gradient) {
            return gradient.convolution();
        } else if (primitive instanceof Primitive.ConvolveWeightGradient gradient) {
            return gradient.convolution();
        }
        throw new IllegalStateException("no kernel for " + primitive);
    }
}
