package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Primitive.Pad.Mode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Pad;

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

    static double[] pad(Pad layer, Call call) {
        Shape in = layer.input();
        Shape out = layer.output();
        double[] y = new double[call.samples() * out.elements()];
        for (int i = 0; i < y.length; i++) {
            int rest = i;
            int source = 0;
            int stride = 1;
            boolean constant = false;
            for (int d = in.rank() - 1; d >= 0; d--) {
                int pair = 2 * (in.rank() - 1 - d);
                int before = pair < layer.padding().size() ? layer.padding().get(pair) : 0;
                int place = source(rest % out.size(d) - before, in.size(d), layer.mode());
                constant |= place < 0;
                source += place * stride;
                stride *= in.size(d);
                rest /= out.size(d);
            }
            y[i] = constant ? layer.value() : call.input()[rest * stride + source];
        }
        return y;
    }
}
