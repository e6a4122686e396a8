package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;
import java.util.Optional;

/** A function of each element without parameters. */
interface Activation extends Layer {
    Expr value(Expr x);

    /**
     * The gradient by x from the output alone where that is enough: the input then need not be kept, nor even stored.
     */
    default Optional<Expr> gradientFromOutput(Expr y, Expr gradient) {
        return Optional.empty();
    }

    Expr gradientFromInput(Expr x, Expr gradient);

    @Override
    default String name() {
        return getClass().getSimpleName();
    }

    @Override
    default long flops() {
        return output().elements();
    }

    @Override
    default Value forward(Lowering lowering, List<Value> inputs) {
        return lowering.map(value(arg(0)), inputs.get(0));
    }

    @Override
    default List<Value> backward(Lowering lowering, Forward forward, Value gradient) {
        Optional<Expr> fromOutput = gradientFromOutput(arg(1), arg(0));
        return List.of(
                fromOutput.isPresent()
                        ? lowering.map(".grad", fromOutput.get(), gradient, forward.output())
                        : lowering.map(".grad", gradientFromInput(arg(1), arg(0)), gradient, forward.input()));
    }

    static Shape single(List<Shape> inputs) {
        if (inputs.size() != 1) {
            throw LayerException.shape(
                    "from", "%s takes one input but is given " + inputs.size(), "Name one layer in from.");
        }
        return inputs.get(0);
    }
}
