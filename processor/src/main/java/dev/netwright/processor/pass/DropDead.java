package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value.Role;

/** Removes nodes whose results nobody uses. */
final class DropDead {
    private DropDead() {}

    static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        for (Node node = rewriter.last(), before; node != null; node = before) {
            before = rewriter.before(node);
            boolean effect = node.outputs().isEmpty()
                    || node.outputs().stream().anyMatch(output -> output.role() == Role.GRADIENT);
            if (!effect && node.outputs().stream().noneMatch(rewriter::isRead)) {
                rewriter.erase(node);
            }
        }
        return rewriter.graph();
    }
}
