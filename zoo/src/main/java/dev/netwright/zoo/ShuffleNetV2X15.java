package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.BatchNorm2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.Repeat;

/**
 * ShuffleNetV2 1.5x for ImageNet (Ma et al. 2018, "ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture
 * Design", table 5): pictures of 3 x 224 x 224 in, 1000 scores out, 3,503,624 parameters.
 *
 * <p>Any size from 1 x 1 on will do. Keys, shapes and initial weights are those of torchvision's {@code
 * shufflenet_v2_x1_5}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends ShuffleNetV2X15 {
 *     @Linear(outFeatures = 10) Layer fc;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
public class ShuffleNetV2X15 {
    // spotless:off
    @Conv2d(outChannels = 24, kernelSize = 3, stride = 2, padding = 1, bias = false) @Key("conv1.0") Layer conv1;
    @BatchNorm2d                                                                     @Key("conv1.1") Layer bn1;
    @ReLU                                                                            @Key("conv1.2") Layer relu1;
    @MaxPool2d(kernelSize = 3, stride = 2, padding = 1)                                              Layer maxpool;

    @ShuffleDownUnit(inChannels = 24, branch = 88)   @Key("stage2.0")                             Layer stage2Down;
    @ShuffleUnit(branch = 88)                        @Repeat(value = 3, first = 1) @Key("stage2") Layer stage2;
    @ShuffleDownUnit(inChannels = 176, branch = 176) @Key("stage3.0")                             Layer stage3Down;
    @ShuffleUnit(branch = 176)                       @Repeat(value = 7, first = 1) @Key("stage3") Layer stage3;
    @ShuffleDownUnit(inChannels = 352, branch = 352) @Key("stage4.0")                             Layer stage4Down;
    @ShuffleUnit(branch = 352)                       @Repeat(value = 3, first = 1) @Key("stage4") Layer stage4;

    @Conv2d(outChannels = 1024, kernelSize = 1, bias = false) @Key("conv5.0") Layer conv5;
    @BatchNorm2d                                              @Key("conv5.1") Layer bn5;
    @ReLU                                                     @Key("conv5.2") Layer relu5;
    @AdaptiveAvgPool2d(outputSize = 1)                                        Layer avgpool;
    @Flatten                                                                  Layer flatten;
    @Linear(outFeatures = 1000)                                               Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected ShuffleNetV2X15() {}
}
