package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Dropout;
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
 * MobileNetV2 for ImageNet (Sandler et al. 2018, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", table 2):
 * pictures of 3 x 224 x 224 in, 1000 scores out, 3,504,872 parameters.
 *
 * <p>Any size from 1 x 1 on will do. Keys, shapes and initial weights are those of torchvision's {@code mobilenet_v2}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends MobileNetV2 {
 *     @Linear(outFeatures = 10) Layer fc;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT)
@Init(value = InitMethod.NORMAL, layers = Linear.class, std = 0.01)
@Init(value = InitMethod.ZEROS, parameter = "bias", layers = Linear.class)
public class MobileNetV2 {
    // spotless:off
    // conv2d, and the bottleneck with t = 1: c = 16, n = 1, s = 1
    @Conv2dNormReLU6(outChannels = 32, kernelSize = 3, stride = 2, padding = 1)  @Key("features.0")        Layer conv1;
    @Conv2dNormReLU6(outChannels = 32, kernelSize = 3, padding = 1, groups = 32) @Key("features.1.conv.0") Layer depthwise1;
    @Conv2d(outChannels = 16, kernelSize = 1, bias = false)                      @Key("features.1.conv.1") Layer project1;
    @BatchNorm2d                                                                 @Key("features.1.conv.2") Layer norm1;

    // bottlenecks with t = 6: the first of each n has no shortcut
    @LinearBottleneck(inChannels = 16, outChannels = 24, stride = 2)  @Key("features.2")                              Layer bottleneck2; // c =  24, n = 2, s = 2
    @InvertedResidual(width = 24)                                     @Key("features.3")                              Layer residual2;
    @LinearBottleneck(inChannels = 24, outChannels = 32, stride = 2)  @Key("features.4")                              Layer bottleneck3; // c =  32, n = 3, s = 2
    @InvertedResidual(width = 32)                                     @Repeat(value = 2, first = 5) @Key("features")  Layer residual3;
    @LinearBottleneck(inChannels = 32, outChannels = 64, stride = 2)  @Key("features.7")                              Layer bottleneck4; // c =  64, n = 4, s = 2
    @InvertedResidual(width = 64)                                     @Repeat(value = 3, first = 8) @Key("features")  Layer residual4;
    @LinearBottleneck(inChannels = 64, outChannels = 96)              @Key("features.11")                             Layer bottleneck5; // c =  96, n = 3, s = 1
    @InvertedResidual(width = 96)                                     @Repeat(value = 2, first = 12) @Key("features") Layer residual5;
    @LinearBottleneck(inChannels = 96, outChannels = 160, stride = 2) @Key("features.14")                             Layer bottleneck6; // c = 160, n = 3, s = 2
    @InvertedResidual(width = 160)                                    @Repeat(value = 2, first = 15) @Key("features") Layer residual6;
    @LinearBottleneck(inChannels = 160, outChannels = 320)            @Key("features.17")                             Layer bottleneck7; // c = 320, n = 1, s = 1

    @Conv2dNormReLU6(outChannels = 1280) @Key("features.18")  Layer conv2;
    @AdaptiveAvgPool2d(outputSize = 1)                        Layer avgpool;
    @Flatten                                                  Layer flatten;
    @Dropout(p = 0.2)                    @Key("classifier.0") Layer dropout;
    @Linear(outFeatures = 1000)          @Key("classifier.1") Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected MobileNetV2() {}
}
