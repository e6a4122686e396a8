package dev.netwright.onnx.networks;

import dev.netwright.annotations.Fold;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.LPPool1d;
import dev.netwright.annotations.LPPool2d;
import dev.netwright.annotations.LPPool3d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MaxPool1d;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.MaxPool3d;
import dev.netwright.annotations.MaxUnpool1d;
import dev.netwright.annotations.MaxUnpool2d;
import dev.netwright.annotations.MaxUnpool3d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.PixelShuffle;
import dev.netwright.annotations.PixelUnshuffle;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.Unfold;
import dev.netwright.annotations.Upsample;

/** Pixels that are channels, patches or norms elsewhere; sequences and volumes made larger and smaller. */
@Network
@Input(
        name = "row",
        shape = {2, 7})
@Input(
        name = "image",
        shape = {8, 4, 6})
@Input(
        name = "volume",
        shape = {2, 3, 4, 5})
public class Pixels {
    // spotless:off
    @PixelShuffle(upscaleFactor = 2, from = "image") @Output Layer shuffled;
    @PixelUnshuffle(downscaleFactor = 2, from = "image") @Output Layer unshuffled;
    @Unfold(kernelSize = 2, from = "image") @Output Layer patches;
    @Fold(outputSize = {4, 6}, kernelSize = 2) @Output Layer sums;
    @Unfold(kernelSize = {3, 2}, dilation = {1, 2}, padding = {2, 1}, stride = {2, 3}, from = "image") @Output Layer strided;
    @Fold(outputSize = {4, 6}, kernelSize = {3, 2}, dilation = {1, 2}, padding = {2, 1}, stride = {2, 3}) @Output Layer stridedSums;
    @LPPool1d(normType = 2, kernelSize = 3, stride = 2, ceilMode = true, from = "row") @Output Layer norms;
    @LPPool2d(normType = 4, kernelSize = {2, 3}, from = "image") @Output Layer fourthNorms;
    @ReLU(from = "image") @Output Layer positive;
    @LPPool2d(normType = 1.5, kernelSize = 3, stride = 2, ceilMode = true, from = "positive") @Output Layer halves;
    @Upsample(scaleFactor = 2, from = "row") @Output Layer twice;
    @Upsample(size = 5, from = "row") @Output Layer nearest;
    @Upsample(size = 12, mode = Upsample.Mode.LINEAR, from = "row") @Output Layer linear;
    @Upsample(scaleFactor = 1.4, mode = Upsample.Mode.LINEAR, alignCorners = true, from = "row") @Output Layer linearAligned;
    @Upsample(scaleFactor = 2, from = "volume") @Output Layer twiceVolume;
    @Upsample(size = {5, 3, 7}, from = "volume") @Output Layer nearestVolume;
    @Upsample(size = {5, 3, 7}, mode = Upsample.Mode.TRILINEAR, from = "volume") @Output Layer trilinear;
    @Upsample(scaleFactor = 1.5, mode = Upsample.Mode.TRILINEAR, alignCorners = true, from = "volume") @Output Layer trilinearAligned;
    @MaxPool1d(kernelSize = 2, from = "row") @Output Layer rowPool;
    @MaxUnpool1d(indices = "rowPool", kernelSize = 2, outputSize = 7) @Output Layer rowUnpool;
    @MaxPool2d(kernelSize = {3, 2}, stride = 3, padding = {1, 0}, ceilMode = true, from = "image") @Output Layer pool;
    @MaxUnpool2d(indices = "pool", kernelSize = {3, 2}, stride = 3, padding = {1, 0}, outputSize = {4, 6}) @Output Layer unpool;
    @LPPool3d(normType = 2, kernelSize = {2, 3, 2}, ceilMode = true, from = "volume") @Output Layer normsOfVolume;
    @MaxPool3d(kernelSize = 2, from = "volume") @Output Layer volumePool;
    @MaxUnpool3d(indices = "volumePool", kernelSize = 2, outputSize = {3, 4, 5}) @Output Layer volumeUnpool;
    // spotless:on
}
