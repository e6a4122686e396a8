package dev.netwright.onnx.networks;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.PaddingMode;

/** Convolutions with every attribute. */
@Network(input = {4, 9, 10})
public class Convolutions {
    // spotless:off
    @Conv2d(outChannels = 6, kernelSize = 3, from = "input") @Output Layer plain;
    @Conv2d(outChannels = 6, kernelSize = {3, 2}, stride = {2, 3}, padding = {1, 2}, from = "input") @Output Layer strided;
    @Conv2d(outChannels = 5, kernelSize = 3, dilation = {2, 3}, padding = 3, from = "input") @Output Layer dilated;
    @Conv2d(outChannels = 6, kernelSize = 3, groups = 2, bias = false, from = "input") @Output Layer grouped;
    @Conv2d(outChannels = 8, kernelSize = 5, groups = 4, padding = 2, from = "input") @Output Layer depthwise;
    @Conv2d(outChannels = 3, kernelSize = {4, 2}, padding = Conv2d.SAME, from = "input") @Output Layer same;
    @Conv2d(outChannels = 3, kernelSize = {2, 4}, dilation = 3, padding = Conv2d.SAME, from = "input") @Output Layer sameDilated;
    @Conv2d(outChannels = 3, kernelSize = 2, stride = 2, padding = Conv2d.VALID, from = "input") @Output Layer valid;
    @Conv2d(outChannels = 3, kernelSize = 3, padding = {1, 2}, paddingMode = PaddingMode.REFLECT, from = "input") @Output Layer reflected;
    @Conv2d(outChannels = 3, kernelSize = 3, padding = {2, 1}, paddingMode = PaddingMode.REPLICATE, from = "input") @Output Layer replicated;
    @Conv2d(outChannels = 3, kernelSize = 5, stride = 2, padding = 3, paddingMode = PaddingMode.CIRCULAR, from = "input") @Output Layer circular;
    @Conv2d(outChannels = 3, kernelSize = {4, 3}, padding = Conv2d.SAME, paddingMode = PaddingMode.CIRCULAR, from = "input") @Output Layer sameCircular;
    // spotless:on
}
