package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;

/** Batch normalisation behind what has pooled an image to a single value for each channel; features of a vector are meant. */
final class BatchNormSingle implements Lint {
    @Override
    public Problem problem() {
        return Problem.BATCH_NORM_SINGLE;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LayerNode node : network.layers()) {
            Shape shape = node.output().shape();
            if (Kinds.isBatchNorm(node) && shape.rank() > 1 && shape.elements() == shape.size(0)) {
                findings.add(node, node.name(), shape);
            }
        }
    }
}
