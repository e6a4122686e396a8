package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.FanMode;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Repeat;

/**
 * RegNetX-400MF for ImageNet (Radosavovic et al. 2020, "Designing Network Design Spaces", table 2): pictures of 3 x 224
 * x 224 in, 1000 scores out, 5,495,976 parameters.
 *
 * <p>Any size from 1 x 1 on will do. Keys, shapes and initial weights are those of torchvision's {@code
 * regnet_x_400mf}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends RegNetX400mf {
 *     @Linear(outFeatures = 10) Layer fc;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT)
@Init(value = InitMethod.NORMAL, layers = Linear.class, std = 0.01)
@Init(value = InitMethod.ZEROS, parameter = "bias", layers = Linear.class)
public class RegNetX400mf {
    // spotless:off
    @Conv2dNormReLU(outChannels = 32, kernelSize = 3, stride = 2, padding = 1) Layer stem;

    // group width 16
    @RegNetXDownBlock(width = 32, groups = 2)   @Key("trunk_output.block1.block1-0")                                          Layer block1Down;
    @RegNetXDownBlock(width = 64, groups = 4)   @Key("trunk_output.block2.block2-0")                                          Layer block2Down;
    @RegNetXBlock(width = 64, groups = 4)       @Repeat(value = 1, key = "block2-%d", first = 1) @Key("trunk_output.block2")  Layer block2;
    @RegNetXDownBlock(width = 160, groups = 10) @Key("trunk_output.block3.block3-0")                                          Layer block3Down;
    @RegNetXBlock(width = 160, groups = 10)     @Repeat(value = 6, key = "block3-%d", first = 1) @Key("trunk_output.block3")  Layer block3;
    @RegNetXDownBlock(width = 400, groups = 25) @Key("trunk_output.block4.block4-0")                                          Layer block4Down;
    @RegNetXBlock(width = 400, groups = 25)     @Repeat(value = 11, key = "block4-%d", first = 1) @Key("trunk_output.block4") Layer block4;

    @AdaptiveAvgPool2d(outputSize = 1) Layer avgpool;
    @Flatten                           Layer flatten;
    @Linear(outFeatures = 1000)        Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected RegNetX400mf() {}
}
