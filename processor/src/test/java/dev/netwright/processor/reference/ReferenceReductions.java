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

    static double[] forward(Reduction layer, Call call) {
        int[] places = places(layer.input(), layer.dimensions(), call.samples());
        double[] y = new double[call.samples() * layer.output().elements()];
        int each = call.input().length / y.length;
        boolean[] begun = new boolean[y.length];
        int[] chosen = new int[y.length];
        for (int i = 0; i < places.length; i++) {
            double x = call.input()[i];
            int place = places[i];
            switch (layer.kind()) {
                case SUM -> y[place] += x;
                case MEAN -> y[place] += x / each;
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
        double each = (double) byInput.length / gradient.length;
        double[] equal = new double[y.length];
        for (int i = 0; i < places.length; i++) {
            equal[places[i]] += call.input()[i] == y[places[i]] ? 1 : 0;
        }
        for (int i = 0; i < places.length; i++) {
            double g = gradient[places[i]];
            byInput[i] = switch (layer.kind()) {
                case SUM -> g;
                case MEAN -> g / each;
                default -> call.input()[i] == y[places[i]] ? g / equal[places[i]] : 0;
            };
        }
        return byInput;
    }
}
