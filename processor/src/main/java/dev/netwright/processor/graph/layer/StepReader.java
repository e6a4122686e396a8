package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Value;
import java.util.List;

/** A layer over steps, whose last input may tell how many of them each sample has. */
public interface StepReader extends Layer {
    /** Steps of a sample at most. */
    int steps();

    /** Whether lengths are given. */
    boolean hasLengths();

    /** The input that tells them. */
    static Value lengths(List<Value> inputs) {
        return inputs.get(inputs.size() - 1);
    }

    @Override
    default Layer reading(List<Value> inputs) {
        if (hasLengths() && lengths(inputs).type() != ElementType.INT32) {
            Value given = lengths(inputs);
            throw new LayerException(
                    "lengths",
                    "lengths of %s are whole numbers, but " + given.name() + " is "
                            + (given.role() == Value.Role.INPUT
                                    ? "an input of floats or bytes"
                                    : "what a layer computes"),
                    "Name an input of ints: @Input(name = \"length\", shape = 1, type = InputType.INT32).");
        }
        return this;
    }
}
