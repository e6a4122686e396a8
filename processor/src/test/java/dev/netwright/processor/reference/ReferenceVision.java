package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.layer.Pad;

/** Rules that go by the operator, as annotations of several names share it. */
final class ReferenceVision {
    private ReferenceVision() {}

    /** The output, or null where the layer is none of these. */
    static double[] forward(Layer layer, Call call) {
        if (layer instanceof Pad pad) {
            return ReferencePadding.pad(pad, call);
        }
        return null;
    }

    /** The gradient by the input, or null where the layer is none of these. */
    static double[] gradient(Layer layer, Call call, double[] gradient) {
        if (layer instanceof Pad pad) {
            return ReferencePadding.gradient(pad, call, gradient);
        }
        return null;
    }
}
