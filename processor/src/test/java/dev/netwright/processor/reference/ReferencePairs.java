package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.CosineSimilarity;
import dev.netwright.processor.graph.layer.ElementPair;
import dev.netwright.processor.graph.layer.PairwiseDistance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions of two inputs. */
final class ReferencePairs {
    private ReferencePairs() {}

    static double[] forward(ElementPair layer, Call call) {
        return ReferenceJoins.join(layer.inputs(), layer.output(), call, (a, b) -> switch (layer.kind()) {
            case SUB -> a - b;
            case DIV -> a / b;
            case MAXIMUM -> call.side(a > b) ? a : b;
            case MINIMUM -> call.side(a < b) ? a : b;
        });
    }

    static List<double[]> gradients(ElementPair layer, Call call, double[] gradient) {
        double[] byA = new double[call.inputs().get(0).length];
        double[] byB = new double[call.inputs().get(1).length];
        for (int i = 0; i < gradient.length; i++) {
            int atA = ReferenceJoins.place(layer.inputs().get(0), layer.output(), i);
            int atB = ReferenceJoins.place(layer.inputs().get(1), layer.output(), i);
            double a = call.inputs().get(0)[atA];
            double b = call.inputs().get(1)[atB];
            double g = gradient[i];
            double shareOfA = a > b ? 1 : a < b ? 0 : 0.5;
            switch (layer.kind()) {
                case SUB -> {
                    byA[atA] += g;
                    byB[atB] -= g;
                }
                case DIV -> {
                    byA[atA] += g / b;
                    byB[atB] -= g * a / (b * b);
                }
                case MAXIMUM -> {
                    byA[atA] += g * shareOfA;
                    byB[atB] += g * (1 - shareOfA);
                }
                case MINIMUM -> {
                    byA[atA] += g * (1 - shareOfA);
                    byB[atB] += g * shareOfA;
                }
            }
        }
        return List.of(byA, byB);
    }

    /** Each input stretched to what both meet in. */
    private static List<double[]> stretched(List<Shape> inputs, Shape space, Call call) {
        List<double[]> stretched = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            double[] values = new double[call.samples() * space.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = call.inputs().get(k)[ReferenceJoins.place(inputs.get(k), space, i)];
            }
            stretched.add(values);
        }
        return stretched;
    }

    /** Sums over what each input was stretched to. */
    private static List<double[]> folded(List<Shape> inputs, Shape space, Call call, List<double[]> gradients) {
        List<double[]> folded = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            double[] sum = new double[call.inputs().get(k).length];
            for (int i = 0; i < gradients.get(k).length; i++) {
                sum[ReferenceJoins.place(inputs.get(k), space, i)] += gradients.get(k)[i];
            }
            folded.add(sum);
        }
        return folded;
    }

    static double[] similarity(CosineSimilarity layer, Call call) {
        Shape space = Shape.broadcast(layer.inputs()).orElseThrow();
        int[] places = ReferenceReductions.places(space, List.of(layer.dimension()), call.samples());
        List<double[]> x = stretched(layer.inputs(), space, call);
        double[][] sums = sums(layer, call, places, x);
        double[] y = new double[sums[0].length];
        Arrays.setAll(y, i -> sums[0][i] / (Math.max(sums[1][i], layer.eps()) * Math.max(sums[2][i], layer.eps())));
        return y;
    }

    /** The product, and both lengths. */
    private static double[][] sums(CosineSimilarity layer, Call call, int[] places, List<double[]> x) {
        double[][] sums = new double[3][call.samples() * layer.output().elements()];
        for (int i = 0; i < places.length; i++) {
            sums[0][places[i]] += x.get(0)[i] * x.get(1)[i];
            sums[1][places[i]] += x.get(0)[i] * x.get(0)[i];
            sums[2][places[i]] += x.get(1)[i] * x.get(1)[i];
        }
        for (int i = 0; i < sums[0].length; i++) {
            sums[0][i] = call.round(sums[0][i]);
            sums[1][i] = call.round(Math.sqrt(sums[1][i]));
            sums[2][i] = call.round(Math.sqrt(sums[2][i]));
        }
        return sums;
    }

    static List<double[]> similarityGradients(CosineSimilarity layer, Call call, double[] gradient) {
        Shape space = Shape.broadcast(layer.inputs()).orElseThrow();
        int[] places = ReferenceReductions.places(space, List.of(layer.dimension()), call.samples());
        List<double[]> x = stretched(layer.inputs(), space, call);
        double[][] sums = sums(layer, call, places, x);
        List<double[]> gradients = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            double[] own = x.get(k);
            double[] other = x.get(1 - k);
            double[] byOwn = new double[own.length];
            for (int i = 0; i < own.length; i++) {
                int at = places[i];
                double length = Math.max(sums[1 + k][at], layer.eps());
                double lengths = length * Math.max(sums[2 - k][at], layer.eps());
                double byLength = -sums[0][at] / lengths / length;
                double direction = sums[1 + k][at] > 0 ? own[i] / sums[1 + k][at] : 0;
                byOwn[i] = gradient[at] * (other[i] / lengths + byLength * direction);
            }
            gradients.add(byOwn);
        }
        return folded(layer.inputs(), space, call, gradients);
    }

    private static double[] differences(PairwiseDistance layer, Shape space, Call call) {
        List<double[]> x = stretched(layer.inputs(), space, call);
        double[] differences = new double[x.get(0).length];
        Arrays.setAll(differences, i -> call.round(call.round(x.get(0)[i] - x.get(1)[i]) + (float) layer.eps()));
        return differences;
    }

    static double[] distance(PairwiseDistance layer, Call call) {
        Shape space = Shape.broadcast(layer.inputs()).orElseThrow();
        int[] places = ReferenceReductions.places(space, List.of(space.rank() - 1), call.samples());
        return ReferenceNorms.norms(layer.p(), differences(layer, space, call), places, call);
    }

    static List<double[]> distanceGradients(PairwiseDistance layer, Call call, double[] gradient) {
        Shape space = Shape.broadcast(layer.inputs()).orElseThrow();
        int[] places = ReferenceReductions.places(space, List.of(space.rank() - 1), call.samples());
        double[] differences = differences(layer, space, call);
        double[] norms = ReferenceNorms.norms(layer.p(), differences, places, call);
        double[] byFirst = ReferenceNorms.gradient(layer.p(), differences, norms, places, gradient);
        double[] bySecond = Arrays.stream(byFirst).map(each -> -each).toArray();
        return folded(layer.inputs(), space, call, List.of(byFirst, bySecond));
    }
}
