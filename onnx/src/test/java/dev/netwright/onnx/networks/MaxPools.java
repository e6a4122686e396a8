package dev.netwright.onnx.networks;

import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;

/** Max pools with every attribute. */
@Network(input = {3, 9, 10})
public class MaxPools {
    // spotless:off
    @MaxPool2d(kernelSize = 2, from = "input") @Output Layer plain;
    @MaxPool2d(kernelSize = {3, 2}, stride = {2, 1}, padding = 1, from = "input") @Output Layer padded;
    @MaxPool2d(kernelSize = 2, ceilMode = true, from = "input") @Output Layer ceil;
    @MaxPool2d(kernelSize = 4, stride = 3, padding = {1, 2}, ceilMode = true, from = "input") @Output Layer ceilPadded;
    @MaxPool2d(kernelSize = 3, stride = 1, dilation = {2, 3}, from = "input") @Output Layer dilated;
    @MaxPool2d(kernelSize = 2, stride = 2, padding = 2, dilation = 3, from = "input") @Output Layer paddedByMoreThanTaps;
    @MaxPool2d(kernelSize = 2, stride = 3, padding = 1, dilation = 4, ceilMode = true, from = "input") @Output Layer overhangingByMoreThanTaps;
    // spotless:on
}
