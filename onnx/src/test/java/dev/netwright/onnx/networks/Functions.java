package dev.netwright.onnx.networks;

import dev.netwright.annotations.Clamp;
import dev.netwright.annotations.CosineSimilarity;
import dev.netwright.annotations.Div;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.InstanceNorm1d;
import dev.netwright.annotations.InstanceNorm3d;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LpNormalize;
import dev.netwright.annotations.Max;
import dev.netwright.annotations.Maximum;
import dev.netwright.annotations.Mean;
import dev.netwright.annotations.Min;
import dev.netwright.annotations.Minimum;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.OneHot;
import dev.netwright.annotations.Output;
import dev.netwright.annotations.PairwiseDistance;
import dev.netwright.annotations.Power;
import dev.netwright.annotations.Sub;
import dev.netwright.annotations.Sum;

/** Functions of two inputs, and along dimensions. */
@Network
@Input(
        name = "left",
        shape = {3, 4, 5})
@Input(
        name = "right",
        shape = {3, 4, 5})
@Input(
        name = "volume",
        shape = {2, 3, 2, 4})
@Input(
        name = "labels",
        shape = {2, 3},
        type = InputType.INT32)
public class Functions {
    // spotless:off
    @Mean(dim = {2, 3}, from = "left") @Output Layer mean;
    @Sum(dim = -1, keepdim = true, from = "left") @Output Layer sum;
    @Max(dim = {1, -1}, from = "left") @Output Layer largest;
    @Min(dim = 2, keepdim = true, from = "left") @Output Layer smallest;
    @Sub(from = {"left", "sum"}) @Output Layer difference;
    @Clamp(min = 0.5, from = "right") @Output Layer positive;
    @Clamp(min = -0.5, max = 0.75, from = "right") @Output Layer within;
    @Clamp(max = 0.25, from = "right") @Output Layer below;
    @Div(from = {"left", "positive"}) @Output Layer quotient;
    @Maximum(from = {"left", "right"}) @Output Layer larger;
    @Minimum(from = {"smallest", "right"}) @Output Layer smaller;
    @Power(exponent = 3, from = "left") @Output Layer cubes;
    @Power(exponent = 0.3, from = "positive") @Output Layer roots;
    @LpNormalize(from = "left") @Output Layer unit;
    @LpNormalize(p = 1, dim = -1, eps = 5, from = "left") @Output Layer shares;
    @LpNormalize(p = 3, dim = 2, from = "left") @Output Layer ofThree;
    @LpNormalize(p = Double.POSITIVE_INFINITY, from = "left") @Output Layer ofLargest;
    @CosineSimilarity(from = {"left", "right"}) @Output Layer similarity;
    @CosineSimilarity(dim = -1, eps = 3, from = {"left", "right"}) @Output Layer similarityOfRows;
    @PairwiseDistance(from = {"left", "right"}) @Output Layer distance;
    @PairwiseDistance(p = 1, eps = 0.5, keepdim = true, from = {"left", "right"}) @Output Layer distanceKept;
    @OneHot(numClasses = 48, from = "labels") @Output Layer hot;
    @Flatten(startDim = 2, from = "left") Layer rows;
    @InstanceNorm1d(affine = true) @Output Layer instances;
    @InstanceNorm3d(eps = 0.5, from = "volume") @Output Layer volumes;
    // spotless:on
}
