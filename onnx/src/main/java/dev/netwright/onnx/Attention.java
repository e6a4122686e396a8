package dev.netwright.onnx;

import dev.netwright.runtime.LayerAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Attention and the layers of a transformer, written in what they are made of. */
final class Attention {
    /** Scores are hidden from here on. */
    private static final float BLANK = -3e38f;

    /** One layer, and what the names of its parameters and values begin with. */
    private record Part(LayerNodes layer, String prefix) {
        String node(String name, String operator, String... from) {
            return layer.node(prefix + name, operator, List.of(from));
        }

        String constant(String name, int... values) {
            return layer.constant(prefix + name, Constants.integers(values));
        }

        String number(String name, float value) {
            return layer.constant(prefix + name, Constants.floats(new float[] {value}));
        }

        String parameter(String name) {
            return layer.parameter(prefix + name);
        }

        boolean has(String name) {
            return layer.hasParameter(prefix + name);
        }

        String permuted(String name, String value, int... order) {
            return layer.node(prefix + name, "Transpose", List.of(value), Attributes.of("perm", order));
        }

        String reshaped(String name, String value, int... shape) {
            return node(name, "Reshape", value, constant(name + "/shape", shape));
        }

        /** With zeros behind its elements along an axis. */
        String extended(String name, String value, int rank, int axis, int before, int after) {
            int[] amounts = new int[2 * rank];
            amounts[axis] = before;
            amounts[rank + axis] = after;
            return node(name, "Pad", value, constant(name + "/amounts", amounts));
        }

        /** A product with some rows of a weight, and the bias of these. */
        String linear(String name, String x, String weightName, String biasName, int from, int to, boolean part) {
            String weight = parameter(weightName);
            String rows = part ? sliced(name + "/rows", weight, from, to) : weight;
            String product = node(name + "/product", "MatMul", x, permuted(name + "/weight", rows, 1, 0));
            if (!has(biasName)) {
                return product;
            }
            String bias = parameter(biasName);
            boolean some = biasName.equals("in_proj_bias");
            return node(name, "Add", product, some ? sliced(name + "/bias", bias, from, to) : bias);
        }

        private String sliced(String name, String value, int from, int to) {
            return node(
                    name,
                    "Slice",
                    value,
                    constant(name + "/from", from),
                    constant(name + "/to", to),
                    constant(name + "/axis", 0));
        }
    }

    /**
     * What is attended to.
     *
     * @param rank of the values, with the batch
     * @param free how many keys, the last, every query sees all the same
     */
    private record Sizes(int rank, int queries, int keys, int free, boolean causal, double scale) {}

    /**
     * What hides keys besides places.
     *
     * @param mask added to the scores; null for none
     * @param shape of the mask
     * @param lengths how many keys each sample has; null for all
     */
    private record Hiding(String mask, int[] shape, String lengths) {
        /** @param number which input the mask is, if there are as many besides lengths */
        static Hiding of(LayerNodes layer, int number, int lengths, int which) {
            List<String> inputs = layer.inputs();
            int others = inputs.size() - lengths;
            boolean masked = number < others;
            return new Hiding(
                    masked ? inputs.get(number) : null,
                    masked ? layer.inputShape(number) : null,
                    which < 0 ? null : inputs.get(others + which));
        }
    }

    private Attention() {}

    static void products(LayerNodes layer) {
        int[] query = layer.inputShape(0);
        int[] key = layer.inputShape(1);
        int rank = query.length + 1;
        List<String> inputs = layer.inputs();
        Part part = new Part(layer, "");
        Sizes sizes = new Sizes(
                rank,
                query[query.length - 2],
                key[key.length - 2],
                0,
                layer.attributes().flag("is_causal"),
                layer.attributes().real("scale"));
        boolean ragged = layer.attributes().flag("lengths");
        Hiding hiding = Hiding.of(layer, 3, ragged ? 1 : 0, ragged ? 0 : -1);
        String mask = hiding.mask == null ? null : ofRank(part, hiding.mask, hiding.shape, rank);
        String weights = weights(part, inputs.get(0), inputs.get(1), mask, hiding.lengths, sizes);
        layer.result("MatMul", List.of(weights, inputs.get(2)));
    }

    /** With sizes of 1 behind the batch, so that this meets the batch. */
    private static String ofRank(Part part, String value, int[] shape, int rank) {
        if (shape.length + 1 == rank) {
            return value;
        }
        int[] whole = new int[rank];
        Arrays.fill(whole, 1);
        whole[0] = 0;
        System.arraycopy(shape, 0, whole, rank - shape.length, shape.length);
        return part.reshaped("mask", value, whole);
    }

    /** A query that sees no key has weights of 0, where a softmax alone has none that are numbers. */
    private static String weights(Part part, String query, String key, String mask, String lengths, Sizes sizes) {
        int[] order = new int[sizes.rank];
        Arrays.setAll(order, d -> d < sizes.rank - 2 ? d : 2 * sizes.rank - 3 - d);
        String products = part.node("products", "MatMul", query, part.permuted("keys", key, order));
        String scores = part.node("scores", "Mul", products, part.number("scale", (float) sizes.scale));
        if (mask != null) {
            scores = part.node("masked", "Add", scores, mask);
        }
        if (lengths != null) {
            scores = within(part, scores, lengths, sizes);
        }
        if (sizes.causal) {
            float[] later = new float[sizes.queries * sizes.keys];
            for (int i = 0; i < later.length; i++) {
                int place = i % sizes.keys;
                later[i] = place < sizes.keys - sizes.free && place > i / sizes.keys ? -Float.MAX_VALUE : 0;
            }
            String constant =
                    part.layer.constant(part.prefix + "later", Constants.floats(later, sizes.queries, sizes.keys));
            scores = part.node("causal", "Add", scores, constant);
        }
        String weights =
                part.layer.node(part.prefix + "weights", "Softmax", List.of(scores), Attributes.of("axis", -1));
        if (mask == null) {
            return weights;
        }
        String hidden = part.node("hidden", "Less", scores, part.number("blank", BLANK));
        return part.node("shown", "Where", hidden, part.number("zero", 0), weights);
    }

    /** With keys hidden that are beyond their sample's length. */
    private static String within(Part part, String scores, String lengths, Sizes sizes) {
        float[] places = new float[sizes.keys];
        for (int i = 0; i < sizes.keys - sizes.free; i++) {
            places[i] = i;
        }
        int[] shape = new int[sizes.rank];
        Arrays.fill(shape, 1);
        shape[0] = -1;
        String constant = part.layer.constant(part.prefix + "places", Constants.floats(places, sizes.keys));
        String visible = part.node("visible", "Less", constant, part.reshaped("lengths", lengths, shape));
        return part.node("within", "Where", visible, scores, part.number("lowest", -Float.MAX_VALUE));
    }

    static void heads(LayerNodes layer) {
        List<String> inputs = layer.inputs();
        LayerAttributes attributes = layer.attributes();
        boolean ragged = attributes.flag("lengths");
        int count = inputs.size() - (ragged ? 1 : 0);
        boolean self = count < 3;
        int keys = layer.inputShape(self ? 0 : 1)[0];
        Heads heads = new Heads(
                attributes.integer("num_heads"),
                attributes.integer("embed_dim"),
                layer.inputShape(0)[0],
                keys,
                attributes.flag("add_bias_kv") ? 1 : 0,
                attributes.flag("add_zero_attn") ? 1 : 0,
                attributes.flag("is_causal"));
        String x = inputs.get(0);
        Attended attended = heads(
                new Part(layer, ""),
                heads,
                List.of(x, self ? x : inputs.get(1), self ? x : inputs.get(2)),
                Hiding.of(layer, count % 2 == 0 ? count - 1 : count, ragged ? 1 : 0, ragged ? 0 : -1));
        layer.result("Identity", List.of(attended.rows));
        String axis = layer.constant("weights/axis", Constants.integers(1));
        layer.further(1, "ReduceMean", List.of(attended.shares, axis), Attributes.of("keepdims", 0));
    }

    /** @param shares what queries take of keys, for each head */
    private record Attended(String rows, String shares) {}

    private record Heads(int count, int features, int queries, int keys, int learned, int zeros, boolean causal) {
        int more() {
            return learned + zeros;
        }
    }

    private static Attended heads(Part part, Heads of, List<String> inputs, Hiding hiding) {
        List<String> weights = List.of("q_proj_weight", "k_proj_weight", "v_proj_weight");
        List<String> learned = List.of("", "bias_k", "bias_v");
        boolean one = part.has("in_proj_weight");
        List<String> split = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = List.of("query", "key", "value").get(i);
            int from = i * of.features;
            String weight = one ? "in_proj_weight" : weights.get(i);
            String rows = part.linear(name, inputs.get(i), weight, "in_proj_bias", from, from + of.features, one);
            int length = i == 0 ? of.queries : of.keys + of.more();
            if (i > 0 && of.more() > 0) {
                rows = part.extended(name + "/extended", rows, 3, 1, 0, of.more());
            }
            if (i > 0 && of.learned > 0) {
                String row = part.parameter(learned.get(i));
                String placed = part.extended(name + "/learned", row, 3, 1, of.keys, of.zeros);
                rows = part.node(name + "/with", "Add", rows, placed);
            }
            String apart = part.reshaped(name + "/split", rows, 0, length, of.count, of.features / of.count);
            split.add(part.permuted(name + "/heads", apart, 0, 2, 1, 3));
        }
        double scale = 1 / Math.sqrt((double) of.features / of.count);
        Sizes sizes = new Sizes(4, of.queries, of.keys + of.more(), of.more(), of.causal, scale);
        String added = hiding.mask == null ? null : mask(part, of, hiding.mask, hiding.shape);
        String shares = weights(part, split.get(0), split.get(1), added, hiding.lengths, sizes);
        String attended = part.permuted("turned", part.node("attended", "MatMul", shares, split.get(2)), 0, 2, 1, 3);
        String joined = part.reshaped("joined", attended, 0, of.queries, of.features);
        return new Attended(part.linear("projected", joined, "out_proj.weight", "out_proj.bias", 0, 0, false), shares);
    }

    private static String mask(Part part, Heads of, String mask, int[] shape) {
        int rank = shape.length + 1;
        String whole = mask;
        if (of.more() > 0 && shape[shape.length - 1] < of.keys) {
            int[] sizes = new int[rank];
            Arrays.fill(sizes, 1);
            sizes[rank - 1] = of.keys;
            whole = part.node("mask/whole", "Expand", mask, part.constant("mask/sizes", sizes));
        }
        if (of.more() > 0) {
            whole = part.extended("mask/extended", whole, rank, rank - 1, 0, of.more());
        }
        int[] last = shape.clone();
        last[shape.length - 1] = shape[shape.length - 1] == 1 && of.more() == 0 ? 1 : of.keys + of.more();
        return ofRank(part, whole, last, 4);
    }

    static void encoder(LayerNodes layer) {
        String x = added(layer, layer.input(), 1, each -> self(layer, each, 1));
        layer.result("Identity", List.of(added(layer, x, 2, each -> transformed(layer, each))));
    }

    static void decoder(LayerNodes layer) {
        String memory = layer.inputs().get(1);
        LayerAttributes attributes = layer.attributes();
        int own = attributes.flag("lengths") ? 1 : 0;
        boolean ragged = attributes.flag("memory_lengths");
        String x = added(layer, layer.input(), 1, each -> self(layer, each, 2));
        x = added(
                layer,
                x,
                2,
                each -> heads(
                                new Part(layer, "multihead_attn."),
                                heads(layer, layer.inputShape(1)[0], false),
                                List.of(each, memory, memory),
                                Hiding.of(layer, 3, own + (ragged ? 1 : 0), ragged ? own : -1))
                        .rows);
        layer.result("Identity", List.of(added(layer, x, 3, each -> transformed(layer, each))));
    }

    private static Heads heads(LayerNodes layer, int keys, boolean causal) {
        LayerAttributes attributes = layer.attributes();
        return new Heads(
                attributes.integer("nhead"), attributes.integer("d_model"), layer.inputShape(0)[0], keys, 0, 0, causal);
    }

    /** @param mask which input the mask is, if it is there */
    private static String self(LayerNodes layer, String x, int mask) {
        boolean ragged = layer.attributes().flag("lengths");
        int lengths = (ragged ? 1 : 0) + (layer.attributes().flag("memory_lengths") ? 1 : 0);
        return heads(
                        new Part(layer, "self_attn."),
                        heads(layer, layer.inputShape(0)[0], layer.attributes().flag("is_causal")),
                        List.of(x, x, x),
                        Hiding.of(layer, mask, lengths, ragged ? 0 : -1))
                .rows;
    }

    private static String added(LayerNodes layer, String x, int number, UnaryOperator<String> part) {
        boolean first = layer.attributes().flag("norm_first");
        String result = part.apply(first ? norm(layer, x, number) : x);
        String sum = layer.node("sum" + number, "Add", List.of(x, result));
        return first ? sum : norm(layer, sum, number);
    }

    private static String norm(LayerNodes layer, String x, int number) {
        String name = "norm" + number;
        List<String> inputs = new ArrayList<>(List.of(x, layer.parameter(name + ".weight")));
        if (layer.hasParameter(name + ".bias")) {
            inputs.add(layer.parameter(name + ".bias"));
        }
        return layer.node(
                name,
                "LayerNormalization",
                inputs,
                Attributes.of("axis", -1),
                Attributes.of("epsilon", layer.attributes().real("layer_norm_eps")));
    }

    private static String transformed(LayerNodes layer, String x) {
        Part part = new Part(layer, "");
        String wide = part.linear("linear1", x, "linear1.weight", "linear1.bias", 0, 0, false);
        String active = layer.attributes().text("activation").equals("gelu")
                ? layer.node("activation", "Gelu", List.of(wide), Attributes.of("approximate", "none"))
                : layer.node("activation", "Relu", List.of(wide));
        return part.linear("linear2", active, "linear2.weight", "linear2.bias", 0, 0, false);
    }
}
