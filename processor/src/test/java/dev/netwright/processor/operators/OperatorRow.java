package dev.netwright.processor.operators;

import dev.netwright.processor.generated.NetworkSource;
import java.util.function.Function;

/**
 * An annotation, and how networks for it are drawn.
 *
 * @param annotation simple name
 * @param range inputs are within plus and minus this
 * @param draw a network of this operator alone, without a name
 */
record OperatorRow(String annotation, double range, Function<Dice, NetworkSource> draw) {
    @Override
    public String toString() {
        return annotation;
    }
}
