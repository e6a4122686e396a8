package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Value;
import java.util.List;

/** The p-norm of elements along some dimensions, whose gradient is 0 where it is 0. */
final class Norms {
    private Norms() {}

    /** p from 1 to infinity. */
    static double power(Attributes a, String name) {
        double power = Reals.finiteOrInfinite(a, name);
        if (!(power >= 1)) {
            throw LayerException.ofValue(
                    name,
                    name + " of %s is " + Reals.text(power) + ", but must be at least 1",
                    "Write " + name + " = 2, say.");
        }
        return power;
    }

    /** @param element of the arguments */
    static Value of(Lowering l, String suffix, double p, Dual element, List<Integer> along, Value... arguments) {
        if (p == 1) {
            return l.reduce(suffix, Reduce.Kind.SUM, element.abs(), along, arguments);
        } else if (Double.isInfinite(p)) {
            return l.reduce(suffix, Reduce.Kind.MAX, element.abs(), along, arguments);
        } else if (p == 2) {
            Value sum = l.reduce(suffix + ".sum", Reduce.Kind.SUM, element.square(), along, arguments);
            return l.map(suffix, Dual.variable(0).sqrt().flatAtZero(), sum);
        }
        Value sum = l.reduce(suffix + ".sum", Reduce.Kind.SUM, element.abs().power(p), along, arguments);
        return l.map(suffix, Dual.variable(0).power(1 / p).flatAtZero(), sum);
    }
}
