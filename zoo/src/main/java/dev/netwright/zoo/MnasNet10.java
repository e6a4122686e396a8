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
import dev.netwright.annotations.Nonlinearity;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.Repeat;

/**
 * MnasNet-B1 with the depth multiplier 1.0 for ImageNet (Tan et al. 2018, "MnasNet: Platform-Aware Neural Architecture
 * Search for Mobile", section 5.1): pictures of 3 x 224 x 224 in, 1000 scores out, 4,383,312 parameters.
 *
 * <p>Any size from 1 x 1 on will do. Running statistics move by 0.0003 with each batch, as TensorFlow's do. Keys,
 * shapes and initial weights are those of torchvision's {@code mnasnet1_0}.
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Classifier extends MnasNet10 {
 *     @Linear(outFeatures = 10) Layer fc;  // in the place of the layer with 1000 scores
 * }
 * }</pre>
 */
@Network
@Init(
        value = InitMethod.KAIMING_NORMAL,
        layers = Conv2d.class,
        mode = FanMode.FAN_OUT,
        nonlinearity = Nonlinearity.RELU)
@Init(
        value = InitMethod.KAIMING_UNIFORM,
        layers = Linear.class,
        mode = FanMode.FAN_OUT,
        nonlinearity = Nonlinearity.SIGMOID)
@Init(value = InitMethod.ZEROS, parameter = "bias", layers = Linear.class)
public class MnasNet10 {
    // spotless:off
    @Conv2d(outChannels = 32, kernelSize = 3, stride = 2, padding = 1, bias = false) @Key("layers.0") Layer conv1;
    @BatchNorm2d(momentum = 1 - 0.9997)                                              @Key("layers.1") Layer bn1;
    @ReLU                                                                            @Key("layers.2") Layer relu1;

    // SepConv 3 x 3
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1, groups = 32, bias = false) @Key("layers.3") Layer conv2;
    @BatchNorm2d(momentum = 1 - 0.9997)                                               @Key("layers.4") Layer bn2;
    @ReLU                                                                             @Key("layers.5") Layer relu2;
    @Conv2d(outChannels = 16, kernelSize = 1, bias = false)                           @Key("layers.6") Layer conv3;
    @BatchNorm2d(momentum = 1 - 0.9997)                                               @Key("layers.7") Layer bn3;

    // MBConv: the first of each stack has no shortcut
    @MnasBottleneck(expanded = 3 * 16, outChannels = 24, stride = 2)                               @Key("layers.8.0")                              Layer stack1First;
    @MnasResidual(expanded = 3 * 24, width = 24)                                                   @Repeat(value = 2, first = 1) @Key("layers.8")  Layer stack1;
    @MnasBottleneck(expanded = 3 * 24, outChannels = 40, kernelSize = 5, padding = 2, stride = 2)  @Key("layers.9.0")                              Layer stack2First;
    @MnasResidual(expanded = 3 * 40, width = 40, kernelSize = 5, padding = 2)                      @Repeat(value = 2, first = 1) @Key("layers.9")  Layer stack2;
    @MnasBottleneck(expanded = 6 * 40, outChannels = 80, kernelSize = 5, padding = 2, stride = 2)  @Key("layers.10.0")                             Layer stack3First;
    @MnasResidual(expanded = 6 * 80, width = 80, kernelSize = 5, padding = 2)                      @Repeat(value = 2, first = 1) @Key("layers.10") Layer stack3;
    @MnasBottleneck(expanded = 6 * 80, outChannels = 96)                                           @Key("layers.11.0")                             Layer stack4First;
    @MnasResidual(expanded = 6 * 96, width = 96)                                                   @Key("layers.11.1")                             Layer stack4;
    @MnasBottleneck(expanded = 6 * 96, outChannels = 192, kernelSize = 5, padding = 2, stride = 2) @Key("layers.12.0")                             Layer stack5First;
    @MnasResidual(expanded = 6 * 192, width = 192, kernelSize = 5, padding = 2)                    @Repeat(value = 3, first = 1) @Key("layers.12") Layer stack5;
    @MnasBottleneck(expanded = 6 * 192, outChannels = 320)                                         @Key("layers.13.0")                             Layer stack6First;

    @Conv2d(outChannels = 1280, kernelSize = 1, bias = false) @Key("layers.14")    Layer conv4;
    @BatchNorm2d(momentum = 1 - 0.9997)                       @Key("layers.15")    Layer bn4;
    @ReLU                                                     @Key("layers.16")    Layer relu4;
    @AdaptiveAvgPool2d(outputSize = 1)                                             Layer avgpool;
    @Flatten                                                                       Layer flatten;
    @Dropout(p = 0.2)                                         @Key("classifier.0") Layer dropout;
    @Linear(outFeatures = 1000)                               @Key("classifier.1") Layer fc;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected MnasNet10() {}
}
