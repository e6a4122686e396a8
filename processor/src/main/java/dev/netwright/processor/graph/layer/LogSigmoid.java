package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * The logarithm of the sigmoid: -log(1 + e^-x).
 *
 * @param output shape of one sample
 */
public record LogSigmoid(Shape output) implements DerivedActivation {
    static LogSigmoid create(Attributes a, List<Shape> inputs) {
        return new LogSigmoid(Activation.single(inputs));
    }

    @Override
    public Dual of(Dual x) {
        return x.negated().softplus().negated();
    }
}
