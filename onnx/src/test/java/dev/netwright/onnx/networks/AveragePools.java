package dev.netwright.onnx.networks;

import dev.netwright.annotations.AvgPool2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;

/** Average pools with every attribute. */
@Network(input = {3, 9, 10})
public class AveragePools {
    // spotless:off
    @AvgPool2d(kernelSize = 2, from = "input") @Output Layer plain;
    @AvgPool2d(kernelSize = 1, stride = 2, from = "input") @Output Layer everySecond;
    @AvgPool2d(kernelSize = {3, 2}, stride = {2, 1}, padding = 1, from = "input") @Output Layer padded;
    @AvgPool2d(kernelSize = 3, stride = 2, padding = 1, countIncludePad = false, from = "input") @Output Layer realCells;
    @AvgPool2d(kernelSize = 2, ceilMode = true, from = "input") @Output Layer ceil;
    @AvgPool2d(kernelSize = 4, stride = 3, padding = {1, 2}, ceilMode = true, from = "input") @Output Layer ceilPadded;
    @AvgPool2d(kernelSize = {5, 4}, stride = {3, 3}, padding = {2, 1}, ceilMode = true, from = "input") @Output Layer ceilPaddedOther;
    @AvgPool2d(kernelSize = 4, stride = 3, padding = 1, ceilMode = true, countIncludePad = false, from = "input") @Output Layer ceilRealCells;
    @AvgPool2d(kernelSize = 3, stride = 2, padding = 1, divisorOverride = 2, from = "input") @Output Layer divided;
    @AvgPool2d(kernelSize = 4, stride = 3, padding = 1, ceilMode = true, countIncludePad = false, divisorOverride = -5, from = "input") @Output Layer ceilDivided;
    // spotless:on
}
