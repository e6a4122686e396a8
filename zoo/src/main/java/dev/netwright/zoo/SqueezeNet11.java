package dev.netwright.zoo;

import dev.netwright.annotations.AdaptiveAvgPool2d;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Dropout;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Key;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/**
 * SqueezeNet 1.1 for ImageNet, of its authors' repository (SqueezeNet_v1.1): as {@link SqueezeNet10}, with a smaller
 * first convolution and earlier pools, for 2.4 times less computation. Pictures of 3 x 224 x 224 in, 1000 scores out,
 * 1,235,496 parameters.
 *
 * <p>Any size from 17 x 17 on will do. Keys, shapes and initial weights are those of torchvision's {@code
 * squeezenet1_1}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends SqueezeNet11 {
 *     @Conv2d(outChannels = 10, kernelSize = 1) Layer conv10;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_UNIFORM, layers = Conv2d.class)
@Init(value = InitMethod.ZEROS, parameter = "bias", layers = Conv2d.class)
public class SqueezeNet11 {
    // spotless:off
    @Conv2d(outChannels = 64, kernelSize = 3, stride = 2)   @Key("features.0") Layer conv1;
    @ReLU                                                   @Key("features.1") Layer relu1;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true) @Key("features.2") Layer pool1;

    @Fire(squeeze = 16, expand = 64)                        @Key("features.3") Layer fire2;
    @Fire(squeeze = 16, expand = 64)                        @Key("features.4") Layer fire3;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true) @Key("features.5") Layer pool3;

    @Fire(squeeze = 32, expand = 128)                       @Key("features.6") Layer fire4;
    @Fire(squeeze = 32, expand = 128)                       @Key("features.7") Layer fire5;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true) @Key("features.8") Layer pool5;

    @Fire(squeeze = 48, expand = 192) @Key("features.9")  Layer fire6;
    @Fire(squeeze = 48, expand = 192) @Key("features.10") Layer fire7;
    @Fire(squeeze = 64, expand = 256) @Key("features.11") Layer fire8;
    @Fire(squeeze = 64, expand = 256) @Key("features.12") Layer fire9;

    @Dropout(p = 0.5)                           @Key("classifier.0")                                              Layer drop9;
    @Conv2d(outChannels = 1000, kernelSize = 1) @Key("classifier.1") @Init(value = InitMethod.NORMAL, std = 0.01) Layer conv10;
    @ReLU                                       @Key("classifier.2")                                              Layer relu10;
    @AdaptiveAvgPool2d(outputSize = 1)          @Key("classifier.3")                                              Layer pool10;
    @Flatten                                                                                                      Layer flatten;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected SqueezeNet11() {}
}
