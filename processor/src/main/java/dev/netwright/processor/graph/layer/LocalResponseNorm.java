package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.AveragePool;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * x / (k + alpha * the mean of the squares of some neighbouring channels)^beta; channels beyond the first and last count
 * as 0.
 *
 * <p>Its gradient is its own: a sum over channels as the forward's is cheaper than one of as many padded parts.
 *
 * @param output shape of one sample
 * @param size how many channels
 */
public record LocalResponseNorm(Shape output, int size, double alpha, double beta, double k) implements Layer {
    /** Channels that are added up as arguments of one kernel, each read where it lies; more go through a pool's windows. */
    private static final int MOST_ARGUMENTS = 7;

    static LocalResponseNorm create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (input.rank() < 2) {
            throw LayerException.shape(
                    null,
                    "%s needs channels and a dimension behind them but receives " + input,
                    "Give it an input with two dimensions or more.");
        }
        double alpha = Reals.finite(a, "alpha");
        if (alpha < 0) {
            throw LayerException.ofValue(
                    "alpha", "alpha of %s is " + alpha + ", but must be 0 or more", "Write alpha = 1e-4, say.");
        }
        int size = a.sizes("size", 1, 1).get(0);
        return new LocalResponseNorm(input, size, alpha, Reals.finite(a, "beta"), Reals.positive(a, "k"));
    }

    @Override
    public String name() {
        return "LocalResponseNorm";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(positional("size", size), named("alpha", alpha), named("beta", beta), named("k", k));
    }

    @Override
    public long flops() {
        return (size + 4L) * output.elements();
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        Value mean = mean(l, ".mean", x, square -> square.times(square), size / 2);
        Value divisor = l.save(l.map(".divisor", arg(0).fma(constant(alpha), constant(k)), mean));
        return l.map(arg(0).times(power(arg(1))), x, divisor);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value divisor = f.saved(0);
        // what y of another channel loses by the square of this one
        Expr lost = arg(0).times(arg(1)).times(power(arg(2))).dividedBy(arg(2));
        Value share = l.map(".share.grad", lost, gradient, f.input(), divisor);
        Value mean = mean(l, ".mean.grad", share, each -> each, (size - 1) / 2);
        Expr byInput = arg(0).times(power(arg(2))).minus(arg(1).times(arg(3)).times(2 * alpha * beta));
        return List.of(l.map(".grad", byInput, gradient, f.input(), divisor, mean));
    }

    /** The divisor's power by minus beta. */
    private Expr power(Expr divisor) {
        Expr one = constant(1);
        if (beta == 0.75) {
            Expr root = divisor.sqrt();
            return one.dividedBy(root.times(root.sqrt()));
        } else if (beta == 0.5) {
            return one.dividedBy(divisor.sqrt());
        } else if (beta == 1) {
            return one.dividedBy(divisor);
        }
        return Functions.exp(Functions.log(divisor).times(-beta));
    }

    /** For each channel the mean of a function of so many channels before it, itself and those behind it. */
    private Value mean(Lowering l, String suffix, Value value, UnaryOperator<Expr> function, int before) {
        if (size > MOST_ARGUMENTS) {
            return pooled(l, suffix, l.map(suffix + ".terms", function.apply(arg(0)), value), before);
        }
        int channels = output.size(0);
        Primitive pad =
                new Primitive.Pad(channels(before), channels(size - 1 - before), Primitive.Pad.Mode.CONSTANT, 0);
        Shape padded = output.with(0, channels + size - 1);
        Value whole = l.apply(pad, suffix + ".padded", padded, true, List.of(value));
        Value[] terms = new Value[size];
        Expr sum = function.apply(arg(0));
        for (int i = 0; i < size; i++) {
            terms[i] = l.slice(suffix + ".term" + i, whole, 0, i, channels);
            sum = i == 0 ? sum : sum.plus(function.apply(arg(i)));
        }
        return l.map(suffix, sum.times(1.0 / size), terms);
    }

    private List<Integer> channels(int amount) {
        List<Integer> amounts = new ArrayList<>(Collections.nCopies(output.rank(), 0));
        amounts.set(0, amount);
        return amounts;
    }

    /** The same by windows over the channels, which are seen as the rows of an image. */
    private Value pooled(Lowering l, String suffix, Value terms, int before) {
        int channels = output.size(0);
        int positions = output.elements() / channels;
        Value turned = l.permute(l.reshape(terms, Shape.of(channels, positions)), List.of(1, 0));
        Shape image = Shape.of(positions, channels, 1);
        Window rows = new Window(channels, size, 1, 1, before, size - 1 - before);
        AveragePool pool = new AveragePool(List.of(rows, Window.SINGLE), true, size);
        Value means = l.apply(pool, suffix, image, true, List.of(l.reshape(turned, image)));
        Value back = l.permute(l.reshape(means, Shape.of(positions, channels)), List.of(1, 0));
        return l.reshape(back, output);
    }
}
