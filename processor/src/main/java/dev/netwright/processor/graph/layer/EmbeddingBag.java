package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
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
import java.util.List;
import java.util.Locale;

/**
 * The sum, mean or maximum of the rows that a sample's indices name, without those of the padding; 0 where there are no
 * others.
 *
 * @param length indices of a sample
 * @param rows of the weight
 * @param rowLength elements of a row
 * @param mode how they are combined
 * @param padding the row that does not count; -1 for none
 * @param sparse whether its gradient is what PyTorch calls sparse
 */
public record EmbeddingBag(int length, int rows, int rowLength, Mode mode, int padding, boolean sparse)
        implements RowReader {
    /** Under the names of the annotation's constants. */
    public enum Mode {
        SUM,
        MEAN,
        MAX
    }

    private static final List<Integer> TURNED = List.of(1, 0);

    static EmbeddingBag create(Attributes a, List<Shape> inputs) {
        RowReader.refuseMaxNorm(a);
        int rows = Images.atLeastOne(a, "numEmbeddings");
        Mode mode = Mode.valueOf(a.text("mode"));
        if (mode == Mode.MAX && a.flag("sparse")) {
            throw LayerException.ofValue(
                            "sparse",
                            "sparse of %s is true and mode MAX, whose gradient PyTorch does not have sparse",
                            "Leave out sparse, or write another mode.")
                    .besides("mode");
        }
        Shape input = Activation.single(inputs);
        if (input.rank() != 1) {
            throw LayerException.shape(
                    null,
                    "%s (EmbeddingBag) needs one row of indices but receives " + input,
                    "Give it an input with one dimension.");
        }
        return new EmbeddingBag(
                input.size(0),
                rows,
                Images.atLeastOne(a, "embeddingDim"),
                mode,
                RowReader.padding(a, rows),
                a.flag("sparse"));
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
        return (long) length * rowLength;
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                positional("num_embeddings", rows),
                positional("embedding_dim", rowLength),
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
        return backwardToRows(l, f.input(), byRows(l, f, gradient));
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
