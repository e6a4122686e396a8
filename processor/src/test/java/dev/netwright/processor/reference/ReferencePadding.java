package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Primitive.Pad.Mode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Pad;
import java.util.Arrays;

/** Padding, cell by cell. */
final class ReferencePadding {
    private ReferencePadding() {}

    /** Where a padded place takes its value along one dimension; -1 for a constant. */
    static int source(int place, int size, Mode mode) {
        if (place >= 0 && place < size) {
            return place;
        }
        return switch (mode) {
            case CONSTANT -> -1;
            case REFLECT -> place < 0 ? -place : 2 * (size - 1) - place;
            case REPLICATE -> place < 0 ? 0 : size - 1;
            case CIRCULAR -> Math.floorMod(place, size);
        };
    }

    /** Where each element of a padded sample takes its value; -1 for a constant. */
    private static int[] sources(Pad layer) {
        Shape in = layer.input();
        Shape out = layer.output();
        int[] sources = new int[out.elements()];
        for (int i = 0; i < sources.length; i++) {
            int rest = i;
            int stride = 1;
            boolean constant = false;
            for (int d = in.rank() - 1; d >= 0; d--) {
                int pair = 2 * (in.rank() - 1 - d);
                int before = pair < layer.padding().size() ? layer.padding().get(pair) : 0;
                int place = source(rest % out.size(d) - before, in.size(d), layer.mode());
                constant |= place < 0;
                sources[i] += place * stride;
                stride *= in.size(d);
                rest /= out.size(d);
            }
            sources[i] = constant ? -1 : sources[i];
        }
        return sources;
    }

    static double[] pad(Pad layer, Call call) {
        int[] sources = sources(layer);
        int size = layer.input().elements();
        double[] y = new double[call.samples() * sources.length];
        Arrays.setAll(y, i -> {
            int source = sources[i % sources.length];
            return source < 0 ? layer.value() : call.input()[i / sources.length * size + source];
        });
        return y;
    }

    static double[] gradient(Pad layer, Call call, double[] gradient) {
        int[] sources = sources(layer);
        int size = layer.input().elements();
        double[] byInput = new double[call.input().length];
        for (int i = 0; i < gradient.length; i++) {
            int source = sources[i % sources.length];
            if (source >= 0) {
                byInput[i / sources.length * size + source] += gradient[i];
            }
        }
        return byInput;
    }
}
