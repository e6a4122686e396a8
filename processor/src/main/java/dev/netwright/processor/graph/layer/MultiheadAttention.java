package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Initial.Distribution;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Attention of several heads, each with its own projections of queries, keys and values, whose results are projected together
 * (Vaswani et al., arXiv:1706.03762).
 *
 * @param query shape of one sample, a row for each query
 * @param key a row for each key
 * @param value a row for each key
 * @param mask what is added to the scores, or null
 */
public record MultiheadAttention(Shape query, Shape key, Shape value, Shape mask, Options options)
        implements Composite, StepReader {
    private static final String WEIGHTS = "weights";
    private static final String QUERY = "q_proj_weight";
    private static final String KEY = "k_proj_weight";
    private static final String VALUE = "v_proj_weight";

    /**
     * What is declared.
     *
     * @param dropout probability that a weight is dropped in training
     * @param addBiasKv whether there is a learned key with its value besides
     * @param addZeroAttn whether there is a key of zeros with a value of zeros besides
     * @param causal whether a query sees the keys up to its own place only
     * @param ragged whether the last input tells how many keys each sample has
     */
    record Options(
            int heads,
            double dropout,
            boolean bias,
            boolean addBiasKv,
            boolean addZeroAttn,
            boolean causal,
            boolean ragged) {}

    static MultiheadAttention create(Attributes a, List<Shape> all) {
        boolean ragged = a.isWritten(LENGTHS);
        List<Shape> inputs = ragged ? all.subList(0, all.size() - 1) : all;
        if (inputs.isEmpty() || inputs.size() > 4) {
            throw LayerException.shape(
                    "from",
                    "%s takes one input and perhaps a mask, or queries, keys and values and perhaps a mask, but is given "
                            + inputs.size(),
                    "Name them: from = {\"query\", \"key\", \"value\", \"mask\"}.");
        }
        boolean self = inputs.size() < 3;
        Shape query = inputs.get(0);
        Shape key = self ? query : inputs.get(1);
        Shape value = self ? query : inputs.get(2);
        Shape mask = inputs.size() % 2 == 0 ? inputs.get(inputs.size() - 1) : null;
        checkRows(query, key, value);
        checkFeatures(a, "embedDim", query, "");
        checkFeatures(a, "kdim", key, " of its keys");
        checkFeatures(a, "vdim", value, " of its values");
        MultiheadAttention made = new MultiheadAttention(
                query,
                key,
                value,
                mask,
                new Options(
                        heads(a, "numHeads", query.size(1)),
                        Reals.probability(a, "dropout"),
                        a.flag("bias"),
                        a.flag("addBiasKv"),
                        a.flag("addZeroAttn"),
                        a.flag("isCausal"),
                        ragged));
        made.checkMask();
        StepReader.limits(a, all, made.limits());
        return made;
    }

    /** Refuses rows that are none, or of which there are not equally many keys and values. */
    static void checkRows(Shape query, Shape key, Shape value) {
        String all = ", but receives " + query
                + (key.equals(query) && value.equals(query) ? "" : ", " + key + " and " + value);
        if (query.rank() != 2 || key.rank() != 2 || value.rank() != 2) {
            throw LayerException.shape(
                    "from",
                    "%s needs length x features" + all,
                    query.rank() == 3
                            ? "An image becomes a sequence by @Flatten(startDim = 2) and @Permute(dims = {0, 2, 1})."
                            : "Give it two dimensions; the batch is before them always.");
        }
        if (key.size(0) != value.size(0)) {
            throw LayerException.shape(
                    "from", "%s needs a value for each key" + all, "Give it values of length " + key.size(0) + ".");
        }
    }

    private static void checkFeatures(Attributes a, String name, Shape input, String of) {
        if (a.isWritten(name) && a.integer(name) != input.size(1)) {
            throw LayerException.shape(
                    name,
                    "%s expects " + a.sizesText(name) + " features" + of + " but receives " + input.size(1),
                    "Write " + name + " = " + input.size(1) + ", or leave it out and it is inferred.");
        }
    }

    /** A number of heads that divides the features. */
    static int heads(Attributes a, String name, int features) {
        int heads = Images.atLeastOne(a, name);
        if (features % heads != 0) {
            String good = IntStream.rangeClosed(1, features)
                    .filter(n -> features % n == 0)
                    .mapToObj(String::valueOf)
                    .limit(12)
                    .collect(Collectors.joining(", "));
            throw new LayerException(
                    name,
                    heads + " heads do not divide the " + features + " features of %s",
                    "Write a number of heads that divides " + features + ": " + good + ".");
        }
        return heads;
    }

    void checkMask() {
        ScaledDotProductAttention.checkMask(mask, scores(0), "from");
    }

    @Override
    public List<Limit> limits() {
        return options.ragged ? List.of(new Limit(LENGTHS, key.size(0))) : List.of();
    }

    /** Keys besides those of the input. */
    private int more() {
        return (options.addBiasKv ? 1 : 0) + (options.addZeroAttn ? 1 : 0);
    }

    private Shape scores(int more) {
        return Shape.of(options.heads, query.size(0), key.size(0) + more);
    }

    private int features() {
        return query.size(1);
    }

    private boolean isOneWeight() {
        return key.size(1) == features() && value.size(1) == features();
    }

    @Override
    public String name() {
        return "MultiheadAttention";
    }

    @Override
    public Shape output() {
        return query;
    }

    @Override
    public Map<String, Shape> further() {
        return Map.of(WEIGHTS, Shape.of(query.size(0), key.size(0) + more()));
    }

    private Linear projection() {
        return new Linear(query, features(), options.bias);
    }

    @Override
    public List<Child> children() {
        return List.of(new Child("out_proj", "NonDynamicallyQuantizableLinear", projection()));
    }

    /** Drawn once the projection of the results is constructed. */
    @Override
    public List<ParameterDeclaration> own() {
        List<ParameterDeclaration> own = new ArrayList<>();
        if (isOneWeight()) {
            own.add(weight("in_proj_weight", 3 * features(), features()));
        } else {
            own.add(weight(QUERY, features(), features()));
            own.add(weight(KEY, features(), key.size(1)));
            own.add(weight(VALUE, features(), value.size(1)));
        }
        if (options.bias) {
            own.add(ParameterDeclaration.constant("in_proj_bias", Kind.PARAMETER, 3 * features(), 0));
        }
        if (options.addBiasKv) {
            own.add(additional("bias_k"));
            own.add(additional("bias_v"));
        }
        int children = options.bias ? 2 : 1;
        List<ParameterDeclaration> placed = new ArrayList<>();
        for (ParameterDeclaration each : own) {
            placed.add(each.drawnAfter(own.size() - 1 - placed.size() + children));
        }
        return placed;
    }

    private static ParameterDeclaration weight(String name, int outputs, int inputs) {
        return new ParameterDeclaration(
                name,
                Shape.of(outputs, inputs),
                Kind.PARAMETER,
                new Initial.Xavier(Distribution.UNIFORM, inputs, outputs, 1));
    }

    /** PyTorch's fans of {@code 1 x 1 x features} are the features both. */
    private ParameterDeclaration additional(String name) {
        return new ParameterDeclaration(
                name,
                Shape.of(1, 1, features()),
                Kind.PARAMETER,
                new Initial.Xavier(Distribution.NORMAL, features(), features(), 1));
    }

    /** The bias of the projection starts at 0. */
    @Override
    public List<ParameterDeclaration> parameters() {
        return Composite.super.parameters().stream()
                .map(each ->
                        each.name().equals("out_proj.bias") ? each.redrawn(new Initial.Constant(0), each.turn()) : each)
                .toList();
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                unprinted("embed_dim", features()),
                unprinted("num_heads", options.heads),
                unprinted("dropout", options.dropout).unless(0.0),
                unprinted("bias", options.bias).unless(true),
                unprinted("add_bias_kv", options.addBiasKv).unless(false),
                unprinted("add_zero_attn", options.addZeroAttn).unless(false),
                unprinted("kdim", key.size(1)).unless(features()),
                unprinted("vdim", value.size(1)).unless(features()),
                unprinted("is_causal", options.causal).unless(false),
                unprinted(LENGTHS, options.ragged).unless(false));
    }

    @Override
    public long flops() {
        long projected = (long) query.elements() + key.elements() + (long) value.elements() + more() * 2L * features();
        return 2 * projected * features() + attention().flops() + projection().flops();
    }

    private ScaledDotProductAttention attention() {
        int width = features() / options.heads;
        Shape queries = Shape.of(options.heads, query.size(0), width);
        Shape keys = Shape.of(options.heads, key.size(0) + more(), width);
        Shape masked = mask == null ? null : mask.with(mask.rank() - 1, key.size(0) + more());
        return new ScaledDotProductAttention(
                queries,
                keys,
                keys,
                masked,
                options.causal,
                more(),
                ScaledDotProductAttention.usualScale(width),
                options.dropout,
                options.ragged);
    }

    @Override
    public Value forward(Lowering l, List<Value> all) {
        List<Value> inputs = StepReader.others(all, limits());
        boolean self = inputs.size() < 3;
        Value x = inputs.get(0);
        List<Value> projected = projected(l, x, self ? x : inputs.get(1), self ? x : inputs.get(2));
        List<Value> heads = new ArrayList<>();
        heads.add(heads(l, projected.get(0)));
        heads.add(heads(l, additional(l, projected.get(1), "bias_k")));
        heads.add(heads(l, additional(l, projected.get(2), "bias_v")));
        if (mask != null) {
            heads.add(mask(l, inputs.get(inputs.size() - 1)));
        }
        if (options.ragged) {
            heads.add(lengths(all, 0));
        }
        Value shares = attention().shares(l, heads);
        l.give(WEIGHTS, mean(l, shares));
        Value attended = l.matMul(".attended", shares, heads.get(2), attention().output());
        Value joined = l.reshape(l.permute(attended, List.of(1, 0, 2)), query);
        return l.part("out_proj", projection(), joined);
    }

    /** Of the heads. */
    private Value mean(Lowering l, Value shares) {
        Dual part = Dual.variable(0).times(1.0 / options.heads);
        Value mean = l.reduce(".mean", Reduce.Kind.SUM, part, List.of(0), shares);
        return l.reshape(mean, further().get(WEIGHTS));
    }

    /** Keys that were added are masked for no query. */
    private Value mask(Lowering l, Value given) {
        int last = mask.rank() - 1;
        Value whole =
                more() == 0 || mask.size(last) == key.size(0) ? given : l.expand(given, mask.with(last, key.size(0)));
        return l.extended(whole, last, more());
    }

    /** Queries, keys and values. */
    private List<Value> projected(Lowering l, Value query, Value key, Value value) {
        List<Value> inputs = List.of(query, key, value);
        Value bias = options.bias ? l.parameter("in_proj_bias") : null;
        List<Value> projected = new ArrayList<>();
        if (!isOneWeight()) {
            List<String> weights = List.of(QUERY, KEY, VALUE);
            for (int i = 0; i < 3; i++) {
                Value x = inputs.get(i);
                Shape shape = x.shape().with(1, features());
                Value own = bias == null ? null : l.slice(bias, 0, i * features(), features());
                projected.add(l.product(".projected" + i, x, l.parameter(weights.get(i)), own, shape));
            }
            return projected;
        }
        // what several are made of is multiplied once; a part of the weight alone no product reads
        List<Value> wholes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int same = inputs.indexOf(inputs.get(i));
            Value x = inputs.get(i);
            wholes.add(
                    same < i
                            ? wholes.get(same)
                            : l.product(
                                    ".projected" + i,
                                    x,
                                    l.parameter("in_proj_weight"),
                                    bias,
                                    x.shape().with(1, 3 * features())));
            projected.add(l.slice(wholes.get(i), 1, i * features(), features()));
        }
        return projected;
    }

    /** A column of zeros with a one. */
    private static Value chosen(Lowering l, int rows, int row) {
        return l.reshape(l.table(IntStream.range(0, rows).map(i -> i == row ? 1 : 0)), Shape.of(rows, 1));
    }

    /** With the learned row, then that of zeros, behind the others. */
    private Value additional(Lowering l, Value rows, String learned) {
        Value extended = l.extended(rows, 0, more());
        if (!options.addBiasKv) {
            return extended;
        }
        Value at = chosen(l, key.size(0) + more(), key.size(0));
        Value row = l.reshape(l.parameter(learned), Shape.of(1, features()));
        Dual chosen = Dual.fixed(arg(1)).times(Dual.variable(2));
        return l.map("." + learned, Dual.variable(0).plus(chosen), extended, at, row);
    }

    /** Each head's features by themselves: heads x length x features. */
    private Value heads(Lowering l, Value rows) {
        int width = features() / options.heads;
        Value split = l.reshape(rows, Shape.of(rows.shape().size(0), options.heads, width));
        return l.permute(split, List.of(1, 0, 2));
    }
}
