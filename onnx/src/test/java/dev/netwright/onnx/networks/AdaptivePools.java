package dev.netwright.onnx.networks;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.AdaptiveMaxPool2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;

/** Adaptive pools to smaller, equal and larger sizes. */
@Network(input = {3, 9, 10})
public class AdaptivePools {
    // spotless:off
    @AdaptiveAvgPool2d(outputSize = 1, from = "input") @Output Layer global;
    @AdaptiveAvgPool2d(outputSize = {3, 5}, from = "input") @Output Layer dividing;
    @AdaptiveAvgPool2d(outputSize = {4, 7}, from = "input") @Output Layer overlapping;
    @AdaptiveAvgPool2d(outputSize = {AdaptiveAvgPool2d.KEEP, 3}, from = "input") @Output Layer rowsKept;
    @AdaptiveAvgPool2d(outputSize = AdaptiveAvgPool2d.KEEP, from = "input") @Output Layer kept;
    @AdaptiveAvgPool2d(outputSize = {18, 13}, from = "input") @Output Layer enlarging;
    @AdaptiveMaxPool2d(outputSize = 1, from = "input") @Output Layer globalMax;
    @AdaptiveMaxPool2d(outputSize = {3, 5}, from = "input") @Output Layer dividingMax;
    @AdaptiveMaxPool2d(outputSize = {4, 7}, from = "input") @Output Layer overlappingMax;
    @AdaptiveMaxPool2d(outputSize = {AdaptiveMaxPool2d.KEEP, 3}, from = "input") @Output Layer rowsKeptMax;
    @AdaptiveMaxPool2d(outputSize = {18, 13}, from = "input") @Output Layer enlargingMax;
    // spotless:on
}
