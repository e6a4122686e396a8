package dev.netwright.processor.reference;

import dev.netwright.processor.reference.ReferenceGradients.Gradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** What a layer of several others did, so that its gradient is theirs from the last to the first. */
final class ReferenceTape {
    /**
     * A number of arrays made an array.
     *
     * @param y what it is
     * @param inputs what it was made of
     * @param back from its gradient those by the inputs
     */
    record Node(double[] y, List<Node> inputs, Function<double[], List<double[]>> back) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final Call call;
    private final List<Node> inputs;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node> outputs = new ArrayList<>();
    private final Map<String, double[]> byState = new HashMap<>();
    private final Map<String, Double> magnitudes = new HashMap<>();

    ReferenceTape(Call call) {
        this.call = call;
        this.inputs = call.inputs().stream()
                .map(x -> new Node(x, List.of(), g -> List.of()))
                .toList();
    }

    Call call() {
        return call;
    }

    List<Node> inputs() {
        return inputs;
    }

    Node add(double[] y, List<Node> of, Function<double[], List<double[]>> back) {
        Node node = new Node(call.arithmetic().round(y), of, g -> {
            List<double[]> by = back.apply(g);
            by.forEach(call.arithmetic()::round);
            return by;
        });
        nodes.add(node);
        return node;
    }

    /** What the layer gives, in order. */
    ReferenceTape end(Node... given) {
        outputs.addAll(List.of(given));
        return this;
    }

    List<double[]> outputs() {
        return outputs.stream().map(Node::y).toList();
    }

    /** @param gradient by each of the outputs; null for none */
    Gradients gradients(List<double[]> gradient) {
        Map<Node, double[]> gradients = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (gradient.get(i) != null) {
                gradients.merge(outputs.get(i), gradient.get(i), ReferenceTape::sum);
            }
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            double[] of = gradients.get(node);
            List<double[]> by = of == null ? List.of() : node.back().apply(of);
            for (int k = 0; k < by.size(); k++) {
                gradients.merge(node.inputs().get(k), by.get(k), ReferenceTape::sum);
            }
        }
        List<double[]> byInputs = inputs.stream()
                .map(x -> gradients.getOrDefault(x, new double[x.y().length]))
                .toList();
        return new Gradients(byInputs, byState, magnitudes);
    }

    static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    private void state(String name, double[] gradient, double magnitude) {
        byState.merge(name, gradient, ReferenceTape::sum);
        magnitudes.merge(name, magnitude, Double::sum);
    }

    /** A product with some rows of a weight, and the bias of these. */
    Node linear(Node x, int in, int out, String weightName, int firstRow, String biasName, int firstBias) {
        double[] weight = call.state().get(weightName);
        double[] y = new double[x.y().length / in * out];
        for (int k = 0; k < y.length; k++) {
            int o = k % out;
            y[k] = biasName == null ? 0 : call.state().get(biasName)[firstBias + o];
            for (int i = 0; i < in; i++) {
                y[k] += x.y()[k / out * in + i] * weight[(firstRow + o) * in + i];
            }
        }
        return add(y, List.of(x), g -> {
            double[] byInput = new double[x.y().length];
            double[] byWeight = new double[weight.length];
            double[] byBias = new double[biasName == null ? 0 : call.state().get(biasName).length];
            double[] terms = new double[out];
            for (int k = 0; k < g.length; k++) {
                int o = k % out;
                terms[o] += Math.abs(g[k]);
                if (biasName != null) {
                    byBias[firstBias + o] += g[k];
                }
                for (int i = 0; i < in; i++) {
                    byInput[k / out * in + i] += g[k] * weight[(firstRow + o) * in + i];
                    byWeight[(firstRow + o) * in + i] += g[k] * x.y()[k / out * in + i];
                }
            }
            state(weightName, byWeight, ReferenceGradients.largest(terms) * ReferenceGradients.largest(x.y()));
            if (biasName != null) {
                state(biasName, byBias, ReferenceGradients.largest(terms));
            }
            return List.of(byInput);
        });
    }

    /** Each sample's rows with one behind them: a parameter, or zeros. */
    Node extended(Node x, int rows, int features, String name) {
        int more = (rows + 1) * features;
        double[] y = new double[call.samples() * more];
        for (int s = 0; s < call.samples(); s++) {
            System.arraycopy(x.y(), s * rows * features, y, s * more, rows * features);
            for (int e = 0; e < features && name != null; e++) {
                y[s * more + rows * features + e] = call.state().get(name)[e];
            }
        }
        return add(y, List.of(x), g -> {
            double[] byInput = new double[x.y().length];
            double[] byRow = new double[features];
            double[] terms = new double[features];
            for (int s = 0; s < call.samples(); s++) {
                System.arraycopy(g, s * more, byInput, s * rows * features, rows * features);
                for (int e = 0; e < features; e++) {
                    byRow[e] += g[s * more + rows * features + e];
                    terms[e] += Math.abs(g[s * more + rows * features + e]);
                }
            }
            if (name != null) {
                state(name, byRow, ReferenceGradients.largest(terms));
            }
            return List.of(byInput);
        });
    }

    Node plus(Node a, Node b) {
        return add(sum(a.y(), b.y()), List.of(a, b), g -> List.of(g.clone(), g.clone()));
    }

    Node each(Node x, DoubleUnaryOperator function, DoubleUnaryOperator slope) {
        double[] y = Arrays.stream(x.y()).map(function).toArray();
        return add(y, List.of(x), g -> {
            double[] by = new double[g.length];
            Arrays.setAll(by, i -> g[i] * slope.applyAsDouble(x.y()[i]));
            return List.of(by);
        });
    }

    /** Rows normalised, scaled and perhaps shifted. */
    Node norm(Node x, int features, double eps, String weightName, String biasName) {
        double[] weight = call.state().get(weightName);
        double[] normal = new double[x.y().length];
        double[] inverses = new double[normal.length / features];
        for (int row = 0; row < inverses.length; row++) {
            double mean = 0;
            double variance = 0;
            for (int e = 0; e < features; e++) {
                mean += x.y()[row * features + e] / features;
            }
            mean = call.round(mean);
            for (int e = 0; e < features; e++) {
                variance += Math.pow(x.y()[row * features + e] - mean, 2) / features;
            }
            inverses[row] = call.round(1 / Math.sqrt(variance + eps));
            for (int e = 0; e < features; e++) {
                normal[row * features + e] = (x.y()[row * features + e] - mean) * inverses[row];
            }
        }
        double[] y = new double[normal.length];
        Arrays.setAll(
                y,
                i -> normal[i] * weight[i % features]
                        + (biasName == null ? 0 : call.state().get(biasName)[i % features]));
        return add(y, List.of(x), g -> {
            double[] byInput = new double[g.length];
            double[] byWeight = new double[features];
            double[] byBias = new double[features];
            double[] terms = new double[features];
            double[] termsOfBias = new double[features];
            for (int row = 0; row < inverses.length; row++) {
                double shift = 0;
                double slope = 0;
                for (int e = 0; e < features; e++) {
                    int i = row * features + e;
                    byWeight[e] += g[i] * normal[i];
                    byBias[e] += g[i];
                    terms[e] += Math.abs(g[i] * normal[i]);
                    termsOfBias[e] += Math.abs(g[i]);
                    shift += g[i] * weight[e] / features;
                    slope += g[i] * weight[e] * normal[i] / features;
                }
                for (int e = 0; e < features; e++) {
                    int i = row * features + e;
                    byInput[i] = (g[i] * weight[e] - call.round(shift) - normal[i] * call.round(slope)) * inverses[row];
                }
            }
            state(weightName, byWeight, ReferenceGradients.largest(terms));
            if (biasName != null) {
                state(biasName, byBias, ReferenceGradients.largest(termsOfBias));
            }
            return List.of(byInput);
        });
    }
}
