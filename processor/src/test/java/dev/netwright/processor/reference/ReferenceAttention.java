package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.MultiheadAttention;
import dev.netwright.processor.graph.layer.ScaledDotProductAttention;
import dev.netwright.processor.reference.ReferenceGradients.Gradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Attention, query by query; of several heads by projections that are sums term by term. */
final class ReferenceAttention {
    /** Where an element of a matrix lies. */
    private interface Place {
        int at(int row, int column);
    }

    /** What is added to a score; minus infinity where the key is hidden. */
    private interface Mask {
        double at(int query, int key);
    }

    /** Matrices of queries, keys, values and results. */
    private record Matrices(Place query, Place key, Place value, Place result) {}

    /** Numbers of one attention of matrices. */
    private record Sizes(int queries, int keys, int features, int values, double scale, boolean dropped) {}

    private ReferenceAttention() {}

    static Object attribute(Layer layer, String name) {
        return layer.attributes().stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(LayerAttribute::value)
                .findFirst()
                .orElseThrow();
    }

    static boolean flag(Layer layer, String name) {
        return (Boolean) attribute(layer, name);
    }

    static double[] forward(Layer layer, Call call) {
        return layer instanceof ScaledDotProductAttention attention
                ? products(attention, call, null).get(0)
                : of((MultiheadAttention) layer, call).y();
    }

    static Gradients gradients(Layer layer, Call call, double[] gradient) {
        return layer instanceof ScaledDotProductAttention attention
                ? new Gradients(products(attention, call, gradient), Map.of(), Map.of())
                : of((MultiheadAttention) layer, call).gradients(gradient);
    }

    private static ReferenceTape of(MultiheadAttention layer, Call call) {
        ReferenceTape tape = new ReferenceTape(call);
        List<ReferenceTape.Node> inputs = tape.inputs();
        boolean self = inputs.size() < 3;
        ReferenceTape.Node mask = layer.mask() == null ? null : inputs.get(inputs.size() - 1);
        ReferenceTape.Node x = inputs.get(0);
        return tape.end(heads(tape, layer, "", x, self ? x : inputs.get(1), self ? x : inputs.get(2), mask));
    }

    /** The results, or with their gradient those by the inputs. */
    private static List<double[]> products(ScaledDotProductAttention a, Call call, double[] gradient) {
        Shape out = a.output();
        int rank = out.rank();
        Sizes sizes = new Sizes(
                out.size(rank - 2),
                a.key().size(rank - 2),
                a.query().size(rank - 1),
                out.size(rank - 1),
                a.scale(),
                call.training() && a.dropout() == 1);
        double[] y = new double[call.samples() * out.elements()];
        List<double[]> by =
                call.inputs().stream().map(x -> new double[x.length]).toList();
        int matrices = y.length / sizes.queries / sizes.values;
        for (int m = 0; m < matrices; m++) {
            int matrix = m;
            Matrices places = new Matrices(
                    (row, column) -> place(a.query(), out, matrix, row, column),
                    (row, column) -> place(a.key(), out, matrix, row, column),
                    (row, column) -> place(a.value(), out, matrix, row, column),
                    (row, column) -> place(out, out, matrix, row, column));
            Place ofMask = a.mask() == null ? null : (row, column) -> place(a.mask(), out, matrix, row, column);
            Mask mask = (i, j) -> a.causal() && j > i
                    ? Double.NEGATIVE_INFINITY
                    : ofMask == null ? 0 : call.inputs().get(3)[ofMask.at(i, j)];
            attend(sizes, places, mask, ofMask, call, y, gradient, by);
        }
        return gradient == null ? List.of(y) : by;
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

    /** Adds the results, or with their gradient adds to those by queries, keys, values and the mask. */
    private static void attend(
            Sizes n, Matrices at, Mask mask, Place ofMask, Call call, double[] y, double[] g, List<double[]> by) {
        double[] q = call.inputs().get(0);
        double[] k = call.inputs().get(1);
        double[] v = call.inputs().get(2);
        for (int i = 0; i < n.queries; i++) {
            double[] weights = weights(n, at, mask, call, q, k, i);
            double[] byWeight = new double[n.keys];
            double mean = 0;
            for (int j = 0; j < n.keys; j++) {
                double kept = n.dropped ? 0 : weights[j];
                for (int e = 0; e < n.values; e++) {
                    y[at.result.at(i, e)] += kept * v[at.value.at(j, e)];
                    if (g != null && !n.dropped) {
                        byWeight[j] += g[at.result.at(i, e)] * v[at.value.at(j, e)];
                        by.get(2)[at.value.at(j, e)] += kept * g[at.result.at(i, e)];
                    }
                }
                mean += weights[j] * byWeight[j];
            }
            mean = call.round(mean);
            for (int j = 0; j < n.keys && g != null; j++) {
                double byScore = call.round(weights[j] * (call.round(byWeight[j]) - mean));
                for (int e = 0; e < n.features; e++) {
                    by.get(0)[at.query.at(i, e)] += n.scale * byScore * k[at.key.at(j, e)];
                    by.get(1)[at.key.at(j, e)] += n.scale * byScore * q[at.query.at(i, e)];
                }
                if (ofMask != null) {
                    by.get(3)[ofMask.at(i, j)] += byScore;
                }
            }
        }
    }

    /** The shares of a query; zeros where all keys are hidden. */
    private static double[] weights(Sizes n, Matrices at, Mask mask, Call call, double[] q, double[] k, int query) {
        double[] scores = new double[n.keys];
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n.keys; j++) {
            for (int e = 0; e < n.features; e++) {
                scores[j] += q[at.query.at(query, e)] * k[at.key.at(j, e)];
            }
            double added = mask.at(query, j);
            // infinity that is moved is no number
            scores[j] = Double.isInfinite(added) ? added : call.round(call.round(scores[j]) * n.scale + added);
            largest = Math.max(largest, scores[j]);
        }
        double[] weights = new double[n.keys];
        double sum = 0;
        for (int j = 0; j < n.keys; j++) {
            weights[j] = scores[j] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(scores[j] - largest);
            sum += weights[j];
        }
        for (int j = 0; j < n.keys && sum > 0; j++) {
            weights[j] = call.round(weights[j] / sum);
        }
        return weights;
    }

    /** Attention of several heads, whose parameters have a prefix to their names. */
    static ReferenceTape.Node heads(
            ReferenceTape tape,
            MultiheadAttention layer,
            String prefix,
            ReferenceTape.Node query,
            ReferenceTape.Node key,
            ReferenceTape.Node value,
            ReferenceTape.Node mask) {
        int features = layer.query().size(1);
        boolean bias = flag(layer, "bias");
        boolean one = layer.key().size(1) == features && layer.value().size(1) == features;
        String biasName = bias ? prefix + "in_proj_bias" : null;
        List<ReferenceTape.Node> projected = new ArrayList<>();
        List<ReferenceTape.Node> given = List.of(query, key, value);
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
                    biasName,
                    i * features));
        }
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
        ReferenceTape.Node attended = attended(tape, layer, projected, mask, keys);
        String ofProjection = bias ? prefix + "out_proj.bias" : null;
        return tape.linear(attended, features, features, prefix + "out_proj.weight", 0, ofProjection, 0);
    }

    private static ReferenceTape.Node attended(
            ReferenceTape tape,
            MultiheadAttention layer,
            List<ReferenceTape.Node> projected,
            ReferenceTape.Node mask,
            int keys) {
        int heads = (Integer) attribute(layer, "num_heads");
        int features = layer.query().size(1);
        int width = features / heads;
        int queries = layer.query().size(0);
        List<ReferenceTape.Node> inputs = new ArrayList<>(projected);
        if (mask != null) {
            inputs.add(mask);
        }
        Call call = tape.call();
        Call attended = new Call(
                call.samples(),
                call.training(),
                inputs.stream().map(ReferenceTape.Node::y).toList(),
                Map.of(),
                null,
                Map.of(),
                call.arithmetic());
        boolean dropped = call.training() && (Double) attribute(layer, "dropout") == 1;
        Sizes sizes = new Sizes(queries, keys, width, width, 1 / Math.sqrt(width), dropped);
        Shape scores = Shape.of(heads, queries, layer.key().size(0));
        boolean causal = flag(layer, "is_causal");
        interface Run {
            void of(double[] y, double[] g, List<double[]> by);
        }
        Run run = (y, g, by) -> {
            for (int m = 0; m < call.samples() * heads; m++) {
                int sample = m / heads;
                int first = m % heads * width;
                int matrix = m;
                Place ofQueries = (row, column) -> (sample * queries + row) * features + first + column;
                Place ofKeys = (row, column) -> (sample * keys + row) * features + first + column;
                Place known =
                        layer.mask() == null ? null : (row, column) -> place(layer.mask(), scores, matrix, row, column);
                Mask added = (i, j) -> j >= layer.key().size(0)
                        ? 0
                        : causal && j > i ? Double.NEGATIVE_INFINITY : known == null ? 0 : mask.y()[known.at(i, j)];
                // what is added to the keys has no place in the mask
                double[] beside = by.size() > 3 ? Arrays.copyOf(by.get(3), by.get(3).length + 1) : null;
                List<double[]> all = new ArrayList<>(by);
                if (beside != null) {
                    all.set(3, beside);
                }
                Place ofMask =
                        known == null ? null : (i, j) -> j < layer.key().size(0) ? known.at(i, j) : beside.length - 1;
                attend(
                        sizes,
                        new Matrices(ofQueries, ofKeys, ofKeys, ofQueries),
                        added,
                        g == null ? null : ofMask,
                        attended,
                        y,
                        g,
                        all);
                if (beside != null) {
                    System.arraycopy(beside, 0, by.get(3), 0, by.get(3).length);
                }
            }
        };
        double[] y = new double[call.samples() * queries * features];
        run.of(y, null, List.of());
        return tape.add(y, inputs, g -> {
            List<double[]> by =
                    inputs.stream().map(x -> new double[x.y().length]).toList();
            run.of(new double[y.length], g, by);
            return by;
        });
    }
}
