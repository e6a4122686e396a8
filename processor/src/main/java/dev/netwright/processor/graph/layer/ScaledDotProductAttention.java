package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For each query the mean of values, weighed by the softmax of its products with their keys (Vaswani et al.,
 * arXiv:1706.03762).
 *
 * @param query shape of one sample, a row for each query
 * @param key a row for each key
 * @param value a row for each key
 * @param mask what is added to the scores, or null
 * @param causal whether a query sees the keys up to its own place only
 * @param free how many keys, the last, every query sees all the same
 * @param scale what scores are multiplied by
 * @param dropout probability that a weight is dropped in training
 * @param ragged whether the last input tells how many keys each sample has
 */
public record ScaledDotProductAttention(
        Shape query,
        Shape key,
        Shape value,
        Shape mask,
        boolean causal,
        int free,
        double scale,
        double dropout,
        boolean ragged)
        implements Derived, StepReader {
    static ScaledDotProductAttention create(Attributes a, List<Shape> all) {
        boolean ragged = a.isWritten(LENGTHS);
        List<Shape> inputs = ragged ? all.subList(0, all.size() - 1) : all;
        if (inputs.size() != 3 && inputs.size() != 4) {
            throw LayerException.shape(
                    "from",
                    "%s takes queries, keys and values, and perhaps a mask, but is given "
                            + Counted.of(inputs.size(), "input"),
                    "Name them: from = {\"query\", \"key\", \"value\"}.");
        }
        checkRows(inputs);
        int last = inputs.get(0).rank() - 1;
        ScaledDotProductAttention made = new ScaledDotProductAttention(
                inputs.get(0),
                inputs.get(1),
                inputs.get(2),
                inputs.size() > 3 ? inputs.get(3) : null,
                a.flag("isCausal"),
                0,
                a.isWritten("scale")
                        ? Reals.finite(a, "scale")
                        : usualScale(inputs.get(0).size(last)),
                Reals.probability(a, "dropoutP"),
                ragged);
        checkMask(made.mask, made.scores(), "from");
        StepReader.limits(a, all, made.limits());
        return made;
    }

    /** Products of vectors of unit variance keep it. */
    static double usualScale(int features) {
        return 1 / Math.sqrt(features);
    }

    private static void checkRows(List<Shape> inputs) {
        Shape query = inputs.get(0);
        Shape key = inputs.get(1);
        Shape value = inputs.get(2);
        String all = ", but queries are " + query + ", keys " + key + " and values " + value;
        int rank = query.rank();
        if (rank < 2 || key.rank() != rank || value.rank() != rank) {
            throw LayerException.shape(
                    "from",
                    "%s needs matrices with the same number of dimensions" + all,
                    "Give it heads x length x features each, or length x features.");
        }
        if (query.size(rank - 1) != key.size(rank - 1)) {
            throw LayerException.shape(
                    "from",
                    "%s multiplies queries with keys of as many features" + all,
                    "Give it keys of " + query.size(rank - 1) + " features.");
        }
        if (key.size(rank - 2) != value.size(rank - 2)) {
            throw LayerException.shape(
                    "from",
                    "%s needs a value for each key" + all,
                    "Give it values of length " + key.size(rank - 2) + ".");
        }
        if (Shape.broadcast(List.of(leading(query), leading(key), leading(value)))
                .isEmpty()) {
            throw LayerException.shape(
                    "from",
                    "%s needs leading dimensions whose sizes are equal or 1" + all,
                    "Give it equally many heads, or one of them for all.");
        }
    }

    /** Refuses a mask that cannot be added to the scores as they are. */
    static void checkMask(Shape mask, Shape scores, String attribute) {
        if (mask != null && !Shape.broadcast(List.of(scores, mask)).equals(Optional.of(scores))) {
            throw LayerException.shape(
                    attribute,
                    "%s adds its mask to scores of " + scores + ", but the mask is " + mask,
                    "Give it a mask of " + scores.size(scores.rank() - 2) + " x " + scores.size(scores.rank() - 1)
                            + ", or with a 1 where it is the same.");
        }
    }

    private static Shape leading(Shape shape) {
        return new Shape(shape.sizes().subList(0, shape.rank() - 2));
    }

    @Override
    public List<Limit> limits() {
        return ragged ? List.of(new Limit(LENGTHS, key.size(rank() - 2) - free)) : List.of();
    }

    private int rank() {
        return query.rank();
    }

    private Shape scores() {
        Shape leading = Shape.broadcast(List.of(leading(query), leading(key))).orElseThrow();
        return leading.and(List.of(query.size(rank() - 2), key.size(rank() - 2)));
    }

    @Override
    public String name() {
        return "ScaledDotProductAttention";
    }

    @Override
    public Shape output() {
        Shape leading =
                Shape.broadcast(List.of(leading(scores()), leading(value))).orElseThrow();
        return leading.and(List.of(query.size(rank() - 2), value.size(rank() - 1)));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                named("dropout_p", dropout).unless(0.0),
                named("is_causal", causal).unless(false),
                named("scale", scale).unless(usualScale(query.size(rank() - 1))),
                unprinted(LENGTHS, ragged).unless(false));
    }

    @Override
    public long flops() {
        return 2L * scores().elements() * query.size(rank() - 1)
                + weights().flops()
                + 2L * output().elements() * key.size(rank() - 2);
    }

    private AttentionWeights weights() {
        return new AttentionWeights(scores(), scale, causal, free, ragged);
    }

    /** What each query takes of each key, as much as dropout leaves. */
    Value shares(Lowering l, List<Value> inputs) {
        Value scores = l.matMul(".scores", inputs.get(0), l.transposed(inputs.get(1)), scores());
        List<Value> masked = new ArrayList<>(List.of(scores));
        masked.addAll(inputs.subList(3, inputs.size()));
        Value weights = l.part("weights", weights(), masked.toArray(new Value[0]));
        return l.part("dropout", new Dropout(scores(), dropout), weights);
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.matMul("", shares(l, inputs), inputs.get(2), output());
    }
}
