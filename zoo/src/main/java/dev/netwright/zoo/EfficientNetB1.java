package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
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

/**
 * EfficientNet-B1 for ImageNet (Tan and Le 2019, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
 * Networks", table 1, widened by 1.0 and deepened by 1.1): pictures of 3 x 240 x 240 in, 1000 scores out, 7,794,184
 * parameters.
 *
 * <p>Any size from 1 x 1 on will do. Of the blocks with a shortcut, each is left out with a probability that grows with
 * the depth up to 0.2. Keys, shapes and initial weights are those of torchvision's {@code efficientnet_b1}.
 *
 * <pre>{@code
 * @Network(input = {3, 240, 240})
 * @CrossEntropyLoss
 * class Classifier extends EfficientNetB1 {
 *     @Linear(outFeatures = 10) Layer fc;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT)
@Init(value = InitMethod.KAIMING_UNIFORM, layers = Linear.class, a = 2.23606797749979, mode = FanMode.FAN_OUT)
@Init(
        value = InitMethod.ZEROS,
        parameter = "bias",
        layers = {Conv2d.class, Linear.class})
public class EfficientNetB1 {
    // spotless:off
    @Conv2dNormSiLU(outChannels = 32, kernelSize = 3, stride = 2, padding = 1) @Key("features.0") Layer conv1;

    // stage 2: MBConv1, k3x3
    @MBConv1(inChannels = 32, outChannels = 16)    @Key("features.1.0.block") Layer stage2_0;
    @ResidualMBConv1(width = 16, p = 0.2 * 1 / 23) @Key("features.1.1")       Layer stage2_1;

    // stage 3: MBConv6, k3x3
    @MBConv6(inChannels = 16, outChannels = 24, stride = 2) @Key("features.2.0.block") Layer stage3_0;
    @ResidualMBConv6(width = 24, p = 0.2 * 3 / 23)          @Key("features.2.1")       Layer stage3_1;
    @ResidualMBConv6(width = 24, p = 0.2 * 4 / 23)          @Key("features.2.2")       Layer stage3_2;

    // stage 4: MBConv6, k5x5
    @MBConv6(inChannels = 24, outChannels = 40, kernelSize = 5, padding = 2, stride = 2) @Key("features.3.0.block") Layer stage4_0;
    @ResidualMBConv6(width = 40, kernelSize = 5, padding = 2, p = 0.2 * 6 / 23)          @Key("features.3.1")       Layer stage4_1;
    @ResidualMBConv6(width = 40, kernelSize = 5, padding = 2, p = 0.2 * 7 / 23)          @Key("features.3.2")       Layer stage4_2;

    // stage 5: MBConv6, k3x3
    @MBConv6(inChannels = 40, outChannels = 80, stride = 2) @Key("features.4.0.block") Layer stage5_0;
    @ResidualMBConv6(width = 80, p = 0.2 * 9 / 23)          @Key("features.4.1")       Layer stage5_1;
    @ResidualMBConv6(width = 80, p = 0.2 * 10 / 23)         @Key("features.4.2")       Layer stage5_2;
    @ResidualMBConv6(width = 80, p = 0.2 * 11 / 23)         @Key("features.4.3")       Layer stage5_3;

    // stage 6: MBConv6, k5x5
    @MBConv6(inChannels = 80, outChannels = 112, kernelSize = 5, padding = 2)     @Key("features.5.0.block") Layer stage6_0;
    @ResidualMBConv6(width = 112, kernelSize = 5, padding = 2, p = 0.2 * 13 / 23) @Key("features.5.1")       Layer stage6_1;
    @ResidualMBConv6(width = 112, kernelSize = 5, padding = 2, p = 0.2 * 14 / 23) @Key("features.5.2")       Layer stage6_2;
    @ResidualMBConv6(width = 112, kernelSize = 5, padding = 2, p = 0.2 * 15 / 23) @Key("features.5.3")       Layer stage6_3;

    // stage 7: MBConv6, k5x5
    @MBConv6(inChannels = 112, outChannels = 192, kernelSize = 5, padding = 2, stride = 2) @Key("features.6.0.block") Layer stage7_0;
    @ResidualMBConv6(width = 192, kernelSize = 5, padding = 2, p = 0.2 * 17 / 23)          @Key("features.6.1")       Layer stage7_1;
    @ResidualMBConv6(width = 192, kernelSize = 5, padding = 2, p = 0.2 * 18 / 23)          @Key("features.6.2")       Layer stage7_2;
    @ResidualMBConv6(width = 192, kernelSize = 5, padding = 2, p = 0.2 * 19 / 23)          @Key("features.6.3")       Layer stage7_3;
    @ResidualMBConv6(width = 192, kernelSize = 5, padding = 2, p = 0.2 * 20 / 23)          @Key("features.6.4")       Layer stage7_4;

    // stage 8: MBConv6, k3x3
    @MBConv6(inChannels = 192, outChannels = 320)    @Key("features.7.0.block") Layer stage8_0;
    @ResidualMBConv6(width = 320, p = 0.2 * 22 / 23) @Key("features.7.1")       Layer stage8_1;

    @Conv2dNormSiLU(outChannels = 1280) @Key("features.8")   Layer conv2;
    @AdaptiveAvgPool2d(outputSize = 1)                       Layer avgpool;
    @Flatten                                                 Layer flatten;
    @Dropout(p = 0.2)                   @Key("classifier.0") Layer dropout;
    @Linear(outFeatures = 1000)         @Key("classifier.1") Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected EfficientNetB1() {}
}
