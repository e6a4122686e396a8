package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.implied;
import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Primitive.AveragePool;
import dev.netwright.processor.graph.Primitive.MaxPoolGradient;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Values put where a max pool found its largest. It reads them, and what the max pool reads.
 *
 * @param pool the max pool
 */
public record MaxUnpool(MaxPool pool) implements Layer {
    private static final String INDICES = "indices";

    static MaxUnpool create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = Images.single(inputs.subList(0, 1), "MaxUnpool" + axes + "d", axes);
        List<Integer> kernel = a.sizes("kernelSize", axes, 1);
        List<Integer> stride = a.isWritten("stride") ? a.sizes("stride", axes, 1) : kernel;
        List<Integer> padding = a.sizes("padding", axes, 0);
        List<Integer> size = a.isWritten("outputSize")
                ? a.sizes("outputSize", axes, 1)
                : IntStream.range(0, axes)
                        .mapToObj(d -> grown(input.size(d + 1), kernel.get(d), stride.get(d), padding.get(d)))
                        .toList();
        if (a.value(INDICES) instanceof FractionalMaxPool fractional) {
            throw LayerException.shape(
                    INDICES,
                    "indices of %s are of a " + fractional.name()
                            + ", whose windows may overlap, so that two of them may have one place",
                    "Name a MaxPool" + axes + "d, or grow the output with Upsample.");
        }
        if (!(a.value(INDICES) instanceof MaxPool pool) || pool.input().rank() != input.rank()) {
            throw LayerException.shape(
                    INDICES,
                    "indices of %s name no MaxPool" + axes + "d",
                    "Name the max pool whose places it is to fill.");
        }
        if (inputs.size() != 2) {
            throw LayerException.shape(
                    "from",
                    "%s takes one input beside the indices but is given " + (inputs.size() - 1),
                    "Name one layer in from.");
        }
        check("kernelSize", kernel, each(pool.pooling().kernelSize(), axes));
        check("stride", stride, each(pool.pooling().stride(), axes));
        check("padding", padding, each(pool.pooling().padding(), axes));
        checkApart(pool, kernel, stride);
        if (!input.equals(pool.output())) {
            throw LayerException.shape(
                    null,
                    "%s receives " + input + ", but the max pool whose indices it takes makes " + pool.output(),
                    "Give it an input of that shape.");
        }
        List<Integer> wanted = pool.input().sizes().subList(1, axes + 1);
        if (!size.equals(wanted)) {
            throw LayerException.shape(
                            "outputSize",
                            "%s makes " + text(size, " x ") + ", but the max pool whose indices it takes reads "
                                    + text(wanted, " x "),
                            "Write outputSize = {" + text(wanted, ", ") + "}.")
                    .besides("kernelSize", "stride", "padding");
        }
        return new MaxUnpool(pool);
    }

    /** PyTorch's formula. */
    private static int grown(int size, int kernel, int stride, int padding) {
        return Math.toIntExact((size - 1L) * stride - 2L * padding + kernel);
    }

    private static List<Integer> each(List<Integer> values, int axes) {
        return values.size() == 1 ? Collections.nCopies(axes, values.get(0)) : values;
    }

    private static String text(List<Integer> sizes, String between) {
        return sizes.stream().map(NamedSizes::text).collect(Collectors.joining(between));
    }

    private static void check(String name, List<Integer> written, List<Integer> ofPool) {
        if (!written.equals(ofPool)) {
            throw LayerException.shape(
                            name,
                            name + " of %s is " + text(written, " x ")
                                    + ", but that of the max pool whose indices it takes is " + text(ofPool, " x "),
                            "Write the same.")
                    .besides("kernelSize");
        }
    }

    private static void checkApart(MaxPool pool, List<Integer> kernel, List<Integer> stride) {
        boolean apart = IntStream.range(0, kernel.size()).allMatch(d -> kernel.get(d) <= stride.get(d));
        if (!apart || Collections.max(pool.pooling().dilation()) > 1) {
            throw LayerException.shape(
                            INDICES,
                            "indices of %s are of a max pool whose windows overlap, so that two of them may have one place",
                            "Pool with a stride of at least the kernelSize, and without dilation.")
                    .besides("kernelSize", "stride");
        }
    }

    @Override
    public String name() {
        return "MaxUnpool" + Images.suffix(pool.input());
    }

    @Override
    public Shape output() {
        return pool.input();
    }

    /** PyTorch has tuples however sizes are written. */
    @Override
    public List<LayerAttribute> attributes() {
        int axes = pool.input().rank() - 1;
        return List.of(
                named("kernel_size", each(pool.pooling().kernelSize(), axes)),
                named("stride", each(pool.pooling().stride(), axes)),
                named("padding", each(pool.pooling().padding(), axes)),
                implied("ceil_mode", pool.pooling().ceilMode()));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value index = l.save(l.maxima(inputs.get(1), pool.windows(), pool.output()));
        return l.apply(new MaxPoolGradient(pool.windows()), "", output(), true, List.of(inputs.get(0), index));
    }

    /** Windows do not overlap: what is chosen in one is the sum over it of what lies at its place. */
    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        if (!l.needsGradient(0)) {
            return Arrays.asList(null, null);
        }
        Value ones = l.map(".ones", constant(1), f.input());
        MaxPoolGradient scatter = new MaxPoolGradient(pool.windows());
        Value places = l.apply(scatter, ".places", output(), true, List.of(ones, f.saved(0)));
        Value chosen = l.map(".chosen.grad", arg(0).times(arg(1)), gradient, places);
        AveragePool sum = new AveragePool(pool.windows(), true, 1);
        return Arrays.asList(l.apply(sum, ".grad", pool.output(), true, List.of(chosen)), null);
    }
}
