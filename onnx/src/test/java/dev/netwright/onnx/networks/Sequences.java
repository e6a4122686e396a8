package dev.netwright.onnx.networks;

import dev.netwright.annotations.AdaptiveAvgPool1d;
import dev.netwright.annotations.AdaptiveMaxPool1d;
import dev.netwright.annotations.AvgPool1d;
import dev.netwright.annotations.BatchNorm1d;
import dev.netwright.annotations.Conv1d;
import dev.netwright.annotations.ConvTranspose1d;
import dev.netwright.annotations.Dropout1d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MaxPool1d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.PaddingMode;

/** Layers along one axis with every attribute. */
@Network(input = {4, 17})
public class Sequences {
    // spotless:off
    @Conv1d(outChannels = 6, kernelSize = 3, from = "input") @Output Layer plain;
    @Conv1d(outChannels = 6, kernelSize = 4, stride = 3, padding = 2, dilation = 2, groups = 2, bias = false, from = "input") @Output Layer strided;
    @Conv1d(outChannels = 4, kernelSize = 4, padding = Conv1d.SAME, groups = 4, from = "input") @Output Layer same;
    @Conv1d(outChannels = 5, kernelSize = 3, padding = Conv1d.VALID, from = "input") @Output Layer valid;
    @Conv1d(outChannels = 5, kernelSize = 4, padding = Conv1d.SAME, paddingMode = PaddingMode.REFLECT, from = "input") @Output Layer reflected;
    @Conv1d(outChannels = 5, kernelSize = 3, padding = 2, paddingMode = PaddingMode.CIRCULAR, from = "input") @Output Layer circular;
    @Conv1d(outChannels = 5, kernelSize = 3, padding = 2, paddingMode = PaddingMode.REPLICATE, from = "input") @Output Layer replicated;
    @ConvTranspose1d(outChannels = 6, kernelSize = 2, stride = 2, from = "input") @Output Layer doubled;
    @ConvTranspose1d(outChannels = 6, kernelSize = 3, stride = 3, padding = 2, outputPadding = 1, dilation = 2, groups = 2, bias = false, from = "input") @Output Layer grown;
    @MaxPool1d(kernelSize = 2, from = "input") @Output Layer max;
    @MaxPool1d(kernelSize = 3, stride = 2, padding = 1, dilation = 2, ceilMode = true, from = "input") @Output Layer dilatedMax;
    @MaxPool1d(kernelSize = 2, padding = 2, dilation = 3, from = "input") @Output Layer maxPaddedByMoreThanTaps;
    @AvgPool1d(kernelSize = 2, from = "input") @Output Layer average;
    @AvgPool1d(kernelSize = 4, stride = 3, padding = 2, ceilMode = true, from = "input") @Output Layer ceilAverage;
    @AvgPool1d(kernelSize = 3, stride = 2, padding = 1, countIncludePad = false, from = "input") @Output Layer realCells;
    @AdaptiveAvgPool1d(outputSize = 1, from = "input") @Output Layer global;
    @AdaptiveAvgPool1d(outputSize = 17, from = "input") @Output Layer dividing;
    @AdaptiveAvgPool1d(outputSize = 5, from = "input") @Output Layer overlapping;
    @AdaptiveAvgPool1d(outputSize = AdaptiveAvgPool1d.KEEP, from = "input") @Output Layer kept;
    @AdaptiveMaxPool1d(outputSize = 1, from = "input") @Output Layer globalMax;
    @AdaptiveMaxPool1d(outputSize = 17, from = "input") @Output Layer dividingMax;
    @AdaptiveMaxPool1d(outputSize = 20, from = "input") @Output Layer enlargingMax;
    @Dropout1d(from = "input") @Output Layer dropout;
    @BatchNorm1d(eps = 1e-3, from = "input") @Output Layer norm;
    @BatchNorm1d(affine = false, from = "input") @Output Layer plainNorm;
    @BatchNorm1d(trackRunningStats = false, from = "input") @Output Layer ownNorm;
    // spotless:on
}
