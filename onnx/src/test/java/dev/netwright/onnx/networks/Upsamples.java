package dev.netwright.onnx.networks;

import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.Upsample;
import dev.netwright.annotations.UpsamplingBilinear2d;
import dev.netwright.annotations.UpsamplingNearest2d;

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
    @Upsample(size = {4, 11}, mode = Upsample.Mode.BICUBIC, from = "input") @Output Layer cubic;
    @Upsample(scaleFactor = {1.3, 2.1}, mode = Upsample.Mode.BICUBIC, from = "input") @Output Layer cubicByFactors;
    @Upsample(size = {13, 3}, mode = Upsample.Mode.BICUBIC, alignCorners = true, from = "input") @Output Layer cubicAligned;
    @UpsamplingNearest2d(scaleFactor = {1.3, 2}, from = "input") @Output Layer nearestModule;
    @UpsamplingBilinear2d(scaleFactor = 2, from = "input") @Output Layer bilinearModule;
    // spotless:on
}
