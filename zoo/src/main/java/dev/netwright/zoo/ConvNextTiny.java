package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.LayerNorm2d;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;

/**
 * ConvNeXt-T for ImageNet (Liu et al. 2022, "A ConvNet for the 2020s", table 9): pictures of 3 x 224 x 224 in, 1000
 * scores out, 28,589,128 parameters.
 *
 * <p>Any size from 32 x 32 on will do. Each block is left out with a probability that grows with the depth up to 0.1.
 * Keys, shapes and initial weights are those of torchvision's {@code convnext_tiny}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends ConvNextTiny {
 *     @Linear(outFeatures = 10) Layer fc;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(
        value = InitMethod.TRUNC_NORMAL,
        layers = {Conv2d.class, Linear.class},
        std = 0.02)
@Init(
        value = InitMethod.ZEROS,
        parameter = "bias",
        layers = {Conv2d.class, Linear.class})
public class ConvNextTiny {
    // spotless:off
    @Conv2d(outChannels = 96, kernelSize = 4, stride = 4) @Key("features.0.0") Layer stem;
    @LayerNorm2d(eps = 1e-6)                              @Key("features.0.1") Layer stemNorm;

    // res2
    @ConvNextBlock(width = 96, p = 0.1 * 0 / 17) @Key("features.1.0") Layer stage1_0;
    @ConvNextBlock(width = 96, p = 0.1 * 1 / 17) @Key("features.1.1") Layer stage1_1;
    @ConvNextBlock(width = 96, p = 0.1 * 2 / 17) @Key("features.1.2") Layer stage1_2;

    // res3
    @LayerNorm2d(eps = 1e-6)                               @Key("features.2.0") Layer downNorm2;
    @Conv2d(outChannels = 192, kernelSize = 2, stride = 2) @Key("features.2.1") Layer down2;
    @ConvNextBlock(width = 192, p = 0.1 * 3 / 17)          @Key("features.3.0") Layer stage2_0;
    @ConvNextBlock(width = 192, p = 0.1 * 4 / 17)          @Key("features.3.1") Layer stage2_1;
    @ConvNextBlock(width = 192, p = 0.1 * 5 / 17)          @Key("features.3.2") Layer stage2_2;

    // res4
    @LayerNorm2d(eps = 1e-6)                               @Key("features.4.0") Layer downNorm3;
    @Conv2d(outChannels = 384, kernelSize = 2, stride = 2) @Key("features.4.1") Layer down3;
    @ConvNextBlock(width = 384, p = 0.1 * 6 / 17)          @Key("features.5.0") Layer stage3_0;
    @ConvNextBlock(width = 384, p = 0.1 * 7 / 17)          @Key("features.5.1") Layer stage3_1;
    @ConvNextBlock(width = 384, p = 0.1 * 8 / 17)          @Key("features.5.2") Layer stage3_2;
    @ConvNextBlock(width = 384, p = 0.1 * 9 / 17)          @Key("features.5.3") Layer stage3_3;
    @ConvNextBlock(width = 384, p = 0.1 * 10 / 17)         @Key("features.5.4") Layer stage3_4;
    @ConvNextBlock(width = 384, p = 0.1 * 11 / 17)         @Key("features.5.5") Layer stage3_5;
    @ConvNextBlock(width = 384, p = 0.1 * 12 / 17)         @Key("features.5.6") Layer stage3_6;
    @ConvNextBlock(width = 384, p = 0.1 * 13 / 17)         @Key("features.5.7") Layer stage3_7;
    @ConvNextBlock(width = 384, p = 0.1 * 14 / 17)         @Key("features.5.8") Layer stage3_8;

    // res5
    @LayerNorm2d(eps = 1e-6)                               @Key("features.6.0") Layer downNorm4;
    @Conv2d(outChannels = 768, kernelSize = 2, stride = 2) @Key("features.6.1") Layer down4;
    @ConvNextBlock(width = 768, p = 0.1 * 15 / 17)         @Key("features.7.0") Layer stage4_0;
    @ConvNextBlock(width = 768, p = 0.1 * 16 / 17)         @Key("features.7.1") Layer stage4_1;
    @ConvNextBlock(width = 768, p = 0.1 * 17 / 17)         @Key("features.7.2") Layer stage4_2;

    @AdaptiveAvgPool2d(outputSize = 1)                      Layer avgpool;
    @LayerNorm2d(eps = 1e-6)           @Key("classifier.0") Layer norm;
    @Flatten                           @Key("classifier.1") Layer flatten;
    @Linear(outFeatures = 1000)        @Key("classifier.2") Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected ConvNextTiny() {}
}
