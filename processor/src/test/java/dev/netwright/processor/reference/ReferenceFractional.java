package dev.netwright.processor.reference;

import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.FractionalMaxPool;
import dev.netwright.runtime.generated.Support;
import java.util.Arrays;

/** Max pools whose windows begin where numbers say, of which each sample has one for each axis and channel, in this order. */
public final class ReferenceFractional {
    /** Of every pass in evaluation. */
    private static final long FIXED = 0;

    private ReferenceFractional() {}

    /** The numbers of a layer in evaluation. */
    static double[] fixed(LayerNode node, int samples) {
        return drawn(node, samples, true, FIXED);
    }

    /** The numbers of a layer in a training pass with such a key. */
    static double[] drawn(LayerNode node, int samples, long key) {
        return node.evaluates() ? fixed(node, samples) : drawn(node, samples, false, key);
    }

    private static double[] drawn(LayerNode node, int samples, boolean shared, long key) {
        Shape input = ((FractionalMaxPool) node.layer()).input();
        int size = (input.rank() - 1) * input.size(0);
        float[] numbers = new float[samples * size];
        Support.draw(numbers, 0, size, node.id(), shared, key, 0, 0, samples);
        double[] drawn = new double[numbers.length];
        Arrays.setAll(drawn, i -> numbers[i]);
        return drawn;
    }

    /** PyTorch's rule of where windows begin. */
    private static int[] begins(double number, int extent, int kernel, int windows) {
        int[] begins = new int[windows];
        double step = (double) (extent - kernel) / (windows - 1);
        for (int i = 0; i < windows - 1; i++) {
            begins[i] = (int) ((i + number) * step) - (int) (number * step);
        }
        begins[windows - 1] = extent - kernel;
        return begins;
    }

    /** Where the first largest element of each window lies in the input. */
    private static int[] largest(FractionalMaxPool layer, Call call) {
        Shape input = layer.input();
        Shape output = layer.output();
        int axes = input.rank() - 1;
        int channels = input.size(0);
        int[] places = new int[call.samples() * output.elements()];
        int windows = output.elements() / channels;
        for (int plane = 0; plane < call.samples() * channels; plane++) {
            int[][] begins = new int[axes][];
            for (int axis = 0; axis < axes; axis++) {
                double number = call.mask()[(plane / channels * axes + axis) * channels + plane % channels];
                begins[axis] =
                        begins(number, input.size(axis + 1), layer.kernelSize().get(axis), output.size(axis + 1));
            }
            for (int window = 0; window < windows; window++) {
                int[] begin = new int[axes];
                int rest = window;
                for (int axis = axes - 1; axis >= 0; axis--) {
                    begin[axis] = begins[axis][rest % output.size(axis + 1)];
                    rest /= output.size(axis + 1);
                }
                places[plane * windows + window] = largest(layer, call, plane, begin);
            }
        }
        return places;
    }

    private static int largest(FractionalMaxPool layer, Call call, int plane, int[] begin) {
        int largest = -1;
        int choice = 0;
        int taps = layer.kernelSize().stream().reduce(1, (a, b) -> a * b);
        for (int tap = 0; tap < taps; tap++) {
            int place = plane;
            int stride = taps;
            for (int axis = 0; axis < begin.length; axis++) {
                stride /= layer.kernelSize().get(axis);
                int within = tap / stride % layer.kernelSize().get(axis);
                place = place * layer.input().size(axis + 1) + begin[axis] + within;
            }
            if (largest < 0 || call.input()[place] > call.input()[largest]) {
                largest = place;
                choice = tap;
            }
        }
        call.arithmetic().side(choice);
        return largest;
    }

    /** What a layer makes of inputs by given numbers. */
    static double[] forward(FractionalMaxPool layer, Call call) {
        int[] places = largest(layer, call);
        double[] y = new double[places.length];
        Arrays.setAll(y, i -> call.input()[places[i]]);
        return y;
    }

    static double[] gradient(FractionalMaxPool layer, Call call, double[] gradient) {
        int[] places = largest(layer, call);
        double[] byInput = new double[call.input().length];
        for (int i = 0; i < gradient.length; i++) {
            byInput[places[i]] += gradient[i];
        }
        return byInput;
    }
}
