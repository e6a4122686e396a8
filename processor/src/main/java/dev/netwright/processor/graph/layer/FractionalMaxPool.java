package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.FractionalWindow;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive.Draw;
import dev.netwright.processor.graph.Primitive.Table;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The largest value of windows whose steps are drawn, by sample, channel and axis; the gradient goes to the first of equals.
 *
 * @param input shape of one sample
 * @param kernelSize along each axis
 * @param outputSize as it is written, along each axis; empty where it is not
 * @param outputRatio of the output to the input, likewise
 */
public record FractionalMaxPool(
        Shape input, List<Integer> kernelSize, List<Integer> outputSize, List<Double> outputRatio) implements Derived {
    public FractionalMaxPool {
        kernelSize = List.copyOf(kernelSize);
        outputSize = List.copyOf(outputSize);
        outputRatio = List.copyOf(outputRatio);
    }

    static FractionalMaxPool create(Attributes a, List<Shape> inputs, int axes) {
        String name = "FractionalMaxPool" + axes + "d";
        Shape input = Images.single(inputs, name, axes);
        List<Integer> kernel = a.sizes("kernelSize", axes, 1);
        boolean sized = a.isWritten("outputSize");
        if (sized == a.isWritten("outputRatio")) {
            throw LayerException.ofValue(
                            sized ? "outputRatio" : null,
                            sized
                                    ? "outputSize and outputRatio of %s are both written, but either says how large its"
                                            + " output is"
                                    : "%s (" + name + ") has neither outputSize nor outputRatio",
                            sized ? "Leave one of them out." : "Write outputRatio = 0.5, say.")
                    .besides("outputSize", "outputRatio");
        }
        FractionalMaxPool layer = new FractionalMaxPool(
                input,
                kernel,
                sized ? a.sizes("outputSize", axes, 1) : List.of(),
                sized ? List.of() : each(Reals.allBelowOne(a, "outputRatio", axes), axes));
        IntStream.range(0, axes).forEach(layer::check);
        return layer;
    }

    private static List<Double> each(List<Double> values, int axes) {
        return values.size() == 1 ? Collections.nCopies(axes, values.get(0)) : values;
    }

    private void check(int axis) {
        int cells = input.size(axis + 1);
        int kernel = kernelSize.get(axis);
        int size = size(axis);
        String what = Images.axis(input, axis);
        if (size < 1) {
            throw LayerException.shape(
                    "outputRatio",
                    "outputRatio of %s is " + outputRatio.get(axis) + ", which makes nothing of " + cells + " " + what,
                    "Write " + 1.0 / cells + " or more, or outputSize = 1.");
        }
        if (kernel > cells) {
            throw LayerException.shape(
                            "kernelSize",
                            "%s needs " + kernel + " " + what + ", but its input has " + cells,
                            "Write a smaller kernelSize.")
                    .besides("outputSize", "outputRatio");
        }
        int most = cells - kernel + 1;
        if (size > most) {
            throw LayerException.shape(
                            outputSize.isEmpty() ? "outputRatio" : "outputSize",
                            "%s makes " + size + " " + what + ", but of " + cells + " there are at most " + most
                                    + " windows of " + kernel,
                            "Write a smaller kernelSize, or outputSize = " + most + " or less.")
                    .besides("kernelSize");
        }
        Math.multiplyExact(size, cells);
    }

    /** Windows along an axis, PyTorch's number of them. */
    private int size(int axis) {
        return outputSize.isEmpty() ? (int) (input.size(axis + 1) * outputRatio.get(axis)) : outputSize.get(axis);
    }

    @Override
    public String name() {
        return "FractionalMaxPool" + Images.suffix(input);
    }

    @Override
    public Shape output() {
        return Pooling.output(input, windows());
    }

    @Override
    public long flops() {
        long taps = kernelSize.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        return output().elements() * taps;
    }

    /** PyTorch's module prints none of them. */
    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                unprinted("kernel_size", kernelSize),
                unprinted("output_size", outputSize.isEmpty() ? null : outputSize),
                unprinted("output_ratio", outputRatio.isEmpty() ? null : outputRatio));
    }

    /** Along each axis. */
    public List<PoolWindow> windows() {
        return IntStream.range(0, kernelSize.size())
                .mapToObj(axis -> PoolWindow.fractional(input.size(axis + 1), size(axis), kernelSize.get(axis)))
                .toList();
    }

    /** In evaluation the windows are those of one draw, which all samples and passes share: a sample has one prediction. */
    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        List<PoolWindow> windows = windows();
        List<Value> shifts = new ArrayList<>();
        if (windows.stream().anyMatch(FractionalWindow.class::isInstance)) {
            Draw draw = new Draw(l.stream(), l.training() ? Draw.Sharing.NONE : Draw.Sharing.PASSES);
            Value drawn = l.apply(draw, ".drawn", Shape.of(windows.size(), input.size(0)), true, List.of());
            for (int axis = 0; axis < windows.size(); axis++) {
                if (windows.get(axis) instanceof FractionalWindow window) {
                    Value numbers = l.slice(".drawn" + axis, drawn, 0, axis, 1);
                    shifts.add(shifts(l, ".shift" + axis, l.transposed(numbers), window));
                }
            }
        }
        return l.maxPool(inputs.get(0), shifts, windows, output()).get(0);
    }

    /**
     * 1 for the windows of a channel that begin one cell behind, else 0. Rounding, which may take PyTorch's windows one cell
     * further for one number of millions, is cut off.
     *
     * @param numbers of each channel
     */
    private static Value shifts(Lowering l, String suffix, Value numbers, FractionalWindow window) {
        List<Float> index = new ArrayList<>();
        List<Float> step = new ArrayList<>();
        List<Float> begin = new ArrayList<>();
        for (int i = 0; i < window.output(); i++) {
            boolean last = i == window.output() - 1;
            index.add((float) i);
            step.add(last ? 0 : window.step());
            // the last window ends where the input does, whatever was drawn
            begin.add(last ? -1f : window.begin(i));
        }
        Expr first = Functions.floor(arg(0).times(arg(2)));
        Expr ownBegin = Functions.floor(arg(0).plus(arg(1)).times(arg(2))).minus(first);
        return l.map(
                suffix,
                ownBegin.minus(arg(3)).max(0).min(1),
                numbers,
                l.table(new Table(index)),
                l.table(new Table(step)),
                l.table(new Table(begin)));
    }
}
