package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Primitive.Load;
import dev.netwright.processor.graph.Primitive.MaxPoolGradient;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The sum, mean or maximum of the rows that a sample's indices name, without those of the padding; 0 where there are no
 * others. A second input multiplies the rows before they are added up.
 *
 * @param length indices of a sample
 * @param rows of the weight
 * @param rowLength elements of a row
 * @param mode how they are combined
 * @param padding the row that does not count; -1 for none
 * @param weighted whether each row is multiplied by a number of its own
 * @param scaled whether gradients of a row are divided by how often the batch names it
 * @param sparse whether its gradient is what PyTorch calls sparse
 */
public record EmbeddingBag(
        int length, int rows, int rowLength, Mode mode, int padding, boolean weighted, boolean scaled, boolean sparse)
        implements RowReader {
    /** Under the names of the annotation's constants. */
    public enum Mode {
        SUM,
        MEAN,
        MAX
    }

    private static final String WEIGHTS = "perSampleWeights";

    private static final List<Integer> TURNED = List.of(1, 0);

    static EmbeddingBag create(Attributes a, List<Shape> inputs) {
        RowReader.refuseMaxNorm(a);
        int rows = Images.atLeastOne(a, "numEmbeddings");
        int rowLength = Images.atLeastOne(a, "embeddingDim");
        int padding = RowReader.padding(a, rows);
        boolean scaled = RowReader.scaled(a);
        boolean weighted = a.isWritten(WEIGHTS);
        Mode mode = Mode.valueOf(a.text("mode"));
        checkMode(a, mode);
        Shape input =
                weighted ? indices(inputs) : a.unknown().contains(WEIGHTS) ? inputs.get(0) : Activation.single(inputs);
        if (input.rank() != 1) {
            throw LayerException.shape(
                    null,
                    "%s (EmbeddingBag) needs one row of indices but receives " + input,
                    "Give it an input with one dimension.");
        }
        if (weighted && !inputs.get(1).equals(input)) {
            throw LayerException.shape(
                    WEIGHTS,
                    "perSampleWeights of %s are " + inputs.get(1) + ", but its indices are " + input,
                    "Name what has a weight for each index.");
        }
        return new EmbeddingBag(input.size(0), rows, rowLength, mode, padding, weighted, scaled, a.flag("sparse"));
    }

    private static void checkMode(Attributes a, Mode mode) {
        if (mode == Mode.MAX && a.flag("sparse")) {
            throw LayerException.ofValue(
                            "sparse",
                            "sparse of %s is true and mode MAX, whose gradient PyTorch does not have sparse",
                            "Leave out sparse, or write another mode.")
                    .besides("mode");
        }
        if (mode == Mode.MAX && a.flag("scaleGradByFreq")) {
            throw LayerException.ofValue(
                            "scaleGradByFreq",
                            "scaleGradByFreq of %s is true and mode MAX, whose gradient PyTorch does not scale",
                            "Leave out scaleGradByFreq, or write another mode.")
                    .besides("mode");
        }
        if (mode != Mode.SUM && a.isWritten(WEIGHTS)) {
            throw LayerException.ofValue(
                            WEIGHTS,
                            "perSampleWeights of %s are written and mode " + mode + ", but they are weights of a sum",
                            "Write mode = SUM, or leave out perSampleWeights.")
                    .besides("mode");
        }
    }

    private static Shape indices(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw LayerException.shape(
                    "from",
                    "%s takes indices and perSampleWeights but is given " + Counted.of(inputs.size(), "input"),
                    "Name the indices in from and the weights in perSampleWeights; where it is @Shared, both in from.");
        }
        return inputs.get(0);
    }

    @Override
    public String name() {
        return "EmbeddingBag";
    }

    @Override
    public Shape output() {
        return Shape.of(rowLength);
    }

    @Override
    public long flops() {
        return (weighted ? 2L : 1) * length * rowLength;
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                positional("num_embeddings", rows),
                positional("embedding_dim", rowLength),
                named("scale_grad_by_freq", scaled).unless(false),
                named("mode", mode.name().toLowerCase(Locale.ROOT)),
                named("padding_idx", padding == NONE ? null : padding).unless(null),
                unprinted("sparse", sparse).unless(false));
    }

    private List<PoolWindow> windows() {
        return List.of(PoolWindow.adaptive(length, 1));
    }

    /** The indices as a column, to be compared with the padding's. */
    private Value column(Lowering l, Value indices) {
        Value floats = l.apply(new Load(arg(0)), ".indices", Shape.of(length), true, List.of(indices));
        return l.reshape(floats, Shape.of(length, 1));
    }

    private Expr unlessPadding(Expr index, Expr value, double otherwise) {
        return Expr.select(Comparison.EQ, index, constant(padding), constant(otherwise), value);
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value named = l.gather(inputs.get(0), l.parameter("weight"));
        if (weighted) {
            return weightedSum(l, inputs, l.save(named));
        }
        if (padding == NONE) {
            return mode == Mode.MAX ? largest(l, named) : combined(l, arg(0), named);
        }
        Value column = column(l, inputs.get(0));
        Value count =
                l.save(l.reduce(".count", Reduce.Kind.SUM, unlessPadding(arg(0), constant(1), 0), List.of(0), column));
        if (mode == Mode.MAX) {
            Value most = largest(l, l.map(unlessPadding(arg(1), arg(0), Double.NEGATIVE_INFINITY), named, column));
            Expr any = Expr.select(Comparison.GT, arg(1), constant(0), arg(0), constant(0));
            return l.map(any, most, l.reshape(count, Shape.of(1)));
        }
        Value sum = l.reshape(
                l.reduce("", Reduce.Kind.SUM, unlessPadding(arg(1), arg(0), 0), List.of(0), named, column), output());
        return mode == Mode.SUM ? sum : l.map(divided(), sum, l.reshape(count, Shape.of(1)));
    }

    /** What counts of each index: its weight, or nothing if it names the padding. */
    private Value weightedSum(Lowering l, List<Value> inputs, Value named) {
        Value weights = l.reshape(inputs.get(1), Shape.of(length, 1));
        return padding == NONE
                ? combined(l, arg(0).times(arg(1)), named, weights)
                : combined(
                        l,
                        unlessPadding(arg(2), arg(0).times(arg(1)), 0),
                        named,
                        weights,
                        l.save(column(l, inputs.get(0))));
    }

    /** The rows' gradients, of which those of the padding are not added, and the weights'. */
    private List<Value> weightedBackward(Lowering l, Forward f, Value gradient) {
        Value row = l.reshape(gradient, Shape.of(1, rowLength));
        Value weights = l.reshape(f.inputs().get(1), Shape.of(length, 1));
        backwardToRows(l, f.input(), l.map(".rows.grad", arg(0).times(arg(1)), row, weights));
        if (!l.needsGradient(1)) {
            return Arrays.asList(null, null);
        }
        List<Integer> along = List.of(1);
        Value byWeights = padding == NONE
                ? l.reduce(".weights.grad", Reduce.Kind.SUM, arg(0).times(arg(1)), along, row, f.saved(0))
                : l.reduce(
                        ".weights.grad",
                        Reduce.Kind.SUM,
                        unlessPadding(arg(2), arg(0).times(arg(1)), 0),
                        along,
                        row,
                        f.saved(0),
                        f.saved(1));
        return Arrays.asList(null, l.reshape(byWeights, Shape.of(length)));
    }

    private static Expr divided() {
        return arg(0).dividedBy(arg(1).max(1));
    }

    private Value combined(Lowering l, Expr expr, Value... arguments) {
        Reduce.Kind kind = mode == Mode.SUM ? Reduce.Kind.SUM : Reduce.Kind.MEAN;
        return l.reshape(l.reduce("", kind, expr, List.of(0), arguments), output());
    }

    /** As a pool of a channel for each element of a row, which keeps the first of equals. */
    private Value largest(Lowering l, Value named) {
        List<Value> pooled = l.maxPool(l.permute(named, TURNED), windows(), Shape.of(rowLength, 1));
        l.save(pooled.get(1));
        return l.reshape(pooled.get(0), output());
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return weighted ? weightedBackward(l, f, gradient) : backwardToRows(l, f.input(), byRows(l, f, gradient));
    }

    /** One row for all of a sample's indices, or one for each. */
    private Value byRows(Lowering l, Forward f, Value gradient) {
        return switch (mode) {
            case SUM -> gradient;
            case MEAN ->
                padding == NONE
                        ? l.map(".grad", arg(0).dividedBy(constant(length)), gradient)
                        : l.map(".grad", divided(), gradient, l.reshape(f.saved(0), Shape.of(1)));
            case MAX -> {
                Value index = f.saved(padding == NONE ? 0 : 1);
                Value byPlace = l.apply(
                        new MaxPoolGradient(windows()),
                        ".grad",
                        Shape.of(rowLength, length),
                        true,
                        List.of(l.reshape(gradient, Shape.of(rowLength, 1)), index));
                yield l.permute(byPlace, TURNED);
            }
        };
    }
}
