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
 * SqueezeNet 1.0 for ImageNet (Iandola et al. 2016, "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and
 * &lt;0.5MB model size", table 1): pictures of 3 x 224 x 224 in, 1000 scores out, 1,248,424 parameters.
 *
 * <p>Any size from 21 x 21 on will do. Fields have the paper's names. Keys, shapes and initial weights are those of
 * torchvision's {@code squeezenet1_0}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends SqueezeNet10 {
 *     @Conv2d(outChannels = 10, kernelSize = 1) Layer conv10;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_UNIFORM, layers = Conv2d.class)
@Init(value = InitMethod.ZEROS, parameter = "bias", layers = Conv2d.class)
public class SqueezeNet10 {
    // spotless:off
    @Conv2d(outChannels = 96, kernelSize = 7, stride = 2)   @Key("features.0") Layer conv1;
    @ReLU                                                   @Key("features.1") Layer relu1;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true) @Key("features.2") Layer pool1;

    @Fire(squeeze = 16, expand = 64)                        @Key("features.3") Layer fire2;
    @Fire(squeeze = 16, expand = 64)                        @Key("features.4") Layer fire3;
    @Fire(squeeze = 32, expand = 128)                       @Key("features.5") Layer fire4;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true) @Key("features.6") Layer pool4;

    @Fire(squeeze = 32, expand = 128)                       @Key("features.7")  Layer fire5;
    @Fire(squeeze = 48, expand = 192)                       @Key("features.8")  Layer fire6;
    @Fire(squeeze = 48, expand = 192)                       @Key("features.9")  Layer fire7;
    @Fire(squeeze = 64, expand = 256)                       @Key("features.10") Layer fire8;
    @MaxPool2d(kernelSize = 3, stride = 2, ceilMode = true) @Key("features.11") Layer pool8;

    @Fire(squeeze = 64, expand = 256) @Key("features.12") Layer fire9;

    @Dropout(p = 0.5)                           @Key("classifier.0")                                              Layer drop9;
    @Conv2d(outChannels = 1000, kernelSize = 1) @Key("classifier.1") @Init(value = InitMethod.NORMAL, std = 0.01) Layer conv10;
    @ReLU                                       @Key("classifier.2")                                              Layer relu10;
    @AdaptiveAvgPool2d(outputSize = 1)          @Key("classifier.3")                                              Layer pool10;
    @Flatten                                                                                                      Layer flatten;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected SqueezeNet10() {}
}
