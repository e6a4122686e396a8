package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.MaxUnpool;
import java.util.List;

/** Values put where the largest ones of another input's windows are. */
final class ReferenceUnpool {
    private ReferenceUnpool() {}

    private static int[] places(MaxUnpool layer, Call call) {
        Call ofPool = new Call(
                call.samples(),
                call.training(),
                call.inputs().subList(1, 2),
                call.state(),
                call.mask(),
                call.updated(),
                call.arithmetic());
        return ReferenceWindows.largest(layer.pool(), ofPool);
    }

    static double[] forward(MaxUnpool layer, Call call) {
        int[] places = places(layer, call);
        double[] y = new double[call.inputs().get(1).length];
        for (int i = 0; i < places.length; i++) {
            y[places[i]] = call.input()[i];
        }
        return y;
    }

    static List<double[]> gradients(MaxUnpool layer, Call call, double[] gradient) {
        int[] places = places(layer, call);
        double[] byInput = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            byInput[i] = gradient[places[i]];
        }
        return List.of(byInput, new double[gradient.length]);
    }
}
