package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reductions over the batch that stand in a row, none of which reads another: the sums of each sample are kept until all
 * have theirs, and are combined then. Gradients by weights may stand between and behind them: workers meet before these
 * in any case, as they sum over the batch, and need not meet once more for the combination.
 */
final class ReductionRuns {
    private final List<Node> nodes;
    private final int[] ends;

    ReductionRuns(Graph graph) {
        nodes = graph.nodes();
        ends = new int[nodes.size()];
        for (int first = 0, next; first < nodes.size(); first = next) {
            next = first + 1;
            Set<Value> made = new HashSet<>(nodes.get(first).outputs());
            while (next < nodes.size() && continues(first, next, made)) {
                made.addAll(nodes.get(next++).outputs());
            }
            Arrays.fill(ends, first, next, next - 1);
        }
    }

    private boolean continues(int first, int next, Set<Value> made) {
        Node candidate = nodes.get(next);
        return (isOverBatch(candidate) || isWeightGradient(candidate))
                && isOverBatch(nodes.get(first))
                && candidate.phase() == nodes.get(first).phase()
                && candidate.inputs().stream().noneMatch(made::contains);
    }

    static boolean isOverBatch(Node node) {
        return node.operator() instanceof Reduce reduce && reduce.overBatch();
    }

    private static boolean isWeightGradient(Node node) {
        Primitive primitive = Primitive.Fused.anchor(node);
        return primitive instanceof Primitive.ConvolveWeightGradient
                || primitive instanceof Primitive.SparseWeightGradient
                || primitive instanceof Primitive.ProductWeightGradient;
    }

    /** Whether a node is the last of a row. */
    boolean isEnd(int position) {
        return ends[position] == position;
    }
}
