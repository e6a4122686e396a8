package dev.netwright.onnx.networks;

import dev.netwright.annotations.ConvTranspose2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;

/** Transposed convolutions with every attribute. */
@Network(input = {4, 5, 6})
public class TransposedConvolutions {
    // spotless:off
    @ConvTranspose2d(outChannels = 6, kernelSize = 2, stride = 2, from = "input") @Output Layer twice;
    @ConvTranspose2d(outChannels = 5, kernelSize = {3, 4}, stride = {2, 3}, padding = {1, 2}, from = "input") @Output Layer strided;
    @ConvTranspose2d(outChannels = 6, kernelSize = 3, stride = 2, padding = 1, outputPadding = {1, 0}, from = "input") @Output Layer added;
    @ConvTranspose2d(outChannels = 3, kernelSize = 3, dilation = {2, 3}, padding = 1, from = "input") @Output Layer dilated;
    @ConvTranspose2d(outChannels = 6, kernelSize = 3, stride = 2, groups = 2, bias = false, from = "input") @Output Layer grouped;
    @ConvTranspose2d(outChannels = 4, kernelSize = 4, stride = 2, padding = 1, groups = 4, from = "input") @Output Layer depthwise;
    // spotless:on
}
