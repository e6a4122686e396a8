package dev.netwright.processor.pass;

import dev.netwright.processor.graph.ExprProgram;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Recurrence;
import dev.netwright.processor.graph.Recurrence.Action;
import dev.netwright.processor.graph.Recurrence.Assign;
import dev.netwright.processor.graph.Recurrence.Multiply;
import dev.netwright.processor.graph.Recurrence.Part;
import dev.netwright.processor.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a loop over time says, action by action. */
final class Loops {
    private final Node node;
    private final Recurrence recurrence;
    private final int samples;
    private final Map<Value, double[]> values = new HashMap<>();

    Loops(Node node, int samples, Function<Value, double[]> given) {
        this.node = node;
        this.recurrence = ((Primitive.Scan) node.operator()).recurrence();
        this.samples = samples;
        node.inputs().forEach(input -> values.put(input, given.apply(input)));
        node.outputs()
                .forEach(output ->
                        values.put(output, new double[samples * output.shape().elements()]));
    }

    /** All outputs. */
    List<double[]> run() {
        int last = recurrence.steps() - 1;
        all(recurrence.before(), recurrence.descending() ? last : 0);
        for (int i = 0; i <= last; i++) {
            all(recurrence.body(), recurrence.descending() ? last - i : i);
        }
        return node.outputs().stream().map(values::get).toList();
    }

    private void all(List<Action> actions, int step) {
        for (Action action : actions) {
            for (int sample = 0; sample < samples; sample++) {
                if (action instanceof Assign assign) {
                    assign(assign, sample, step);
                } else {
                    multiply((Multiply) action, sample, step);
                }
            }
        }
    }

    private void assign(Assign assign, int sample, int step) {
        ExprProgram program = new ExprProgram(assign.formula().value());
        for (int j = 0; j < assign.to().size(); j++) {
            float[] arguments = new float[assign.arguments().size()];
            for (int i = 0; i < arguments.length; i++) {
                Part part = assign.arguments().get(i);
                arguments[i] = (float) values.get(value(part))[at(part, part.size() == 1 ? 0 : j, sample, step)];
            }
            values.get(value(assign.to()))[at(assign.to(), j, sample, step)] = program.evaluate(arguments);
        }
    }

    private void multiply(Multiply product, int sample, int step) {
        double[] weight = values.get(node.inputs().get(product.weight()));
        int columns = node.inputs().get(product.weight()).shape().size(1);
        double[] x = values.get(value(product.x()));
        double[] sums = new double[product.to().size()];
        for (int j = 0; j < sums.length; j++) {
            sums[j] = product.bias() == Multiply.NONE
                    ? 0
                    : values.get(node.inputs().get(product.bias()))[j];
            for (int i = 0; i < product.x().size(); i++) {
                double factor = product.transposed() ? weight[i * columns + j] : weight[j * columns + i];
                sums[j] += x[at(product.x(), i, sample, step)] * factor;
            }
            for (Part addend : product.addends()) {
                sums[j] += values.get(value(addend))[at(addend, j, sample, step)];
            }
        }
        for (int j = 0; j < sums.length; j++) {
            values.get(value(product.to()))[at(product.to(), j, sample, step)] = sums[j];
        }
    }

    private Value value(Part part) {
        return Recurrence.value(node, part.value());
    }

    private int at(Part part, int feature, int sample, int step) {
        Value value = value(part);
        int features = value.shape().size(value.shape().rank() - 1);
        int start = value.batched() ? sample * value.shape().elements() : 0;
        int row = value.shape().rank() == 2 ? step + part.row() : 0;
        return start + row * features + part.from() + feature;
    }
}
