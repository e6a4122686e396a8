package dev.netwright.onnx.networks;

import dev.netwright.annotations.AdaptiveAvgPool3d;
import dev.netwright.annotations.AdaptiveMaxPool3d;
import dev.netwright.annotations.AvgPool3d;
import dev.netwright.annotations.BatchNorm3d;
import dev.netwright.annotations.Conv3d;
import dev.netwright.annotations.ConvTranspose3d;
import dev.netwright.annotations.Dropout3d;
import dev.netwright.annotations.GroupNorm;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LocalResponseNorm;
import dev.netwright.annotations.MaxPool3d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.PaddingMode;

/** Layers along three axes with every attribute. */
@Network(input = {4, 3, 5, 6})
public class Volumes {
    // spotless:off
    @Conv3d(outChannels = 6, kernelSize = 3, from = "input") @Output Layer plain;
    @Conv3d(outChannels = 6, kernelSize = {2, 4, 3}, stride = {1, 3, 2}, padding = {1, 2, 0}, dilation = {2, 1, 2}, groups = 2, bias = false, from = "input") @Output Layer strided;
    @Conv3d(outChannels = 4, kernelSize = {3, 4, 2}, padding = Conv3d.SAME, groups = 4, from = "input") @Output Layer same;
    @Conv3d(outChannels = 5, kernelSize = 2, padding = Conv3d.VALID, from = "input") @Output Layer valid;
    @Conv3d(outChannels = 5, kernelSize = {3, 4, 2}, padding = Conv3d.SAME, paddingMode = PaddingMode.REFLECT, from = "input") @Output Layer reflected;
    @Conv3d(outChannels = 5, kernelSize = 3, padding = {1, 2, 2}, paddingMode = PaddingMode.CIRCULAR, from = "input") @Output Layer circular;
    @Conv3d(outChannels = 5, kernelSize = 3, padding = {2, 1, 3}, paddingMode = PaddingMode.REPLICATE, from = "input") @Output Layer replicated;
    @ConvTranspose3d(outChannels = 6, kernelSize = 2, stride = 2, from = "input") @Output Layer doubled;
    @ConvTranspose3d(outChannels = 6, kernelSize = 3, stride = {1, 3, 2}, padding = {1, 2, 0}, outputPadding = {0, 1, 1}, dilation = {1, 2, 1}, groups = 2, bias = false, from = "input") @Output Layer grown;
    @MaxPool3d(kernelSize = 2, from = "input") @Output Layer max;
    @MaxPool3d(kernelSize = {2, 3, 2}, stride = {1, 2, 3}, padding = {1, 1, 0}, dilation = {1, 2, 1}, ceilMode = true, from = "input") @Output Layer dilatedMax;
    @MaxPool3d(kernelSize = 2, padding = {0, 2, 1}, dilation = {1, 3, 1}, from = "input") @Output Layer maxPaddedByMoreThanTaps;
    @AvgPool3d(kernelSize = 2, from = "input") @Output Layer average;
    @AvgPool3d(kernelSize = {3, 4, 2}, stride = {2, 3, 1}, padding = {1, 2, 0}, ceilMode = true, from = "input") @Output Layer ceilAverage;
    @AvgPool3d(kernelSize = 3, stride = 2, padding = 1, countIncludePad = false, from = "input") @Output Layer realCells;
    @AvgPool3d(kernelSize = {1, 2, 3}, divisorOverride = 5, from = "input") @Output Layer divided;
    @AdaptiveAvgPool3d(outputSize = 1, from = "input") @Output Layer global;
    @AdaptiveAvgPool3d(outputSize = {3, 1, 2}, from = "input") @Output Layer dividing;
    @AdaptiveAvgPool3d(outputSize = {2, AdaptiveAvgPool3d.KEEP, 4}, from = "input") @Output Layer overlapping;
    @AdaptiveMaxPool3d(outputSize = 1, from = "input") @Output Layer globalMax;
    @AdaptiveMaxPool3d(outputSize = {1, 5, 3}, from = "input") @Output Layer dividingMax;
    @AdaptiveMaxPool3d(outputSize = {2, 7, 4}, from = "input") @Output Layer enlargingMax;
    @BatchNorm3d(eps = 1e-3, from = "input") @Output Layer norm;
    @BatchNorm3d(affine = false, from = "input") @Output Layer plainNorm;
    @BatchNorm3d(trackRunningStats = false, from = "input") @Output Layer ownNorm;
    @Dropout3d(from = "input") @Output Layer dropout;
    @GroupNorm(numGroups = 2, from = "input") @Output Layer groupNorm;
    @LocalResponseNorm(size = 3, alpha = 0.5, from = "input") @Output Layer localNorm;
    // spotless:on
}
