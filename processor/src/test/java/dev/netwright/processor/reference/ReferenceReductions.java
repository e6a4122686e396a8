package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Reduction;
import java.util.List;

/** Some dimensions of each sample combined. */
final class ReferenceReductions {
    private ReferenceReductions() {}

    /** Where each element's result is: sample after sample, the combined dimensions counted as one place. */
    static int[] places(Shape input, List<Integer> dimensions, int samples) {
        int[] places = new int[samples * input.elements()];
        for (int i = 0; i < places.length; i++) {
            int rest = i;
            int place = 0;
            int stride = 1;
            for (int d = input.rank() - 1; d >= 0; d--) {
                if (!dimensions.contains(d)) {
                    place += rest % input.size(d) * stride;
                    stride *= input.size(d);
                }
                rest /= input.size(d);
            }
            places[i] = place + rest * stride;
        }
        return places;
    }

    /** Whether an element is of a step that its sample has. */
    private static boolean counts(Reduction layer, Call call, int i) {
        int elements = layer.input().elements();
        return !layer.masked() || i % elements / (elements / layer.input().size(0)) < length(layer, call, i / elements);
    }

    private static int length(Reduction layer, Call call, int sample) {
        return layer.masked()
                ? (int) call.inputs().get(1)[sample]
                : layer.input().size(0);
    }

    /** How many numbers of a sample are combined to one. */
    private static double each(Reduction layer, Call call, int i) {
        int whole = layer.input().elements() / layer.output().elements();
        return (double) whole
                / layer.input().size(0)
                * length(layer, call, i / layer.input().elements());
    }

    static double[] forward(Reduction layer, Call call) {
        int[] places = places(layer.input(), layer.dimensions(), call.samples());
        double[] y = new double[call.samples() * layer.output().elements()];
        boolean[] begun = new boolean[y.length];
        int[] chosen = new int[y.length];
        for (int i = 0; i < places.length; i++) {
            if (!counts(layer, call, i)) {
                continue;
            }
            double x = call.input()[i];
            int place = places[i];
            switch (layer.kind()) {
                case SUM -> y[place] += x;
                case MEAN -> y[place] += x / each(layer, call, i);
                default -> {
                    boolean better = layer.kind() == Reduction.Kind.MAX ? x > y[place] : x < y[place];
                    if (!begun[place] || better) {
                        y[place] = x;
                        chosen[place] = i;
                    }
                    begun[place] = true;
                }
            }
        }
        for (int choice : chosen) {
            call.arithmetic().side(choice);
        }
        return y;
    }

    static double[] gradient(Reduction layer, Call call, double[] y, double[] gradient) {
        int[] places = places(layer.input(), layer.dimensions(), call.samples());
        double[] byInput = new double[places.length];
        double[] equal = new double[y.length];
        for (int i = 0; i < places.length; i++) {
            equal[places[i]] += counts(layer, call, i) && call.input()[i] == y[places[i]] ? 1 : 0;
        }
        for (int i = 0; i < places.length; i++) {
            double g = counts(layer, call, i) ? gradient[places[i]] : 0;
            byInput[i] = switch (layer.kind()) {
                case SUM -> g;
                case MEAN -> g / each(layer, call, i);
                default -> call.input()[i] == y[places[i]] ? g / equal[places[i]] : 0;
            };
        }
        return byInput;
    }
}
