package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Optional;

/** A Linear over the columns of an image alone, as what computed the image stands right before it. */
final class FlattenMissing implements Lint {
    @Override
    public Problem problem() {
        return Problem.FLATTEN_MISSING;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LayerNode node : network.layers()) {
            if (at(node, network)) {
                Shape shape = node.inputs().get(0).shape();
                findings.add(node, node.name(), shape.size(shape.rank() - 1), shape, shape.elements());
            }
        }
    }

    /** Whether a layer is such a Linear. */
    static boolean at(LayerNode node, LintedNetwork network) {
        return Kinds.isLinear(node)
                && !node.inputs().isEmpty()
                && node.inputs().get(0).shape().rank() > 1
                && isImage(node.inputs().get(0), network);
    }

    /** Activations and the like change nothing about what the dimensions are. */
    private static boolean isImage(Value value, LintedNetwork network) {
        Optional<LayerNode> node = network.producer(value);
        while (node.isPresent()) {
            LayerNode found = node.get();
            String name = found.layer().name();
            if (name.endsWith("1d") || name.endsWith("2d") || name.endsWith("3d")) {
                return true;
            }
            boolean elementwise = found.inputs().size() == 1
                    && found.parameters().isEmpty()
                    && !name.equals("Permute")
                    && found.output().shape().equals(found.inputs().get(0).shape());
            node = elementwise ? network.producer(found.inputs().get(0)) : Optional.empty();
        }
        return false;
    }
}
