package dev.netwright.processor.operators;

import dev.netwright.processor.generated.NetworkSource;
import java.util.function.Function;

/**
 * An annotation, and how networks for it are drawn.
 *
 * @param annotation simple name
 * @param range inputs are within plus and minus this
 * @param draw a network of this operator alone, without a name
 * @param sharers annotations that share the operator, and divide its cases among them
 */
record OperatorRow(String annotation, double range, Function<Dice, NetworkSource> draw, int sharers) {
    OperatorRow(String annotation, double range, Function<Dice, NetworkSource> draw) {
        this(annotation, range, draw, 1);
    }

    OperatorCase.Drawing drawing() {
        return new OperatorCase.Drawing(annotation, range, draw, sharers);
    }

    @Override
    public String toString() {
        return annotation;
    }
}
