package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.MultiheadAttention;
import dev.netwright.processor.graph.layer.ScaledDotProductAttention;
import dev.netwright.processor.reference.AttentionMatrices.Place;
import dev.netwright.processor.reference.AttentionMatrices.Places;
import dev.netwright.processor.reference.ReferenceGradients.Gradients;
import dev.netwright.processor.reference.ReferenceTape.Node;
import java.util.ArrayList;
import java.util.List;

/** Attention; of several heads by projections that are sums term by term. */
final class ReferenceAttention {
    /**
     * What attention of several heads reads.
     *
     * @param mask what is added to the scores, or null
     * @param lengths how many keys each sample has, or null
     */
    record Read(Node query, Node key, Node value, Node mask, double[] lengths) {}

    /**
     * What it gives.
     *
     * @param weights the mean over the heads of what share of each key a query takes
     */
    record Given(Node output, Node weights) {}

    private ReferenceAttention() {}

    static boolean has(Layer layer) {
        return layer instanceof ScaledDotProductAttention || layer instanceof MultiheadAttention;
    }

    static boolean flag(Layer layer, String name) {
        return (Boolean) ReferenceAttributes.of(layer, name);
    }

    /** What the layer gives, and what it gives besides, in order. */
    static List<double[]> outputs(Layer layer, Call call) {
        return tape(layer, call).outputs();
    }

    /** @param gradients by each of the outputs; null for none */
    static Gradients gradients(Layer layer, Call call, List<double[]> gradients) {
        return tape(layer, call).gradients(gradients);
    }

    private static ReferenceTape tape(Layer layer, Call call) {
        ReferenceTape tape = new ReferenceTape(call);
        List<Node> inputs = new ArrayList<>(tape.inputs());
        double[] lengths =
                flag(layer, "lengths") ? inputs.remove(inputs.size() - 1).y() : null;
        Node mask = inputs.size() % 2 == 0 ? inputs.get(inputs.size() - 1) : null;
        boolean self = inputs.size() < 3;
        Node x = inputs.get(0);
        Read read = new Read(x, self ? x : inputs.get(1), self ? x : inputs.get(2), mask, lengths);
        if (layer instanceof ScaledDotProductAttention products) {
            return tape.end(products(tape, products, read));
        }
        Given given = heads(tape, (MultiheadAttention) layer, "", read);
        return tape.end(given.output, given.weights);
    }

    private static Node products(ReferenceTape tape, ScaledDotProductAttention a, Read read) {
        Shape out = a.output();
        int rank = out.rank();
        int samples = tape.call().samples();
        int queries = out.size(rank - 2);
        int values = out.size(rank - 1);
        int matrices = out.elements() / queries / values;
        Places places = new Places(
                (matrix, row, column) -> place(a.query(), out, matrix, row, column),
                (matrix, row, column) -> place(a.key(), out, matrix, row, column),
                (matrix, row, column) -> place(a.value(), out, matrix, row, column),
                (matrix, row, column) -> place(out, out, matrix, row, column),
                (matrix, row, column) -> place(a.mask(), out, matrix, row, column),
                (matrix, query, key) ->
                        a.causal() && key > query || read.lengths != null && key >= read.lengths[matrix / matrices]);
        AttentionMatrices all = new AttentionMatrices(
                samples * matrices,
                queries,
                a.key().size(rank - 2),
                a.query().size(rank - 1),
                values,
                a.scale(),
                places);
        Node shares = dropped(tape, all.shares(tape, read.query, read.key, read.mask), a.dropout());
        return all.products(tape, shares, read.value, samples * out.elements());
    }

    /** All of it, or nothing. */
    static Node dropped(ReferenceTape tape, Node x, double probability) {
        boolean all = tape.call().training() && probability == 1;
        return all ? tape.each(x, each -> 0, each -> 0) : x;
    }

    /** Of an element of the output's matrix, in an input whose dimensions may be 1, or fewer. */
    private static int place(Shape input, Shape output, int matrix, int row, int column) {
        int rest = matrix;
        int place = 0;
        int stride = 1;
        int missing = output.rank() - input.rank();
        int[] index = new int[output.rank()];
        for (int d = output.rank() - 3; d >= 0; d--) {
            index[d] = rest % output.size(d);
            rest /= output.size(d);
        }
        index[output.rank() - 2] = row;
        index[output.rank() - 1] = column;
        for (int d = input.rank() - 1; d >= 0; d--) {
            place += input.size(d) == 1 ? 0 : index[d + missing] * stride;
            stride *= input.size(d);
        }
        return place + rest * stride;
    }

    /** Attention of several heads, whose parameters have a prefix to their names. */
    static Given heads(ReferenceTape tape, MultiheadAttention layer, String prefix, Read read) {
        int features = layer.query().size(1);
        List<Node> projected = projected(tape, layer, prefix, List.of(read.query, read.key, read.value));
        int keys = layer.key().size(0);
        if (flag(layer, "add_bias_kv")) {
            projected.set(1, tape.extended(projected.get(1), keys, features, prefix + "bias_k"));
            projected.set(2, tape.extended(projected.get(2), keys, features, prefix + "bias_v"));
            keys++;
        }
        if (flag(layer, "add_zero_attn")) {
            projected.set(1, tape.extended(projected.get(1), keys, features, null));
            projected.set(2, tape.extended(projected.get(2), keys, features, null));
            keys++;
        }
        int heads = (Integer) ReferenceAttributes.of(layer, "num_heads");
        AttentionMatrices all = matrices(layer, heads, keys, tape.call().samples(), read.lengths);
        double dropout = (Double) ReferenceAttributes.of(layer, "dropout");
        Node shares = dropped(tape, all.shares(tape, projected.get(0), projected.get(1), read.mask), dropout);
        Node attended = all.products(tape, shares, projected.get(2), read.query.y().length);
        String bias = flag(layer, "bias") ? prefix + "out_proj.bias" : null;
        return new Given(
                tape.linear(attended, features, features, prefix + "out_proj.weight", 0, bias, 0),
                all.mean(tape, shares, heads));
    }

    /** Queries, keys and values. */
    private static List<Node> projected(ReferenceTape tape, MultiheadAttention layer, String prefix, List<Node> given) {
        int features = layer.query().size(1);
        String bias = flag(layer, "bias") ? prefix + "in_proj_bias" : null;
        boolean one = layer.key().size(1) == features && layer.value().size(1) == features;
        List<Node> projected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String weight = one
                    ? "in_proj_weight"
                    : List.of("q_proj_weight", "k_proj_weight", "v_proj_weight").get(i);
            projected.add(tape.linear(
                    given.get(i),
                    List.of(layer.query(), layer.key(), layer.value()).get(i).size(1),
                    features,
                    prefix + weight,
                    one ? i * features : 0,
                    bias,
                    i * features));
        }
        return projected;
    }

    /** A matrix for each head; every query sees the keys that were added to the input's. */
    private static AttentionMatrices matrices(
            MultiheadAttention layer, int heads, int keys, int samples, double[] lengths) {
        int features = layer.query().size(1);
        int width = features / heads;
        int queries = layer.query().size(0);
        int own = layer.key().size(0);
        Shape scores = Shape.of(heads, queries, own);
        boolean causal = flag(layer, "is_causal");
        Place ofQueries = (m, row, column) -> (m / heads * queries + row) * features + m % heads * width + column;
        Place ofKeys = (m, row, column) -> (m / heads * keys + row) * features + m % heads * width + column;
        Place ofMask = (m, row, column) -> column < own ? place(layer.mask(), scores, m, row, column) : -1;
        Places places = new Places(
                ofQueries,
                ofKeys,
                ofKeys,
                ofQueries,
                ofMask,
                (m, query, key) ->
                        key < own && (causal && key > query || lengths != null && key >= lengths[m / heads]));
        return new AttentionMatrices(samples * heads, queries, keys, width, width, 1 / Math.sqrt(width), places);
    }
}
