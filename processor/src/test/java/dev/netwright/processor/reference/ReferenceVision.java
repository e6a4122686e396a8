package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.layer.Fold;
import dev.netwright.processor.graph.layer.FractionalMaxPool;
import dev.netwright.processor.graph.layer.LPPool;
import dev.netwright.processor.graph.layer.MaxUnpool;
import dev.netwright.processor.graph.layer.Pad;
import dev.netwright.processor.graph.layer.PixelShuffle;
import dev.netwright.processor.graph.layer.Unfold;
import dev.netwright.processor.graph.layer.Upsample;

/** Rules that go by the operator, as annotations of several names share it. */
final class ReferenceVision {
    private ReferenceVision() {}

    /** The output, or null where the layer is none of these. */
    static double[] forward(Layer layer, Call call) {
        if (layer instanceof Pad pad) {
            return ReferencePadding.pad(pad, call);
        } else if (layer instanceof PixelShuffle) {
            return ReferenceMoves.forward(layer, call);
        } else if (layer instanceof Upsample upsample) {
            return ReferenceUpsample.resample(upsample, call);
        } else if (layer instanceof Unfold unfold) {
            return ReferencePatches.cut(unfold.patches(), unfold.input(), call.samples(), call.input());
        } else if (layer instanceof Fold fold) {
            return ReferencePatches.add(fold.patches(), fold.output(), call.samples(), call.input());
        } else if (layer instanceof MaxUnpool unpool) {
            return ReferenceUnpool.forward(unpool, call);
        } else if (layer instanceof FractionalMaxPool pool) {
            return ReferenceFractional.forward(pool, call);
        } else if (layer instanceof LPPool pool) {
            return ReferenceNormPool.forward(pool, call);
        }
        return null;
    }

    /** The gradient by the input, or null where the layer is none of these. */
    static double[] gradient(Layer layer, Call call, double[] gradient) {
        if (layer instanceof Pad pad) {
            return ReferencePadding.gradient(pad, call, gradient);
        } else if (layer instanceof PixelShuffle) {
            return ReferenceMoves.gradient(layer, call, gradient);
        } else if (layer instanceof Upsample upsample) {
            return ReferenceUpsample.gradient(upsample, call, gradient);
        } else if (layer instanceof Unfold unfold) {
            return ReferencePatches.add(unfold.patches(), unfold.input(), call.samples(), gradient);
        } else if (layer instanceof Fold fold) {
            return ReferencePatches.cut(fold.patches(), fold.output(), call.samples(), gradient);
        } else if (layer instanceof FractionalMaxPool pool) {
            return ReferenceFractional.gradient(pool, call, gradient);
        } else if (layer instanceof LPPool pool) {
            return ReferenceNormPool.gradient(pool, call, gradient);
        }
        return null;
    }
}
