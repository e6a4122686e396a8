package dev.netwright.examples;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Concat;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Parameter;
import dev.netwright.annotations.Permute;
import dev.netwright.annotations.Repeat;
import dev.netwright.annotations.Slice;
import dev.netwright.annotations.TransformerEncoderLayer;

/**
 * A small vision transformer: a picture as rows, one for each patch of 4 x 4 pixels and one, the class token, that gathers what
 * the picture shows.
 */
@Network(input = {1, 28, 28})
@CrossEntropyLoss
class PatchNet {
    static final int PATCHES = 7;
    static final int WIDTH = 48;

    // spotless:off
    @Parameter(shape = {1, 1, WIDTH}) @Init(value = InitMethod.NORMAL, std = 0.02)                      Layer token;     // 1 x 48
    @Parameter(shape = {1 + PATCHES * PATCHES, WIDTH}) @Init(value = InitMethod.NORMAL, std = 0.02)     Layer positions; // 50 x 48

    @Conv2d(outChannels = WIDTH, kernelSize = 4, stride = 4)                                            Layer patches;   // 48 x 7 x 7
    @Flatten(startDim = 2)                                                                              Layer flat;      // 48 x 49
    @Permute(dims = {0, 2, 1})                                                                          Layer rows;      // 49 x 48
    @Concat(dim = 1, from = {"token", "rows"})                                                          Layer tokens;    // 50 x 48
    @Add(from = {"tokens", "positions"})                                                                Layer placed;

    @TransformerEncoderLayer(nhead = 4, dimFeedforward = 96, dropout = 0, normFirst = true)
    @Repeat(value = 3, key = "layers.%d")                                                               Layer encoder;

    @Slice(dim = 1, end = 1)                                                                            Layer first;     // 1 x 48
    @Flatten                                                                                            Layer gathered;  // 48
    @LayerNorm(normalizedShape = WIDTH)                                                                 Layer norm;
    @Linear(outFeatures = 10)                                                                           Layer scores;
    // spotless:on
}
