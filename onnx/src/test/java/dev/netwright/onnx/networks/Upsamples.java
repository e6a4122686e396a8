package dev.netwright.onnx.networks;

import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.Upsample;

/** Images made larger and smaller in every way. */
@Network(input = {3, 6, 5})
public class Upsamples {
    // spotless:off
    @Upsample(scaleFactor = 2, from = "input") @Output Layer twice;
    @Upsample(size = {9, 3}, from = "input") @Output Layer nearest;
    @Upsample(scaleFactor = {1.3, 2.1}, from = "input") @Output Layer nearestByFactors;
    @Upsample(scaleFactor = 2, mode = Upsample.Mode.BILINEAR, from = "input") @Output Layer bilinear;
    @Upsample(scaleFactor = {1.3, 2.1}, mode = Upsample.Mode.BILINEAR, from = "input") @Output Layer byFactors;
    @Upsample(size = {4, 11}, mode = Upsample.Mode.BILINEAR, from = "input") @Output Layer toSize;
    @Upsample(size = {13, 3}, mode = Upsample.Mode.BILINEAR, alignCorners = true, from = "input") @Output Layer aligned;
    @Upsample(scaleFactor = 1.5, mode = Upsample.Mode.BILINEAR, alignCorners = true, from = "input") @Output Layer alignedByFactor;
    // spotless:on
}
