package dev.netwright.onnx.networks;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Add;
import dev.netwright.annotations.Bilinear;
import dev.netwright.annotations.Concat;
import dev.netwright.annotations.Expand;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MatMul;
import dev.netwright.annotations.Mul;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.Pad;
import dev.netwright.annotations.PadMode;
import dev.netwright.annotations.Unflatten;

/** Two inputs; layers that move, join and multiply. */
@Network
@Input(
        name = "left",
        shape = {3, 4, 5})
@Input(
        name = "right",
        shape = {3, 4, 5})
public class Joins {
    // spotless:off
    @Pad(padding = {1, 2, 0, 3}, value = 1.5, from = "left") @Output Layer padded;
    @Pad(padding = {-1, 2, 1, -2, 0, 1}, value = -0.25, from = "left") @Output Layer cut;
    @Pad(padding = {-1, -2}, from = "left") @Output Layer cropped;
    @Pad(padding = {3, 2, 1, 0}, mode = PadMode.REFLECT, from = "left") @Output Layer reflected;
    @Pad(padding = {1, 7, 5, 0}, mode = PadMode.REPLICATE, from = "left") @Output Layer replicated;
    @Pad(padding = {5, 1, 0, 4}, mode = PadMode.CIRCULAR, from = "left") @Output Layer circular;
    @Add(from = {"left", "right", "left"}) @Output Layer sum;
    @Mul(from = {"sum", "right"}) @Output Layer product;
    @Mul(from = {"left", "right", "sum"}) @Output Layer productOfThree;
    @AdaptiveAvgPool2d(outputSize = 1, from = "left") Layer ofChannels;
    @AdaptiveAvgPool2d(outputSize = {1, AdaptiveAvgPool2d.KEEP}, from = "right") Layer ofColumns;
    @Mul(from = {"ofChannels", "right"}) @Output Layer gated;
    @Add(from = {"ofChannels", "ofColumns"}) @Output Layer stretched;
    @Mul(from = {"ofColumns", "ofChannels", "left"}) @Output Layer stretchedAndGated;
    @MatMul(transposeB = true, from = {"left", "right"}) @Output Layer matrices;
    @MatMul(from = {"matrices", "right"}) @Output Layer matricesAsTheyAre;
    @MatMul(transposeA = true, from = {"right", "left"}) @Output Layer matricesOfColumns;
    @MatMul(transposeA = true, transposeB = true, from = {"ofColumns", "ofChannels"}) @Output Layer matricesOfOnes;
    @Concat(from = {"left", "right"}) @Output Layer channels;
    @Concat(dim = -1, from = {"left", "right", "sum"}) @Output Layer columns;
    @Flatten(startDim = 2, from = "channels") @Output Layer pixels;
    @Flatten(startDim = 1, endDim = 2, from = "columns") @Output Layer rows;
    @Linear(outFeatures = 6, from = "left") @Output Layer linearOfRows;
    @Linear(outFeatures = 6, bias = false, from = "pixels") @Output Layer linearWithoutBias;
    @Bilinear(outFeatures = 6, from = {"left", "right"}) @Output Layer form;
    @Bilinear(outFeatures = 1, bias = false, from = {"pixels", "pixels"}) @Output Layer square;
    @Unflatten(dim = -1, unflattenedSize = {2, -1}, from = "form") @Output Layer parts;
    @Expand(sizes = {-1, 4, 5}, from = "ofColumns") @Output Layer expanded;
    @Flatten(from = "right") @Output Layer flat;
    @Linear(outFeatures = 7) @Output Layer linear;
    @Linear(outFeatures = 3, bias = false) @Output Layer last;
    // spotless:on
}
