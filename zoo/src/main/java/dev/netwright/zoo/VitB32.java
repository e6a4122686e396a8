package dev.netwright.zoo;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Concat;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Parameter;
import dev.netwright.annotations.Permute;
import dev.netwright.annotations.Repeat;
import dev.netwright.annotations.Slice;

/**
 * The vision transformer ViT-B/32 for ImageNet (Dosovitskiy et al. 2020, "An Image is Worth 16x16 Words", table 1): pictures
 * of 3 x 224 x 224 in, 1000 scores out, 88,224,232 parameters.
 *
 * <p>A picture becomes 49 patches of 32 x 32, each a row of 768 features; a learned row, the class token, is put before
 * them, and learned positions are added. The scores are made of what twelve blocks make of the class token.
 *
 * <p>Keys and shapes are those of torchvision's {@code vit_b_32}, and so are the rules of initial weights, except that its
 * perceptrons' are drawn earlier than here: from one seed the weights are others. Its dropouts drop nothing, and are left out.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends VitB32 {
 *     @Linear(outFeatures = 10) @Key("heads.head") Layer head;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.XAVIER_UNIFORM, layers = Linear.class)
@Init(value = InitMethod.NORMAL, parameter = "bias", layers = Linear.class, std = 1e-6)
public class VitB32 {
    // spotless:off
    @Parameter(shape = {1, 1, 768})                             @Key("class_token") Layer classToken;

    @Conv2d(outChannels = 768, kernelSize = 32, stride = 32)
    @Init(value = InitMethod.TRUNC_NORMAL, std = 0.018042195912175804) @Init(value = InitMethod.ZEROS, parameter = "bias")
                                                                @Key("conv_proj")   Layer patches;
    @Flatten(startDim = 2)                                                          Layer flatten;
    @Permute(dims = {0, 2, 1})                                                      Layer rows;
    @Concat(dim = 1, from = {"classToken", "rows"})                                 Layer tokens;

    @Parameter(shape = {1, 50, 768}) @Init(value = InitMethod.NORMAL, std = 0.02)
                                                    @Key("encoder.pos_embedding")   Layer positions;
    @Add(from = {"tokens", "positions"})                                            Layer placed;
    @VisionEncoderBlock(width = 768, heads = 12)
    @Repeat(value = 12, key = "encoder_layer_%d")                @Key("encoder.layers") Layer layers;
    @LayerNorm(normalizedShape = 768, eps = 1e-6)               @Key("encoder.ln")  Layer norm;

    @Slice(dim = 1, end = 1)                                                        Layer first;
    @Flatten                                                                        Layer classRow;
    @Linear(outFeatures = 1000)
    @Init(InitMethod.ZEROS) @Init(value = InitMethod.ZEROS, parameter = "bias")
                                                                @Key("heads.head")  Layer head;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected VitB32() {}
}
