package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.Normalize;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Points out layers that read the bytes of an input without scaling them. */
public final class ByteScale {
    private ByteScale() {}

    /** Reports each such layer, unless it or its class silences that. */
    public static void check(DeclaredNetwork network, Network built, ProblemReport report) {
        String id = Problem.BYTE_SCALE.id();
        if (network.options().suppressed().contains(id)) {
            return;
        }
        Map<String, DeclaredLayer> own =
                network.layers().stream().collect(Collectors.toMap(DeclaredLayer::fieldName, Function.identity()));
        for (LayerNode node : built.layers()) {
            DeclaredLayer layer = own.get(node.name());
            if (layer == null) {
                continue; // what is inherited, or within a block, is not this class's to mend
            }
            for (Value input : node.inputs()) {
                boolean scaled = input.type() != ElementType.UINT8 || node.layer() instanceof Normalize;
                if (!scaled && !layer.suppressed().contains(id)) {
                    report.add(Problem.BYTE_SCALE, layer.origin(), layer.fieldName(), input.name());
                }
            }
        }
    }
}
