package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.MatMul;
import java.util.List;

/** Products of matrices, term by term. */
final class ReferenceMatMul {
    /** What is done with each term of each sum: the places of y, of a and of b. */
    private interface Term {
        void at(int y, int a, int b);
    }

    private ReferenceMatMul() {}

    static double[] forward(MatMul layer, Call call) {
        double[] a = call.inputs().get(0);
        double[] b = call.inputs().get(1);
        double[] y = new double[call.samples() * layer.output().elements()];
        terms(layer, call.samples(), (to, left, right) -> y[to] += a[left] * b[right]);
        return y;
    }

    static List<double[]> gradients(MatMul layer, Call call, double[] gradient) {
        double[] a = call.inputs().get(0);
        double[] b = call.inputs().get(1);
        double[] byA = new double[a.length];
        double[] byB = new double[b.length];
        terms(layer, call.samples(), (from, left, right) -> {
            byA[left] += gradient[from] * b[right];
            byB[right] += gradient[from] * a[left];
        });
        return List.of(byA, byB);
    }

    private static void terms(MatMul layer, int samples, Term term) {
        Shape y = layer.output();
        int last = y.rank() - 1;
        int inner = layer.a().size(layer.transposeA() ? last - 1 : last);
        for (int i = 0; i < samples * y.elements(); i++) {
            int column = i % y.size(last);
            int row = i / y.size(last) % y.size(last - 1);
            int matrix = i / y.size(last) / y.size(last - 1);
            for (int k = 0; k < inner; k++) {
                int left = layer.transposeA()
                        ? matrix(layer.a(), y, matrix) * inner * y.size(last - 1) + k * y.size(last - 1) + row
                        : matrix(layer.a(), y, matrix) * inner * y.size(last - 1) + row * inner + k;
                int right = layer.transposeB()
                        ? matrix(layer.b(), y, matrix) * inner * y.size(last) + column * inner + k
                        : matrix(layer.b(), y, matrix) * inner * y.size(last) + k * y.size(last) + column;
                term.at(i, left, right);
            }
        }
    }

    /** Which matrix of an input meets one of the output, over all samples. */
    private static int matrix(Shape input, Shape output, int matrix) {
        int rest = matrix;
        int place = 0;
        int stride = 1;
        for (int d = output.rank() - 3; d >= 0; d--) {
            place += input.size(d) == 1 ? 0 : rest % output.size(d) * stride;
            stride *= input.size(d);
            rest /= output.size(d);
        }
        return place + rest * stride;
    }
}
