package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * x where it is positive, else x times a learned slope; the gradient at 0 is the slope.
 *
 * @param output shape of one sample
 * @param count one slope for all, or one for each channel
 * @param init the slopes' first value
 */
public record PReLU(Shape output, int count, double init) implements Derived {
    static PReLU create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        int count = Images.atLeastOne(a, "numParameters");
        int channels = input.rank() == 0 ? 1 : input.size(0);
        if (count != 1 && count != channels) {
            throw new LayerException(
                    "numParameters",
                    "numParameters of %s is " + count + ", but its input has " + channels + " channels",
                    "Write numParameters = " + channels + ", or 1 for one slope for all.");
        }
        return new PReLU(input, count, Reals.finite(a, "init"));
    }

    @Override
    public String name() {
        return "PReLU";
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        return List.of(ParameterDeclaration.constant("weight", Kind.PARAMETER, count, (float) init));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("num_parameters", count));
    }

    @Override
    public long flops() {
        return output.elements();
    }

    /** The slopes made to broadcast against the input. */
    private Value slopes(Lowering l) {
        return count == 1 ? l.parameter("weight") : l.perChannel(l.parameter("weight"), output);
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Dual x = Dual.variable(0);
        return l.map(Dual.select(Comparison.GT, x, 0, x, x.times(Dual.variable(1))), inputs.get(0), slopes(l));
    }
}
