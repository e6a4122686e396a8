package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Add;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.FanMode;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Hardswish;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Repeat;

/**
 * MobileNetV3-Large for ImageNet (Howard et al. 2019, "Searching for MobileNetV3", table 1): pictures of 3 x 224 x 224
 * in, 1000 scores out, 5,483,032 parameters.
 *
 * <p>Any size from 1 x 1 on will do. Keys, shapes and initial weights are those of torchvision's {@code
 * mobilenet_v3_large}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends MobileNetV3Large {
 *     @Linear(outFeatures = 10) Layer fc2;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT)
@Init(value = InitMethod.NORMAL, layers = Linear.class, std = 0.01)
@Init(
        value = InitMethod.ZEROS,
        parameter = "bias",
        layers = {Conv2d.class, Linear.class})
public class MobileNetV3Large {
    // spotless:off
    // conv2d 3 x 3
    @Conv2dNormHardswish(outChannels = 16, kernelSize = 3, stride = 2, padding = 1, eps = 0.001, momentum = 0.01) @Key("features.0") Layer conv1;

    // bneck with exp size = 16, which expands nothing: no SE, RE, s = 1
    @Conv2dNormReLU(outChannels = 16, kernelSize = 3, padding = 1, groups = 16, eps = 0.001, momentum = 0.01) @Key("features.1.block.0") Layer depthwise1;
    @Conv2dNorm(outChannels = 16, eps = 0.001, momentum = 0.01)                                               @Key("features.1.block.1") Layer project1;
    @Add(from = {"project1", "conv1"})                                                                        @Key("features.1.sum")     Layer sum1;

    // bneck: exp size, #out, SE, NL, s
    @BneckReLU(expanded = 64, outChannels = 24, stride = 2)                                                           @Key("features.2.block")                        Layer bneck2;
    @ResidualBneckReLU(expanded = 72, width = 24)                                                                     @Key("features.3")                              Layer bneck3;
    @BneckReLUSqueeze(expanded = 72, outChannels = 40, squeeze = 24, kernelSize = 5, padding = 2, stride = 2)         @Key("features.4.block")                        Layer bneck4;
    @ResidualBneckReLUSqueeze(expanded = 120, width = 40, squeeze = 32, kernelSize = 5, padding = 2)                  @Repeat(value = 2, first = 5) @Key("features")  Layer bneck5To6;
    @BneckHardswish(expanded = 240, outChannels = 80, stride = 2)                                                     @Key("features.7.block")                        Layer bneck7;
    @ResidualBneckHardswish(expanded = 200, width = 80)                                                               @Key("features.8")                              Layer bneck8;
    @ResidualBneckHardswish(expanded = 184, width = 80)                                                               @Repeat(value = 2, first = 9) @Key("features")  Layer bneck9To10;
    @BneckHardswishSqueeze(expanded = 480, outChannels = 112, squeeze = 120)                                          @Key("features.11.block")                       Layer bneck11;
    @ResidualBneckHardswishSqueeze(expanded = 672, width = 112, squeeze = 168)                                        @Key("features.12")                             Layer bneck12;
    @BneckHardswishSqueeze(expanded = 672, outChannels = 160, squeeze = 168, kernelSize = 5, padding = 2, stride = 2) @Key("features.13.block")                       Layer bneck13;
    @ResidualBneckHardswishSqueeze(expanded = 960, width = 160, squeeze = 240, kernelSize = 5, padding = 2)           @Repeat(value = 2, first = 14) @Key("features") Layer bneck14To15;

    @Conv2dNormHardswish(outChannels = 960, eps = 0.001, momentum = 0.01) @Key("features.16")  Layer conv2;
    @AdaptiveAvgPool2d(outputSize = 1)                                                         Layer avgpool;
    @Flatten                                                                                   Layer flatten;
    @Linear(outFeatures = 1280)                                           @Key("classifier.0") Layer fc1;
    @Hardswish                                                            @Key("classifier.1") Layer hardswish;
    @Dropout(p = 0.2)                                                     @Key("classifier.2") Layer dropout;
    @Linear(outFeatures = 1000)                                           @Key("classifier.3") Layer fc2;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected MobileNetV3Large() {}
}
