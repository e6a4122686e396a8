package dev.netwright.processor.reference;

import dev.netwright.processor.graph.layer.LastStep;

/** The last step that each sample has. */
final class ReferenceLastStep {
    private ReferenceLastStep() {}

    /** Where an element of the output comes from. */
    private static int source(LastStep layer, Call call, int element) {
        int each = layer.output().elements();
        int sample = element / each;
        int steps = layer.input().size(0);
        int length = layer.masked() ? (int) call.inputs().get(1)[sample] : steps;
        return (sample * steps + length - 1) * each + element % each;
    }

    static double[] forward(LastStep layer, Call call) {
        double[] y = new double[call.samples() * layer.output().elements()];
        for (int i = 0; i < y.length; i++) {
            y[i] = call.input()[source(layer, call, i)];
        }
        return y;
    }

    static double[] gradient(LastStep layer, Call call, double[] gradient) {
        double[] byInput = new double[call.input().length];
        for (int i = 0; i < gradient.length; i++) {
            byInput[source(layer, call, i)] = gradient[i];
        }
        return byInput;
    }
}
