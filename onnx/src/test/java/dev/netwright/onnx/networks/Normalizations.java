package dev.netwright.onnx.networks;

import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.GroupNorm;
import dev.netwright.annotations.InstanceNorm2d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm;
import dev.netwright.annotations.LayerNorm2d;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.LocalResponseNorm;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.RMSNorm;

/** Normalisations with every attribute. */
@Network(input = {6, 4, 5})
public class Normalizations {
    // spotless:off
    @BatchNorm2d(from = "input") @Output Layer batch;
    @BatchNorm2d(eps = 0.25, bias = false, from = "input") @Output Layer batchWithoutBias;
    @BatchNorm2d(affine = false, cumulativeAverage = true, from = "input") @Output Layer batchPlain;
    @BatchNorm2d(trackRunningStats = false, from = "input") @Output Layer untracked;
    @BatchNorm2d(trackRunningStats = false, affine = false, from = "input") @Output Layer untrackedPlain;
    @GroupNorm(numGroups = 2, from = "input") @Output Layer group;
    @GroupNorm(numGroups = 3, eps = 0.25, bias = false, from = "input") @Output Layer groupWithoutBias;
    @GroupNorm(numGroups = 1, affine = false, from = "input") @Output Layer groupPlain;
    @LayerNorm(normalizedShape = 5, from = "input") @Output Layer layer;
    @LayerNorm(normalizedShape = {4, 5}, eps = 0.25, bias = false, from = "input") @Output Layer layerWithoutBias;
    @LayerNorm(normalizedShape = {6, 4, 5}, elementwiseAffine = false, from = "input") @Output Layer layerPlain;
    @RMSNorm(normalizedShape = 5, from = "input") @Output Layer roots;
    @RMSNorm(normalizedShape = {4, 5}, eps = 0.25, elementwiseAffine = false, from = "input") @Output Layer rootsPlain;
    @InstanceNorm2d(from = "input") @Output Layer instances;
    @InstanceNorm2d(eps = 0.25, affine = true, from = "input") @Output Layer instancesScaled;
    @InstanceNorm2d(trackRunningStats = true, affine = true, from = "input") @Output Layer instancesTracked;
    @LayerNorm2d(from = "input") @Output Layer channels;
    @LayerNorm2d(eps = 0.25, bias = false, from = "input") @Output Layer channelsWithoutBias;
    @LayerNorm2d(elementwiseAffine = false, normalizedShape = 6, from = "input") @Output Layer channelsPlain;
    @LocalResponseNorm(size = 5, from = "input") @Output Layer response;
    @LocalResponseNorm(size = 4, alpha = 0.5, beta = 0.5, k = 2, from = "input") @Output Layer responseOfFour;
    @Flatten(startDim = 2, from = "input") Layer sequence;
    @LocalResponseNorm(size = 3, alpha = 0.5) @Output Layer responseOfSequence;
    @Flatten(from = "input") Layer flat;
    @Linear(outFeatures = 24) Layer vector;
    @GroupNorm(numGroups = 4) @Output Layer groupOfVector;
    // spotless:on
}
