package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@link Step} whose buffers have no places yet.
 *
 * @param nodes what it is a part of, in their order; more than one where kernels of several are one
 * @param isRestoring whether it makes zero what others may have written to the memory of its first operand, and is
 *     needless where that is nobody else's
 */
record Draft(
        String name,
        String comment,
        Kernel kernel,
        String decision,
        List<BufferView> operands,
        Step.Work work,
        List<Node> nodes,
        boolean isRestoring) {
    Draft {
        operands = List.copyOf(operands);
        nodes = List.copyOf(nodes);
    }

    /** What it is a part of; of several, something that reads and computes what these do. */
    Node node() {
        Node last = nodes.get(nodes.size() - 1);
        if (nodes.size() == 1) {
            return last;
        }
        List<Value> inputs = new ArrayList<>();
        List<Value> outputs = new ArrayList<>();
        for (Node each : nodes) {
            inputs.addAll(each.inputs());
            outputs.addAll(each.outputs());
        }
        return new Node(last.name(), new Primitive.Reshape(), inputs, outputs, last.phase());
    }

    /** Where it writes to; several times the same where its kernel says so in several accesses. */
    Stream<BufferView> writes() {
        List<String> names = kernel.operands().stream().map(Operand::name).toList();
        return kernel.accesses(work).stream()
                .filter(access -> access.mode().isWrite())
                .map(access -> operands.get(names.indexOf(access.operand())));
    }

    Draft with(Kernel other) {
        return new Draft(name, comment, other, decision, operands, work, nodes, isRestoring);
    }

    Draft restoring() {
        return new Draft(name, comment, kernel, decision, operands, work, nodes, true);
    }
}
