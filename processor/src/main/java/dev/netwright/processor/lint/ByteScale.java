package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.Normalize;

/** Layers that read the bytes of an input without scaling them. */
final class ByteScale implements Lint {
    @Override
    public Problem problem() {
        return Problem.BYTE_SCALE;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LayerNode node : network.layers()) {
            for (Value input : node.inputs()) {
                if (input.type() == ElementType.UINT8 && !(node.layer() instanceof Normalize)) {
                    findings.add(node, node.name(), input.name());
                }
            }
        }
    }
}
