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
 * RegNetY-400MF for ImageNet (Radosavovic et al. 2020, "Designing Network Design Spaces", table 3): pictures of 3 x 224
 * x 224 in, 1000 scores out, 4,344,144 parameters.
 *
 * <p>Any size from 1 x 1 on will do. Keys, shapes and initial weights are those of torchvision's {@code
 * regnet_y_400mf}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends RegNetY400mf {
 *     @Linear(outFeatures = 10) Layer fc;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT)
@Init(value = InitMethod.NORMAL, layers = Linear.class, std = 0.01)
@Init(value = InitMethod.ZEROS, parameter = "bias", layers = Linear.class)
public class RegNetY400mf {
    // spotless:off
    @Conv2dNormReLU(outChannels = 32, kernelSize = 3, stride = 2, padding = 1) Layer stem;

    // group width 8
    @RegNetYDownBlock(width = 48, groups = 6, squeeze = 8)    @Key("trunk_output.block1.block1-0")                                         Layer block1Down;
    @RegNetYDownBlock(width = 104, groups = 13, squeeze = 12) @Key("trunk_output.block2.block2-0")                                         Layer block2Down;
    @RegNetYBlock(width = 104, groups = 13, squeeze = 26)     @Repeat(value = 2, key = "block2-%d", first = 1) @Key("trunk_output.block2") Layer block2;
    @RegNetYDownBlock(width = 208, groups = 26, squeeze = 26) @Key("trunk_output.block3.block3-0")                                         Layer block3Down;
    @RegNetYBlock(width = 208, groups = 26, squeeze = 52)     @Repeat(value = 5, key = "block3-%d", first = 1) @Key("trunk_output.block3") Layer block3;
    @RegNetYDownBlock(width = 440, groups = 55, squeeze = 52) @Key("trunk_output.block4.block4-0")                                         Layer block4Down;
    @RegNetYBlock(width = 440, groups = 55, squeeze = 110)    @Repeat(value = 5, key = "block4-%d", first = 1) @Key("trunk_output.block4") Layer block4;

    @AdaptiveAvgPool2d(outputSize = 1) Layer avgpool;
    @Flatten                           Layer flatten;
    @Linear(outFeatures = 1000)        Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected RegNetY400mf() {}
}
