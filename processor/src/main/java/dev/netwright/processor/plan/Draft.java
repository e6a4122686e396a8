package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import java.util.List;

/**
 * A {@link Step} whose buffers have no places yet.
 *
 * @param isRestoring whether it makes zero what others may have written to the memory of its first operand, and is
 *     needless where that is nobody else's
 */
record Draft(
        String name,
        String comment,
        Kernel kernel,
        List<BufferView> operands,
        Step.Work work,
        Node node,
        boolean isRestoring) {
    Draft {
        operands = List.copyOf(operands);
    }

    Draft restoring() {
        return new Draft(name, comment, kernel, operands, work, node, true);
    }
}
