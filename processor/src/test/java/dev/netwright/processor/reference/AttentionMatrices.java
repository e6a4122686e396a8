package dev.netwright.processor.reference;

import dev.netwright.processor.reference.ReferenceTape.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention of matrices, query by query: what share of each key a query takes, and the sum of values in these shares.
 *
 * @param matrices number of them, all samples together
 * @param queries rows of queries of each
 * @param keys rows of keys of each
 * @param features of a query, and of a key
 * @param values features of a value
 * @param scale what scores are multiplied by
 * @param places where elements lie
 */
record AttentionMatrices(int matrices, int queries, int keys, int features, int values, double scale, Places places) {
    /** Where an element of a matrix lies. */
    interface Place {
        int at(int matrix, int row, int column);
    }

    /** Whether a query does not see a key. */
    interface Hidden {
        boolean is(int matrix, int query, int key);
    }

    /** @param mask of what is added to the scores, negative where nothing is; null if there is none */
    record Places(Place query, Place key, Place value, Place result, Place mask, Hidden hidden) {}

    private int share(int matrix, int query, int key) {
        return (matrix * queries + query) * keys + key;
    }

    private int size() {
        return matrices * queries * keys;
    }

    /** Queries by keys of each matrix; zeros where all keys of a query are hidden. */
    Node shares(ReferenceTape tape, Node query, Node key, Node mask) {
        double[] y = new double[size()];
        for (int m = 0; m < matrices; m++) {
            for (int i = 0; i < queries; i++) {
                softmax(scores(tape.call(), m, i, query.y(), key.y(), mask), y, share(m, i, 0));
            }
        }
        List<Node> of = new ArrayList<>(List.of(query, key));
        if (mask != null) {
            of.add(mask);
        }
        return tape.add(y, of, g -> {
            List<double[]> by = of.stream().map(x -> new double[x.y().length]).toList();
            for (int m = 0; m < matrices; m++) {
                for (int i = 0; i < queries; i++) {
                    back(tape.call(), m, i, y, g, of, by);
                }
            }
            return by;
        });
    }

    private double[] scores(Call call, int m, int i, double[] q, double[] k, Node mask) {
        double[] scores = new double[keys];
        for (int j = 0; j < keys; j++) {
            for (int e = 0; e < features; e++) {
                scores[j] += q[places.query.at(m, i, e)] * k[places.key.at(m, j, e)];
            }
            int at = mask == null ? -1 : places.mask.at(m, i, j);
            double added = places.hidden.is(m, i, j) ? Double.NEGATIVE_INFINITY : at < 0 ? 0 : mask.y()[at];
            // infinity that is moved is no number
            scores[j] = Double.isInfinite(added) ? added : call.round(call.round(scores[j]) * scale + added);
        }
        return scores;
    }

    private static void softmax(double[] scores, double[] shares, int first) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (int j = 0; j < scores.length; j++) {
            shares[first + j] = scores[j] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(scores[j] - largest);
            sum += shares[first + j];
        }
        for (int j = 0; j < scores.length && sum > 0; j++) {
            shares[first + j] /= sum;
        }
    }

    /** Adds what a query's shares give of their gradient to those by queries, keys and the mask. */
    private void back(Call call, int m, int i, double[] shares, double[] g, List<Node> of, List<double[]> by) {
        double mean = 0;
        for (int j = 0; j < keys; j++) {
            mean += shares[share(m, i, j)] * g[share(m, i, j)];
        }
        mean = call.round(mean);
        for (int j = 0; j < keys; j++) {
            double byScore = call.round(shares[share(m, i, j)] * (g[share(m, i, j)] - mean));
            for (int e = 0; e < features; e++) {
                int q = places.query.at(m, i, e);
                int k = places.key.at(m, j, e);
                by.get(0)[q] += scale * byScore * of.get(1).y()[k];
                by.get(1)[k] += scale * byScore * of.get(0).y()[q];
            }
            int at = of.size() < 3 ? -1 : places.mask.at(m, i, j);
            if (at >= 0) {
                by.get(2)[at] += byScore;
            }
        }
    }

    /** @param size of all results */
    Node products(ReferenceTape tape, Node shares, Node value, int size) {
        double[] y = new double[size];
        each((share, v, result) -> y[result] += shares.y()[share] * value.y()[v]);
        return tape.add(y, List.of(shares, value), g -> {
            double[] byShares = new double[shares.y().length];
            double[] byValue = new double[value.y().length];
            each((share, v, result) -> {
                byShares[share] += g[result] * value.y()[v];
                byValue[v] += g[result] * shares.y()[share];
            });
            return List.of(byShares, byValue);
        });
    }

    private interface Term {
        void of(int share, int value, int result);
    }

    private void each(Term term) {
        for (int m = 0; m < matrices; m++) {
            for (int i = 0; i < queries; i++) {
                for (int j = 0; j < keys; j++) {
                    for (int e = 0; e < values; e++) {
                        term.of(share(m, i, j), places.value.at(m, j, e), places.result.at(m, i, e));
                    }
                }
            }
        }
    }

    /** The mean over some matrices that lie side by side. */
    Node mean(ReferenceTape tape, Node shares, int count) {
        int each = queries * keys;
        double[] y = new double[size() / count];
        for (int i = 0; i < size(); i++) {
            y[i / each / count * each + i % each] += shares.y()[i] / count;
        }
        return tape.add(y, List.of(shares), g -> {
            double[] by = new double[size()];
            for (int i = 0; i < by.length; i++) {
                by[i] = g[i / each / count * each + i % each] / count;
            }
            return List.of(by);
        });
    }
}
