package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Optional;

/**
 * x within two bounds, else the nearer one; the gradient at the bounds is 0.
 *
 * @param output shape of one sample
 * @param minVal the lower bound
 * @param maxVal the upper bound
 */
public record Hardtanh(Shape output, double minVal, double maxVal) implements DerivedActivation {
    static Hardtanh create(Attributes a, List<Shape> inputs) {
        double min = Reals.finiteOrInfinite(a, "minVal");
        double max = Reals.finiteOrInfinite(a, "maxVal");
        if (!((float) min < (float) max)) {
            throw LayerException.ofValue(
                            a.isWritten("maxVal") ? "maxVal" : "minVal",
                            "minVal of %s is " + min + " and maxVal " + max + ", but minVal must be below maxVal",
                            "Write minVal = -1 and maxVal = 1, say.")
                    .besides("minVal", "maxVal");
        }
        return new Hardtanh(Activation.single(inputs), min, max);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("min_val", minVal), named("max_val", maxVal));
    }

    @Override
    public Dual of(Dual x) {
        return x.max(minVal).min(maxVal);
    }

    /** The output meets a bound where the input does, or is beyond it. */
    @Override
    public Optional<Expr> gradientFromOutput(Expr y, Expr gradient) {
        return Optional.of(gradientFromInput(y, gradient));
    }
}
