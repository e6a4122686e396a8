package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.Normalize;

/** Points out layers that read the bytes of an input without scaling them. */
public final class ByteScale {
    private ByteScale() {}

    /** Reports each such layer, unless it or its class silences that. */
    public static void check(DeclaredNetwork network, Graph graph, ProblemReport report) {
        String id = Problem.BYTE_SCALE.id();
        if (network.options().suppressed().contains(id)) {
            return;
        }
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            DeclaredLayer layer = network.layers().get(i);
            for (Value input : node.inputs()) {
                boolean scaled = input.type() != ElementType.UINT8 || node.operator() instanceof Normalize;
                if (!scaled && !layer.suppressed().contains(id)) {
                    report.add(Problem.BYTE_SCALE, layer.origin(), layer.fieldName(), input.name());
                }
            }
        }
    }
}
