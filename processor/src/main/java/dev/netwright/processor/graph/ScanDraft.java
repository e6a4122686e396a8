package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Recurrence.Action;
import dev.netwright.processor.graph.Recurrence.Assign;
import dev.netwright.processor.graph.Recurrence.Multiply;
import dev.netwright.processor.graph.Recurrence.Part;
import java.util.ArrayList;
import java.util.List;

/** A loop over time while it is written. Its outputs have negative numbers, until it is known how many inputs there are. */
final class ScanDraft {
    private final List<Value> inputs = new ArrayList<>();
    private final List<Value> outputs = new ArrayList<>();
    private final List<Action> before = new ArrayList<>();
    private final List<Action> body = new ArrayList<>();
    private Part cut;

    /** The number of what the loop reads. */
    int input(Value value) {
        if (!inputs.contains(value)) {
            inputs.add(value);
        }
        return inputs.indexOf(value);
    }

    /** The number of what the loop makes. */
    int output(Value value) {
        outputs.add(value);
        return ~(outputs.size() - 1);
    }

    /** Whether it is of something that the loop makes. */
    static boolean isMade(Part part) {
        return part.value() < 0;
    }

    /** What the loop makes, of which it is a part. */
    Value made(Part part) {
        return outputs.get(~part.value());
    }

    /** Does something once before the first step. */
    void before(Action action) {
        before.add(action);
    }

    /** Does something at each step. */
    void add(Action action) {
        body.add(action);
    }

    /** Lets no gradient through the states that a step reads where this is above 0. */
    void cut(Part where) {
        cut = where;
    }

    void write(Lowering l, int steps, boolean descending) {
        Part where = cut == null ? null : numbered(cut);
        l.node(
                new Primitive.Scan(new Recurrence(steps, descending, numbered(before), numbered(body), where)),
                inputs,
                outputs);
    }

    private List<Action> numbered(List<Action> actions) {
        return actions.stream().map(this::numbered).toList();
    }

    private Action numbered(Action action) {
        if (action instanceof Assign assign) {
            return new Assign(
                    assign.name(),
                    numbered(assign.to()),
                    assign.formula(),
                    assign.arguments().stream().map(this::numbered).toList());
        }
        Multiply product = (Multiply) action;
        return new Multiply(
                product.name(),
                numbered(product.to()),
                numbered(product.x()),
                product.weight(),
                product.bias(),
                product.transposed(),
                product.addends().stream().map(this::numbered).toList());
    }

    private Part numbered(Part part) {
        return new Part(
                part.value() < 0 ? inputs.size() + ~part.value() : part.value(), part.row(), part.from(), part.size());
    }
}
