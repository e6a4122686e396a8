package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.implied;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Powers;
import dev.netwright.processor.graph.Primitive.AveragePool;
import dev.netwright.processor.graph.Primitive.AveragePoolGradient;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The p-norm of each window: as PyTorch's it is made of the mean of the powers.
 *
 * @param input shape of one sample
 * @param normType p
 * @param pooling the windows
 * @param hasStride whether the stride was written
 */
public record LPPool(Shape input, double normType, Pooling pooling, boolean hasStride) implements Layer {
    static LPPool create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = Images.single(inputs, "LPPool" + axes + "d", axes);
        double normType = Reals.divisor(a, "normType");
        return new LPPool(input, normType, Pooling.withoutPadding(a, input), a.isWritten("stride"));
    }

    @Override
    public String name() {
        return "LPPool" + Images.suffix(input);
    }

    @Override
    public Shape output() {
        return pooling.output(input);
    }

    @Override
    public long flops() {
        return 2 * pooling.flops(input);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                named("norm_type", normType),
                named("kernel_size", single(pooling.kernelSize())),
                named("stride", hasStride ? single(pooling.stride()) : null),
                named("ceil_mode", pooling.ceilMode()),
                implied("padding", 0));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value powers = l.map(".powers", Powers.of(arg(0), normType), inputs.get(0));
        Value mean = l.apply(new AveragePool(windows(), true, 0), ".mean", output(), true, List.of(powers));
        l.save(mean);
        int cells = windows().stream().mapToInt(PoolWindow::kernel).reduce(1, Math::multiplyExact);
        return l.map(Powers.of(arg(0).times(cells), 1 / normType), mean);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Expr slope = arg(1).dividedBy(arg(2).times(normType));
        // PyTorch's is that of a rectifier, which hides that of the root
        Expr byMean = arg(0).times(Expr.select(Comparison.EQ, arg(2), constant(0), constant(0), slope));
        Value means = l.map(".mean.grad", byMean, gradient, f.output(), f.saved(0));
        AveragePoolGradient pool = new AveragePoolGradient(windows(), true, 0);
        Value powers = l.apply(pool, ".powers.grad", input, true, List.of(means));
        Expr byInput = arg(0).times(Powers.of(arg(1), normType - 1).times(normType));
        return List.of(l.map(".grad", byInput, powers, f.input()));
    }

    private List<PoolWindow> windows() {
        return pooling.windows(input);
    }
}
