package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Inputs that are combined element by element; sizes of 1 are stretched. */
final class ReferenceJoins {
    private ReferenceJoins() {}

    static double[] join(List<Shape> inputs, Shape output, Call call, DoubleBinaryOperator operation) {
        double[] y = new double[call.samples() * output.elements()];
        for (int i = 0; i < y.length; i++) {
            y[i] = call.input()[place(inputs.get(0), output, i)];
            for (int k = 1; k < inputs.size(); k++) {
                double other = call.inputs().get(k)[place(inputs.get(k), output, i)];
                y[i] = operation.applyAsDouble(y[i], other);
            }
        }
        return y;
    }

    static List<double[]> sumGradients(List<Shape> inputs, Shape output, double[] gradient) {
        int samples = gradient.length / output.elements();
        List<double[]> byInputs = new ArrayList<>();
        for (Shape input : inputs) {
            double[] byInput = new double[samples * input.elements()];
            for (int i = 0; i < gradient.length; i++) {
                byInput[place(input, output, i)] += gradient[i];
            }
            byInputs.add(byInput);
        }
        return byInputs;
    }

    static List<double[]> productGradients(List<Shape> inputs, Shape output, Call call, double[] gradient) {
        List<double[]> byInputs = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
            double[] byInput = new double[call.inputs().get(k).length];
            for (int i = 0; i < gradient.length; i++) {
                double term = gradient[i];
                for (int other = 0; other < inputs.size(); other++) {
                    term *= other == k ? 1 : call.inputs().get(other)[place(inputs.get(other), output, i)];
                }
                byInput[place(inputs.get(k), output, i)] += term;
            }
            byInputs.add(byInput);
        }
        return byInputs;
    }

    /** Where an input has what meets an element of the output. */
    static int place(Shape input, Shape output, int element) {
        int rest = element;
        int place = 0;
        int stride = 1;
        for (int d = output.rank() - 1; d >= 0; d--) {
            place += input.size(d) == 1 ? 0 : rest % output.size(d) * stride;
            stride *= input.size(d);
            rest /= output.size(d);
        }
        return place + rest * stride;
    }
}
