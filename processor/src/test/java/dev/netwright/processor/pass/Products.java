package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;

/** What the three products with a weight say, row by row; the weight's dimensions behind the first are its features. */
final class Products {
    private final Node node;
    private final double[] first;
    private final double[] second;

    Products(Node node, double[] first, double[] second) {
        this.node = node;
        this.first = first;
        this.second = second;
    }

    /** @param bias or null */
    double[] compute(double[] bias) {
        boolean byWeight = node.operator() instanceof Primitive.ProductWeightGradient;
        Shape weight = (byWeight ? node.output() : node.inputs().get(1)).shape();
        int outputs = weight.size(0);
        int features = weight.elements() / outputs;
        boolean forward = node.operator() instanceof Primitive.Product;
        int rows = first.length / (forward || byWeight ? features : outputs);
        double[] sums = new double[byWeight ? weight.elements() : rows * (forward ? outputs : features)];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < outputs; o++) {
                for (int f = 0; f < features; f++) {
                    if (forward) {
                        sums[row * outputs + o] += first[row * features + f] * second[o * features + f];
                    } else if (byWeight) {
                        sums[o * features + f] += first[row * features + f] * second[row * outputs + o];
                    } else {
                        sums[row * features + f] += first[row * outputs + o] * second[o * features + f];
                    }
                }
            }
        }
        for (int i = 0; bias != null && i < sums.length; i++) {
            sums[i] += bias[i % outputs];
        }
        return sums;
    }
}
