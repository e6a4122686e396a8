package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * One application of a primitive.
 *
 * @param name for people: the layer that it is part of
 * @param operator what it does
 * @param inputs in the primitive's order
 * @param outputs one, or as many as the primitive has
 * @param phase when it runs
 */
public record Node(String name, Primitive operator, List<Value> inputs, List<Value> outputs, Phase phase) {
    /** The parts of a step, in order. */
    public enum Phase {
        FORWARD,
        LOSS,
        BACKWARD,
        /** Changes to buffers, only after the loss was found finite. */
        COMMIT
    }

    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The same node reading another value as one of its inputs. */
    public Node withInput(int index, Value input) {
        if (inputs.get(index).equals(input)) {
            return this;
        }
        List<Value> changed = new ArrayList<>(inputs);
        changed.set(index, input);
        return new Node(name, operator, changed, outputs, phase);
    }

    /**
     * What an element-wise operator or a reduction goes over: the shape to which its inputs are broadcast, which is a map's
     * result though all of its inputs may be smaller.
     */
    public Shape space() {
        if (operator instanceof Primitive.Map) {
            return output().shape();
        }
        List<Shape> shapes = inputs.stream().map(Value::shape).toList();
        return Shape.broadcast(shapes)
                .orElseThrow(() -> new IllegalStateException(name + " cannot broadcast " + inputs));
    }

    public Value output() {
        return outputs.get(0);
    }
}
