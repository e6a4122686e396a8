package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.LPPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Norms of windows. */
final class ReferenceNormPool {
    private ReferenceNormPool() {}

    static double[] forward(LPPool layer, Call call) {
        double[] y = new double[call.samples() * layer.output().elements()];
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            List<Integer> cells = cells(layer, i);
            for (int cell : cells) {
                sum += Math.pow(call.input()[cell], layer.normType());
            }
            y[i] = root(sum * whole(layer) / cells.size(), layer.normType());
        }
        return y;
    }

    static double[] gradient(LPPool layer, Call call, double[] gradient) {
        double[] y = forward(layer, call);
        double p = layer.normType();
        double[] byPower = new double[call.input().length];
        for (int i = 0; i < y.length; i++) {
            List<Integer> cells = cells(layer, i);
            double sum = 0;
            for (int cell : cells) {
                sum += Math.pow(call.input()[cell], p);
            }
            for (int cell : cells) {
                byPower[cell] += sum == 0 ? 0 : gradient[i] * y[i] / (p * sum);
            }
        }
        // of cells that no window has too, where it may be nothing times NaN
        Arrays.setAll(byPower, cell -> byPower[cell] * p * Math.pow(call.input()[cell], p - 1));
        return byPower;
    }

    private static double root(double sum, double p) {
        return p == 1 ? sum : Math.pow(sum, 1 / p);
    }

    private static double whole(LPPool layer) {
        double cells = 1;
        for (int axis = 0; axis < layer.input().rank() - 1; axis++) {
            cells *= of(layer.pooling().kernelSize(), axis);
        }
        return cells;
    }

    /** The cells that an output's window has. */
    private static List<Integer> cells(LPPool layer, int output) {
        Shape in = layer.input();
        Shape out = layer.output();
        List<Integer> cells = List.of(output / (out.elements() / out.size(0)));
        int rest = out.elements() / out.size(0);
        for (int d = 1; d < in.rank(); d++) {
            rest /= out.size(d);
            int start = output / rest % out.size(d) * of(layer.pooling().stride(), d - 1);
            int end = Math.min(in.size(d), start + of(layer.pooling().kernelSize(), d - 1));
            List<Integer> more = new ArrayList<>();
            for (int cell : cells) {
                for (int i = start; i < end; i++) {
                    more.add(cell * in.size(d) + i);
                }
            }
            cells = more;
        }
        return cells;
    }

    private static int of(List<Integer> values, int axis) {
        return values.get(Math.min(axis, values.size() - 1));
    }
}
